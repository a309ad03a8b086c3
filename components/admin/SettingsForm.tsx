import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { MAX_GRACE_SECONDS } from "../../lib/shared/protocol/limits.ts";
import type {
  AdminSettingName,
  AdminSettings,
  AdminSettingsAnswer,
  UpdateSettings,
} from "../../lib/shared/protocol/admin_operations.ts";
import { Button } from "../ui/Button.tsx";
import { useLive } from "../ui/live.ts";
import { Notice } from "../ui/Notice.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { NumberField } from "./NumberField.tsx";
import type { Scene } from "./scene.ts";
import { Select } from "./Select.tsx";
import {
  languageChoices,
  linkTimeChoices,
  logLevelChoices,
  settingWords,
} from "./setting_values.ts";
import { When } from "./When.tsx";

/** Says what went wrong, or null. */
export type SaveSettings = (changes: UpdateSettings) => Promise<string | null>;

interface SettingsFormProps {
  scene: Scene;
  answer: AdminSettingsAnswer;
  onSave: SaveSettings;
}

/** What may change without a restart. */
export function SettingsForm({ scene, answer, onSave }: SettingsFormProps) {
  const { t } = scene;
  const live = useLive();
  const saving = useSaving(scene, onSave);
  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void saving.save(differences(readForm(event.currentTarget), answer.settings));
  };
  const reset = () => void saving.save(allNull(answer.changed));
  return (
    <form
      class="flex flex-col gap-5 rounded-3xl bg-surface p-5 sm:p-7"
      data-testid="admin-settings"
      onSubmit={submit}
    >
      <div>
        <h2 class="text-xl font-bold">{t("admin.settings_title")}</h2>
        <p class="mt-1 text-muted">{t("admin.settings_hint")}</p>
      </div>
      <SettingFields key={answer.updated_at} scene={scene} answer={answer} />
      {saving.problem.value && <Notice>{saving.problem.value}</Notice>}
      <div class="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          class="min-h-12 grow px-7 sm:grow-0"
          disabled={saving.busy.value}
          pending={!live.value}
          testId="admin-settings-save"
        >
          {t(saving.busy.value ? "admin.saving" : "admin.save")}
        </Button>
        {answer.changed.length > 0 && (
          <Button
            look="bare"
            class="min-h-12 grow sm:grow-0"
            disabled={saving.busy.value}
            pending={!live.value}
            testId="admin-settings-reset"
            onClick={reset}
          >
            {t("admin.reset")}
          </Button>
        )}
        <p role="status" class="text-sm font-medium text-accent empty:hidden">
          {saving.done.value}
        </p>
      </div>
      <p class="border-t border-line pt-4 text-sm text-muted">
        <LastChange scene={scene} answer={answer} />
      </p>
    </form>
  );
}

function useSaving({ t }: Scene, onSave: SaveSettings) {
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const done = useSignal<string | null>(null);
  const save = async (changes: UpdateSettings) => {
    problem.value = done.value = null;
    if (Object.keys(changes).length === 0) {
      done.value = t("admin.nothing_changed");
      return;
    }
    busy.value = true;
    problem.value = await onSave(changes);
    if (problem.value === null) done.value = t("admin.saved");
    busy.value = false;
  };
  return { busy, problem, done, save };
}

function SettingFields({ scene, answer }: Pick<SettingsFormProps, "scene" | "answer">) {
  const { t } = scene;
  const { settings } = answer;
  const about = (name: AdminSettingName) => ({
    name,
    label: t(`admin.set_${name}`),
    hint: hintOf(scene, answer, name),
    testId: `admin-setting-${name}`,
  });
  const seconds = (name: "resume_grace_seconds" | "join_grace_seconds", min: number) => (
    <NumberField {...about(name)} value={settings[name]} min={min} max={MAX_GRACE_SECONDS} />
  );
  return (
    <div class="grid gap-x-6 gap-y-5 xl:grid-cols-2">
      <Select
        {...about("guest_link_seconds")}
        value={settings.guest_link_seconds}
        choices={linkTimeChoices(scene, settings.guest_link_seconds)}
      />
      <Select
        {...about("default_locale")}
        value={settings.default_locale}
        choices={languageChoices()}
      />
      {seconds("resume_grace_seconds", 0)}
      {seconds("join_grace_seconds", 1)}
      <Select
        {...about("log_level")}
        value={settings.log_level}
        choices={logLevelChoices(scene)}
      />
      <div class="xl:pt-5" data-testid="admin-setting-waiting_room_default">
        <Toggle {...about("waiting_room_default")} checked={settings.waiting_room_default} />
      </div>
    </div>
  );
}

/** What it is for; and what it would be, if it was changed here. */
function hintOf(scene: Scene, answer: AdminSettingsAnswer, name: AdminSettingName): string {
  const hint = scene.t(`admin.set_${name}_hint`);
  if (!answer.changed.includes(name)) return hint;
  const value = settingWords(scene, name, answer.configured[name]);
  return `${hint} ${scene.t("admin.configured_as", { value })}`;
}

function LastChange({ scene, answer }: Pick<SettingsFormProps, "scene" | "answer">) {
  const { updated_at, updated_by, changed } = answer;
  if (updated_at === null || (updated_by === null && changed.length === 0)) {
    return <>{scene.t("admin.settings_untouched")}</>;
  }
  const words = scene.t("admin.settings_changed_by", { name: updated_by ?? "" });
  const [before, after] = words.split("{when}");
  return (
    <>
      {before}
      <When scene={scene} at={updated_at} />
      {after}
    </>
  );
}

function readForm(form: HTMLFormElement): AdminSettings {
  const values = new FormData(form);
  const number = (name: AdminSettingName) => Number(values.get(name));
  return {
    default_locale: values.get("default_locale") as AdminSettings["default_locale"],
    guest_link_seconds: number("guest_link_seconds"),
    waiting_room_default: values.has("waiting_room_default"),
    resume_grace_seconds: number("resume_grace_seconds"),
    join_grace_seconds: number("join_grace_seconds"),
    log_level: values.get("log_level") as AdminSettings["log_level"],
  };
}

function differences(wanted: AdminSettings, present: AdminSettings): UpdateSettings {
  const names = Object.keys(wanted) as AdminSettingName[];
  const changed = names.filter((name) => wanted[name] !== present[name]);
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

function allNull(names: readonly string[]): UpdateSettings {
  return Object.fromEntries(names.map((name) => [name, null]));
}
