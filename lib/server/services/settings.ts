/** Settings that may change while the server runs, laid over the configuration. */
import type {
  AdminSettingName,
  AdminSettings,
  AdminSettingsAnswer,
  UpdateSettings,
} from "../../shared/protocol/admin_operations.ts";
import type { AdminCaller } from "../auth/principal.ts";
import type { Config } from "../config.ts";
import { changeSettings, loadSettings, type SettingsRecord } from "../store/settings.ts";
import type { ServiceContext } from "./services.ts";

export class SettingsService {
  readonly #context: ServiceContext;
  readonly #configured: AdminSettings;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#configured = settingsOf(context.config);
  }

  /** At boot: what was changed before applies again. */
  async load(): Promise<void> {
    this.#apply(await loadSettings(this.#context.kv));
  }

  async show(): Promise<AdminSettingsAnswer> {
    return this.#answer(await loadSettings(this.#context.kv));
  }

  /** Applies at once, without a restart. */
  async change(changes: UpdateSettings, caller: AdminCaller): Promise<AdminSettingsAnswer> {
    const { kv, clock, log, audit } = this.#context;
    const record = await changeSettings(kv, (current) => ({
      values: withoutUnset({ ...current?.values, ...changes }),
      updated_at: new Date(clock()).toISOString(),
      updated_by: caller.admin.username,
    }));
    this.#apply(record);
    const names = Object.keys(withoutAbsent(changes));
    log.write({ event: "settings_changed", names });
    if (names.length > 0) {
      await audit.recordBy(caller, {
        action: "settings_changed",
        target: { kind: "server", id: "settings", name: "" },
        details: withoutAbsent(changes),
      });
    }
    return this.#answer(record);
  }

  #apply(record: SettingsRecord | null): void {
    const { config, log } = this.#context;
    const settings = { ...this.#configured, ...record?.values };
    config.defaultLocale = settings.default_locale;
    config.guestLinkSeconds = settings.guest_link_seconds;
    config.waitingRoomDefault = settings.waiting_room_default;
    config.resumeGraceSeconds = settings.resume_grace_seconds;
    config.joinGraceSeconds = settings.join_grace_seconds;
    config.logLevel = settings.log_level;
    log.setLevel(settings.log_level);
  }

  #answer(record: SettingsRecord | null): AdminSettingsAnswer {
    return {
      settings: settingsOf(this.#context.config),
      configured: this.#configured,
      changed: Object.keys(record?.values ?? {}),
      updated_at: record?.updated_at ?? null,
      updated_by: record?.updated_by ?? null,
    };
  }
}

function settingsOf(config: Config): AdminSettings {
  return {
    default_locale: config.defaultLocale,
    guest_link_seconds: config.guestLinkSeconds,
    waiting_room_default: config.waitingRoomDefault,
    resume_grace_seconds: config.resumeGraceSeconds,
    join_grace_seconds: config.joinGraceSeconds,
    log_level: config.logLevel,
  };
}

type Changes = { [Name in AdminSettingName]?: AdminSettings[Name] | null };

/** Null takes a change back. */
function withoutUnset(values: Changes): Partial<AdminSettings> {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(set);
}

function withoutAbsent(values: Changes): Record<string, string | number | boolean | null> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
