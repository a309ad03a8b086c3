/** The import table of docs/architecture.md, from the lint plugin's. */
import { LIGHT_SHARED, type Room, ROOMS } from "../lint/rooms.ts";
import { code, table } from "./markdown.ts";

/** Rooms with the same rights share a row. */
export function roomTable(): string {
  const rows = new Map<string, string[]>();
  for (const room of ROOMS) {
    const rights = [imports(room), list(room.types ?? []), list(room.packages ?? [])];
    const places = rows.get(rights.join("|")) ?? [];
    rows.set(rights.join("|"), [...places, place(room)]);
  }
  const cells = [...rows].map(([rights, places]) => [places.join(" "), ...rights.split("|")]);
  return table(["Place", "May import", "Types only, from", "Packages"], cells);
}

function place({ at, endings = [""] }: Room): string {
  return at.flatMap((path) => endings.map((end) => code(short(path) + (end && `*${end}`))))
    .join(" ");
}

/** Without itself: that goes without saying. */
function imports(room: Room): string {
  const others = room.imports.filter((path) => !room.at.includes(path));
  if (!LIGHT_SHARED.every((path) => others.includes(path) || room.at.includes(path))) {
    return list(others);
  }
  const rest = others.filter((path) => !LIGHT_SHARED.includes(path));
  return [list(rest), "_light shared_"].filter((text) => text !== "").join(" ");
}

function list(paths: readonly string[]): string {
  return paths.map((path) => code(short(path))).join(" ");
}

function short(path: string): string {
  return path.replace(/^lib\//, "");
}
