/** What the examples of the reference show: the people and the room of the documents. */
import type { GuestLink, PublicUser } from "./auth.ts";
import type { Ban } from "./moderation.ts";
import type { IceServer, JoinedAnswer, VideoParticipant } from "./participants.ts";
import type { Recording } from "./recordings.ts";
import type { VideoRoom } from "./rooms.ts";

export const EXAMPLE_TIME = "2024-01-01T12:00:00.000Z";

export const EXAMPLE_RECORDING: Recording = {
  recording_id: 1,
  room_id: 1,
  started_by: 1,
  started_at: EXAMPLE_TIME,
  ended_at: "2024-01-01T13:00:00.000Z",
  file_path: "/recordings/room_1/recording_20240101_120000.mp4",
  file_size: 1024,
  duration: 3600,
  is_processing: false,
  is_available: true,
  thumbnail_path: "/recordings/room_1/recording_20240101_120000_thumb.jpg",
  room_name: "Моя комната",
  started_by_name: "Ann",
  state: "available",
  failure: null,
  uploaded_bytes: 1024,
  can_delete: true,
};

export const EXAMPLE_TOKEN =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6InNlc3Npb24ifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

export const EXAMPLE_USER: PublicUser = { user_id: 1, user_name: "Ann", is_guest: false };

export const EXAMPLE_ROOM: VideoRoom = {
  room_id: 1,
  room_name: "Моя комната",
  room_description: "Описание комнаты",
  room_code: "ABC12345",
  room_url: "https://call.example.com/video/room/ABC12345",
  is_private: false,
  max_participants: 50,
  recording_enabled: true,
  waiting_room_enabled: false,
  waiting_room_for: "guests",
  is_locked: false,
  e2ee_required: false,
  created_at: EXAMPLE_TIME,
  created_by: 1,
  is_active: true,
};

export const EXAMPLE_PARTICIPANT: VideoParticipant = {
  participant_id: 1,
  room_id: 1,
  user_id: 1,
  user_name: "Ann",
  user_avatar: null,
  joined_at: EXAMPLE_TIME,
  is_online: true,
  is_muted: false,
  is_video_enabled: true,
  is_screen_sharing: false,
  is_hand_raised: false,
  is_audio_locked: false,
  is_video_locked: false,
  is_screen_locked: false,
  is_guest: false,
  role: "host",
  permissions: { can_mute_others: true, can_remove_others: true, can_start_recording: true },
  capabilities: ["mesh-1"],
};

export const EXAMPLE_ICE_SERVERS: IceServer[] = [
  { urls: "stun:call.example.com:3478" },
  {
    urls: ["turn:call.example.com:3478?transport=udp"],
    username: "1704132000:1",
    credential: "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
  },
];

export const EXAMPLE_JOIN: JoinedAnswer = {
  ...EXAMPLE_PARTICIPANT,
  is_online: false,
  status: "joined",
  session_token: EXAMPLE_TOKEN,
  ws_url: "wss://call.example.com/video/ws/ABC12345/1",
  ice_servers: EXAMPLE_ICE_SERVERS,
  room: EXAMPLE_ROOM,
};

export const EXAMPLE_GUEST_LINK: GuestLink = {
  link_id: "5f0c9d7e-3f1b-4f6a-9a3c-6f4f0f8f5d21",
  created_at: EXAMPLE_TIME,
  created_by: 1,
  expires_at: "2024-01-02T12:00:00.000Z",
  max_uses: 10,
  uses: 1,
  user_name: "Bob",
  revoked_at: null,
};

export const EXAMPLE_BAN: Ban = {
  ban_id: 1,
  room_id: 1,
  user_id: 2,
  user_name: "Bob",
  reason: "Spam",
  banned_by: 1,
  banned_by_name: "Ann",
  banned_at: EXAMPLE_TIME,
};
