import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import { AccessPasswordForm, type ChangePassword } from "./AccessPasswordForm.tsx";
import { Command } from "./Command.tsx";
import { DeedButton } from "./DeedButton.tsx";
import type { Scene } from "./scene.ts";
import { type SaveSettings, SettingsForm } from "./SettingsForm.tsx";

interface SettingsProps {
  scene: Scene;
  view: ViewOf<"settings">;
  adminName: string;
  onSave: SaveSettings;
  onChangePassword: ChangePassword;
}

export function Settings({ scene, view, adminName, onSave, onChangePassword }: SettingsProps) {
  const { t } = scene;
  return (
    <>
      <SettingsForm scene={scene} answer={view.answer} onSave={onSave} />
      <AccessPasswordForm t={t} onChange={onChangePassword} />
      <section class="flex flex-col gap-3 rounded-3xl bg-surface p-5 sm:p-7">
        <h2 class="text-xl font-bold">{t("admin.my_account")}</h2>
        <p class="max-w-2xl text-muted">{t("admin.my_account_hint", { name: adminName })}</p>
        <div class="self-start">
          <DeedButton
            scene={scene}
            deed={{ kind: "sign_out_admin", name: adminName }}
            long
            testId="admin-sign-out-everywhere"
          />
        </div>
        <p class="mt-2 max-w-2xl text-muted">{t("admin.my_password_hint")}</p>
        <Command>{`npx -y deno@2.9.6 task start admin set-password ${adminName}`}</Command>
      </section>
    </>
  );
}
