import type { AdminView } from "../../lib/shared/admin_page_props.ts";
import type { ChangePassword } from "./AccessPasswordForm.tsx";
import { Audit } from "./Audit.tsx";
import { Bans } from "./Bans.tsx";
import { GuestLinks } from "./GuestLinks.tsx";
import { Overview } from "./Overview.tsx";
import { Quality } from "./Quality.tsx";
import { Recordings } from "./Recordings.tsx";
import { RoomDetails } from "./RoomDetails.tsx";
import { Rooms } from "./Rooms.tsx";
import type { Scene } from "./scene.ts";
import { Settings } from "./Settings.tsx";
import type { SaveSettings } from "./SettingsForm.tsx";
import { Users } from "./Users.tsx";

interface ViewProps {
  scene: Scene;
  view: AdminView;
  adminName: string;
  onSave: SaveSettings;
  onChangePassword: ChangePassword;
}

/** What a page shows. */
export function View({ scene, view, ...settings }: ViewProps) {
  switch (view.page) {
    case "overview":
      return <Overview scene={scene} view={view} />;
    case "rooms":
      return <Rooms scene={scene} view={view} />;
    case "room":
      return <RoomDetails scene={scene} view={view} />;
    case "users":
      return <Users scene={scene} view={view} />;
    case "guest_links":
      return <GuestLinks scene={scene} view={view} />;
    case "bans":
      return <Bans scene={scene} view={view} />;
    case "recordings":
      return <Recordings scene={scene} view={view} />;
    case "quality":
      return <Quality scene={scene} view={view} />;
    case "audit":
      return <Audit scene={scene} view={view} />;
    case "settings":
      return <Settings scene={scene} view={view} {...settings} />;
    default:
      return view satisfies never;
  }
}
