import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import type { AuditAction, AuditEntry } from "../../lib/shared/protocol/admin_operations.ts";
import { auditFacts } from "./audit_facts.ts";
import { DataTable } from "./DataTable.tsx";
import { Empty, Pager, SearchForm } from "./ListTools.tsx";
import type { AdminWords, Scene } from "./scene.ts";
import { Choices } from "./Select.tsx";
import { When } from "./When.tsx";

/** Everything that can be in the log, for the list of choices. */
const ACTIONS: readonly AuditAction[] = Object.keys(
  {
    admin_signed_in: 0,
    admin_signed_out: 0,
    sign_in_failed: 0,
    room_ended: 0,
    recording_started: 0,
    recording_stopped: 0,
    recording_deleted: 0,
    guest_link_revoked: 0,
    ban_lifted: 0,
    user_signed_out: 0,
    settings_changed: 0,
    access_password_changed: 0,
    admin_created: 0,
    admin_removed: 0,
    admin_password_changed: 0,
    keys_rotated: 0,
  } satisfies Record<AuditAction, 0>,
) as AuditAction[];

/** Who did what when; only read. */
export function Audit({ scene, view }: { scene: Scene; view: ViewOf<"audit"> }) {
  const { t } = scene;
  const { query, list } = view;
  const tools = { t, section: "audit", query } as const;
  const choices = ACTIONS.map((value) => ({ value, label: t(`admin.did_${value}`) }));
  return (
    <>
      <SearchForm {...tools} label={t("admin.audit_search")}>
        <Choices
          name="action"
          label={t("admin.audit_action")}
          value={query.action ?? ""}
          choices={[{ value: "", label: t("admin.audit_any") }, ...choices]}
          class="min-w-0 grow basis-52 lg:grow-0"
          testId="admin-audit-action"
        />
      </SearchForm>
      {list.items.length === 0
        ? <Empty {...tools}>{t("admin.audit_empty")}</Empty>
        : <AuditTable scene={scene} entries={list.items} />}
      <Pager {...tools} page={list} />
    </>
  );
}

function AuditTable({ scene, entries }: { scene: Scene; entries: readonly AuditEntry[] }) {
  const { t } = scene;
  return (
    <DataTable
      label={t("admin.page_audit")}
      rows={entries}
      rowKey={(entry) => entry.audit_id}
      testId="admin-audit"
      rowTestId="admin-audit-row"
      columns={[
        {
          key: "what",
          label: t("admin.what"),
          cell: (entry) => <What scene={scene} entry={entry} />,
        },
        { key: "who", label: t("admin.who"), cell: (entry) => actorWords(t, entry) },
        {
          key: "from",
          label: t("admin.from_address"),
          cell: ({ address }) => <span class="font-mono text-sm">{address ?? "–"}</span>,
        },
        {
          key: "when",
          label: t("admin.when"),
          cell: (entry) => <When scene={scene} at={entry.at} exact />,
        },
      ]}
    />
  );
}

function What({ scene, entry }: { scene: Scene; entry: AuditEntry }) {
  const { t } = scene;
  const { action, target } = entry;
  const isAboutServer = target === null || target.kind === "server" || target.name === "";
  const facts = auditFacts(scene, entry);
  return (
    <>
      {t(`admin.did_${action}`)}
      {!isAboutServer && <span class="font-normal">: {target.name}</span>}
      {facts.length > 0 && (
        <span class="block text-sm font-normal break-words text-muted">{facts.join(" · ")}</span>
      )}
    </>
  );
}

function actorWords(t: AdminWords, { action, actor: { kind, name } }: AuditEntry): string {
  if (action === "sign_in_failed") return t("admin.actor_somebody");
  if (kind === "system") return t("admin.actor_system");
  if (kind === "admin") return name;
  if (kind === "user") return t("admin.actor_user", { name });
  return name === "" ? t("admin.actor_cli") : t("admin.actor_cli_named", { name });
}
