import type { ViewOf } from "../../lib/shared/admin_page_props.ts";
import { DataTable } from "./DataTable.tsx";
import { DeedButton } from "./DeedButton.tsx";
import { Empty, Filters, Pager, SearchForm } from "./ListTools.tsx";
import type { Scene } from "./scene.ts";
import { When } from "./When.tsx";

/** Everyone who ever came, newest first. */
export function Users({ scene, view }: { scene: Scene; view: ViewOf<"users"> }) {
  const { t } = scene;
  const { query, list } = view;
  const tools = { t, section: "users", query } as const;
  const choices = [
    { label: t("admin.filter_all"), wishes: { guests: undefined } },
    { label: t("admin.users_signed_up"), wishes: { guests: false } },
    { label: t("admin.users_guests"), wishes: { guests: true } },
  ];
  return (
    <>
      <SearchForm {...tools} label={t("admin.users_search")} />
      <Filters {...tools} choices={choices} />
      {list.items.length === 0
        ? <Empty {...tools}>{t("admin.users_empty")}</Empty>
        : <UserTable scene={scene} users={list.items} />}
      <Pager {...tools} page={list} />
    </>
  );
}

function UserTable({ scene, users }: { scene: Scene; users: ViewOf<"users">["list"]["items"] }) {
  const { t } = scene;
  return (
    <DataTable
      label={t("admin.page_users")}
      rows={users}
      rowKey={(user) => user.user_id}
      testId="admin-users"
      rowTestId="admin-user-row"
      columns={[
        { key: "name", label: t("admin.user_name"), cell: (user) => user.user_name },
        {
          key: "kind",
          label: t("admin.user_kind"),
          cell: ({ is_guest }) =>
            t(is_guest ? "admin.user_kind_guest" : "admin.user_kind_password"),
        },
        {
          key: "since",
          label: t("admin.first_seen"),
          cell: (user) => <When scene={scene} at={user.created_at} />,
        },
        {
          key: "sessions",
          label: t("admin.sessions"),
          cell: ({ sessions }) =>
            sessions === 0 ? <span class="text-muted">{t("admin.sessions_none")}</span> : sessions,
        },
      ]}
      action={{
        label: t("admin.actions"),
        cell: ({ user_id, user_name, sessions }) =>
          sessions > 0 && (
            <DeedButton
              scene={scene}
              deed={{ kind: "sign_out_user", id: user_id, name: user_name }}
              testId="admin-sign-out-user"
            />
          ),
      }}
    />
  );
}
