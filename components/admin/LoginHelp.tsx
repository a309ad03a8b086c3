import { Command } from "./Command.tsx";
import type { LoginWords } from "./scene.ts";

/** How one becomes an administrator: at the command line, and nowhere else. */
export function LoginHelp({ t }: { t: LoginWords }) {
  const name = t("admin.account_name_placeholder");
  return (
    <div class="mt-6 flex flex-col gap-2.5 text-sm text-muted" data-testid="admin-login-help">
      <p>
        <span class="font-semibold text-ink">{t("admin.login_no_account")}</span>{" "}
        {t("admin.login_make_account")}
      </p>
      <Command>{`npx -y deno@2.9.6 task start admin create ${name}`}</Command>
      <p>{t("admin.login_make_binary")}</p>
      <Command>{`videocall admin create ${name}`}</Command>
    </div>
  );
}
