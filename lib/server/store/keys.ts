/** Every key of the database, in one place. Indexes hold ids only, or nothing. */
export const keys = {
  counter: (name: string) => ["counters", name],
  accessPassword: () => ["access_password"],
  heartbeat: (bootId: string) => ["heartbeats", bootId],

  user: (userId: number) => ["users", userId],
  session: (sessionId: string) => ["sessions", sessionId],

  room: (roomId: number) => ["rooms", roomId],
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
  streams: (roomId: number, participantId: number) => ["streams", roomId, participantId],
  streamsOfRoom: (roomId: number) => ["streams", roomId],

  guestLink: (linkId: string) => ["guest_links", linkId],
} as const satisfies Record<string, (...ids: never[]) => Deno.KvKey>;
