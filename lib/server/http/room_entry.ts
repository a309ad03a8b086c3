/** The first script of a room's page, as text. The build fills it in, see `tools/room_entry.ts`. */
export const ROOM_ENTRY: string = "";
