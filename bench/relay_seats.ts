/** Places for the people of `relay.ts`: rooms, guests and sockets' addresses. */
import { Api } from "../tests/fixtures/api.ts";
import type { Seat } from "./relay_load.ts";

const PEOPLE_PER_ROOM = 40;
/** Rooms one user may make in an hour. */
const ROOMS_PER_HOST = 10;

/** A client address of one's own, as a proxy would tell it: limits count by address. */
function addressOf(index: number): string {
  return `10.${index >> 16 & 255}.${index >> 8 & 255}.${index & 255}`;
}

interface Call {
  path: string;
  address: string;
  token?: string;
  body: unknown;
}

async function post<Answer>(origin: string, { path, address, token, body }: Call): Promise<Answer> {
  const answer = await fetch(origin + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-forwarded-for": address,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

interface Door {
  code: string;
  guestToken: string;
}

async function openRoom(host: Api): Promise<Door> {
  const { room_code: code } = await host.createRoom();
  const { hash } = new URL(await host.guestUrl(code));
  const guestToken = new URLSearchParams(hash.split("?")[1]).get("guest_token") ?? "";
  return { code, guestToken };
}

/** Guests through the front door, each by a link and from an address of its own. */
export async function productSeats(origin: string, people: number): Promise<Seat[]> {
  const seats: Seat[] = [];
  const roomCount = Math.ceil(people / PEOPLE_PER_ROOM);
  let host = await Api.signIn(origin, "Host");
  for (let index = 0; index < roomCount; index++) {
    if (index > 0 && index % ROOMS_PER_HOST === 0) host = await Api.signIn(origin, "Next host");
    const door = await openRoom(host);
    while (seats.length < Math.min(people, (index + 1) * PEOPLE_PER_ROOM)) {
      seats.push(await takeSeat(origin, door, addressOf(seats.length + 1)));
    }
  }
  return seats;
}

async function takeSeat(origin: string, door: Door, address: string): Promise<Seat> {
  const guest = await post<{ token: string }>(origin, {
    path: "/api/auth/guest",
    address,
    body: { guest_token: door.guestToken, user_name: `Guest at ${address}` },
  });
  const place = await post<{ ws_url: string; session_token: string }>(origin, {
    path: `/video/rooms/${door.code}/join`,
    address,
    token: guest.token,
    body: { capabilities: ["mesh-1"] },
  });
  const protocols = ["videocall.v1", `bearer.${place.session_token}`];
  return { url: place.ws_url, protocols, address, room: door.code };
}

export function floorSeats(port: number, people: number): Seat[] {
  return Array.from({ length: people }, (_, index) => {
    const room = String(Math.floor(index / PEOPLE_PER_ROOM));
    const url = `ws://localhost:${port}/ws/${room}`;
    return { url, protocols: [], address: addressOf(index), room };
  });
}
