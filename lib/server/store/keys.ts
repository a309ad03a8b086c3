/** Every key of the database, in one place. Indexes hold ids only, or nothing. */
export const keys = {
  counter: (name: string) => ["counters", name],
  accessPassword: () => ["access_password"],
  settings: () => ["settings"],
  heartbeat: (bootId: string) => ["heartbeats", bootId],

  user: (userId: number) => ["users", userId],
  users: () => ["users"],
  session: (sessionId: string) => ["sessions", sessionId],
  sessions: () => ["sessions"],

  admin: (username: string) => ["admins", username],
  admins: () => ["admins"],
  adminSession: (sessionId: string) => ["admin_sessions", sessionId],
  adminSessions: () => ["admin_sessions"],
  /** In the order in which things happened. */
  audit: (atMs: number, id: string) => ["audit", atMs, id],
  auditLog: () => ["audit"],

  room: (roomId: number) => ["rooms", roomId],
  rooms: () => ["rooms"],
  /** → room_id */
  roomIdByCode: (code: string) => ["room_ids_by_code", code],
  /** Rooms a user made or joined; key only. */
  roomsOfUser: (userId: number) => ["rooms_of_user", userId],
  roomOfUser: (userId: number, roomId: number) => ["rooms_of_user", userId, roomId],
  /** Active rooms that are not private; key only. */
  publicRooms: () => ["public_rooms"],
  publicRoom: (roomId: number) => ["public_rooms", roomId],

  participant: (roomId: number, participantId: number) => ["participants", roomId, participantId],
  /** → participant_id */
  participantIdByUser: (roomId: number, userId: number) => ["participant_ids", roomId, userId],
  /** → participant_ids of those who hold a place: the one truth about capacity. */
  places: (roomId: number) => ["places", roomId],
  allPlaces: () => ["places"],
  /** → participant_ids of those in front of the door. */
  waiting: (roomId: number) => ["waiting", roomId],
  allWaiting: () => ["waiting"],
  participantsOfRoom: (roomId: number) => ["participants", roomId],
  streams: (roomId: number, participantId: number) => ["streams", roomId, participantId],
  streamsOfRoom: (roomId: number) => ["streams", roomId],

  bans: () => ["bans"],
  bansOfRoom: (roomId: number) => ["bans", roomId],
  ban: (roomId: number, banId: number) => ["bans", roomId, banId],
  /** → ban_id */
  banIdByUser: (roomId: number, userId: number) => ["ban_ids_by_user", roomId, userId],
  /** → ban_id */
  banIdByBrowser: (roomId: number, browserId: string) => ["ban_ids_by_browser", roomId, browserId],

  guestLinks: () => ["guest_links"],
  /** Links of a room; key only. */
  guestLinksOfRoom: (roomId: number) => ["guest_links_of_room", roomId],
  guestLinkOfRoom: (roomId: number, linkId: string) => ["guest_links_of_room", roomId, linkId],
  guestLink: (linkId: string) => ["guest_links", linkId],

  recording: (recordingId: number) => ["recordings", recordingId],
  recordings: () => ["recordings"],
  /** Recordings of a room; key only. */
  recordingsOfRoom: (roomId: number) => ["recordings_of_room", roomId],
  recordingOfRoom: (roomId: number, recordingId: number) => [
    "recordings_of_room",
    roomId,
    recordingId,
  ],
  /** → recording_id; two must not write one file. */
  recordingIdByName: (roomId: number, name: string) => ["recording_ids_by_name", roomId, name],
  /** → recording_id: at most one in a room. */
  runningRecording: (roomId: number) => ["running_recordings", roomId],
  runningRecordings: () => ["running_recordings"],
} as const satisfies Record<string, (...ids: never[]) => Deno.KvKey>;
