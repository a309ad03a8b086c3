/**
 * Every role × every action × every door × every role it is done to: what happens is what the rule
 * says (`can`), and nothing else. The table for people is docs/permissions.md.
 */
import assert from "node:assert/strict";
import { can, ROOM_ACTIONS, type RoomAction } from "../../lib/shared/domain/permissions.ts";
import type { ClientMessageType, ServerMessageType } from "../../lib/shared/protocol/messages.ts";
import type { Recording } from "../../lib/shared/protocol/recordings.ts";
import type { Role, VideoParticipant } from "../../lib/shared/protocol/participants.ts";
import { ROLES, SURFACES } from "../../tools/docs/permissions.ts";
import { until } from "../fixtures/poll.ts";
import { Cast, type Person } from "./cast.ts";

/** Of whom it is asked: a role, or somebody who has the code and nothing to do with the room. */
type Asker = Role | "stranger";
const ASKERS: readonly Asker[] = [...ROLES, "stranger"];

interface Trial {
  cast: Cast;
  asker: Person;
  /** Of a role of its own, in the room; for `admit`: in front of the door. */
  target: Person;
}

/** Was it done (true) or refused (false)? Anything else is a failure of the test. */
type Attempt = (trial: Trial) => Promise<boolean>;

/** By REST: 2xx or 403, and no other answer. */
async function rest(
  { cast, asker }: Trial,
  method: string,
  path: string,
  body?: unknown,
): Promise<boolean> {
  const answer = await cast.ask(asker, method, path, { body });
  assert.ok(answer.status < 300 || answer.status === 403, `${method} ${path}: ${answer.status}`);
  return answer.status < 300;
}

/** By socket: everyone hears of what was done, the one who asked of what was refused. */
let lastOrder = 0;
async function socket(
  { asker, cast }: Trial,
  type: ClientMessageType,
  data: unknown,
  event: ServerMessageType = "moderation",
): Promise<boolean> {
  const id = `order-${++lastOrder}`;
  cast.host.socket.inbox.splice(0);
  asker.socket.send({ type, data, id });
  return await until(`an answer to ${type}`, () => {
    const refusal = asker.socket.inbox.find((message) =>
      message.type === "error" && message.data.id === id
    );
    if (refusal?.type === "error") {
      assert.equal(refusal.data.error_code, "FORBIDDEN", type);
      return { done: false };
    }
    return cast.host.socket.inbox.some((message) => message.type === event) &&
      { done: true };
  }, { everyMs: 5 }).then(({ done }) => done);
}

const person = ({ cast, target }: Trial, rest = "") =>
  cast.path(`/participants/${target.id}${rest}`);
const whom = ({ target }: Trial) => ({ participant_id: target.id });

/** A role that the target does not have yet, and may have. */
function newRole({ target }: Trial): Role {
  const { role } = target.joined;
  if (role === "participant" || role === "guest") return "moderator";
  return "participant";
}

async function makeLink({ cast }: Trial): Promise<string> {
  await cast.ask(cast.host, "POST", cast.linkPath("/generate-guest-link"));
  const { body } = await cast.ask(cast.host, "GET", cast.linkPath("/guest-links"));
  return cast.linkPath(`/guest-links/${body[0].link_id}`);
}

async function makeBan(trial: Trial): Promise<string> {
  const { cast } = trial;
  const banned = await cast.user("Banned");
  await cast.join(banned);
  await cast.ask(cast.host, "DELETE", cast.path(`/participants/${banned.id}?ban=true`));
  const { body } = await cast.ask(cast.host, "GET", cast.path("/bans"));
  return cast.path(`/bans/${body[0].ban_id}`);
}

/** By the host of the room, who made it. */
async function startRecording({ cast }: Trial): Promise<number> {
  const { status, body } = await cast.ask(cast.host, "POST", cast.path("/recording/start"));
  assert.equal(status, 201);
  return body.recording_id;
}

async function stopRecording({ cast }: Trial): Promise<void> {
  await cast.ask(cast.host, "POST", cast.path("/recording/stop"));
}

async function makeRecording(trial: Trial): Promise<number> {
  const id = await startRecording(trial);
  await stopRecording(trial);
  return id;
}

/** For those who may not know it there is none. */
async function seen({ cast, asker }: Trial, id: number, rest: string, status: number) {
  const answer = await cast.ask(asker, "GET", `/video/recordings/${id}${rest}`);
  assert.ok([status, 404].includes(answer.status), `${answer.status}`);
  return answer.status === status;
}

/** By action, in the order of `SURFACES`. */
const BY_REST: Readonly<Record<RoomAction, readonly Attempt[]>> = {
  update_room: [(trial) => rest(trial, "PATCH", trial.cast.path(), { room_name: "Changed" })],
  end_room: [(trial) => rest(trial, "DELETE", trial.cast.path())],
  invite_guests: [
    (trial) => rest(trial, "POST", trial.cast.linkPath("/generate-guest-link")),
    (trial) => rest(trial, "GET", trial.cast.linkPath("/guest-links")),
    async (trial) => rest(trial, "DELETE", await makeLink(trial)),
  ],
  mute: [(trial) => rest(trial, "POST", person(trial, "/mute"), {})],
  remove: [(trial) => rest(trial, "DELETE", person(trial))],
  ban: [
    (trial) => rest(trial, "DELETE", person(trial, "?ban=true")),
    async (trial) => rest(trial, "DELETE", await makeBan(trial)),
  ],
  admit: [
    (trial) => rest(trial, "POST", person(trial, "/admit")),
    (trial) => rest(trial, "POST", person(trial, "/deny")),
  ],
  set_role: [(trial) => rest(trial, "POST", person(trial, "/role"), { role: newRole(trial) })],
  lock_room: [
    async (trial) => {
      const done = await rest(trial, "PATCH", trial.cast.path(), { is_locked: true });
      await trial.cast.ask(trial.cast.host, "PATCH", trial.cast.path(), {
        body: { is_locked: false },
      });
      return done;
    },
  ],
  start_recording: [
    async (trial) => {
      const done = await rest(trial, "POST", trial.cast.path("/recording/start"));
      await stopRecording(trial);
      return done;
    },
    async (trial) => {
      await startRecording(trial);
      const done = await rest(trial, "POST", trial.cast.path("/recording/stop"));
      await stopRecording(trial);
      return done;
    },
  ],
  see_recordings: [
    async (trial) => {
      const { cast, asker } = trial;
      const id = await makeRecording(trial);
      const { body } = await cast.ask(
        asker,
        "GET",
        `/video/recordings?room_id=${cast.room.room_id}`,
      );
      const all = await cast.ask(asker, "GET", "/video/recordings?limit=100");
      assert.deepEqual(body, all.body);
      return body.some((each: Recording) => each.recording_id === id);
    },
    async (trial) => await seen(trial, await makeRecording(trial), "", 200),
    // Nothing was uploaded, which is for those to know who may know the recording.
    async (trial) => await seen(trial, await makeRecording(trial), "/file", 409),
  ],
  delete_recordings: [
    async (trial) => {
      const { cast, asker } = trial;
      const path = `/video/recordings/${await makeRecording(trial)}`;
      const { status } = await cast.ask(asker, "DELETE", path);
      assert.ok([204, 403, 404].includes(status), `${status}`);
      return status === 204;
    },
  ],
  see_waiting: [],
  see_bans: [(trial) => rest(trial, "GET", trial.cast.path("/bans"))],
};

const BY_SOCKET: Partial<Record<ClientMessageType, Attempt>> = {
  "mute-participant": (trial) => socket(trial, "mute-participant", whom(trial)),
  "remove-participant": (trial) => socket(trial, "remove-participant", whom(trial)),
  "ban-participant": (trial) => socket(trial, "ban-participant", whom(trial)),
  "admit-participant": (trial) => socket(trial, "admit-participant", whom(trial)),
  "deny-participant": (trial) => socket(trial, "deny-participant", whom(trial)),
  "set-role": (trial) => socket(trial, "set-role", { ...whom(trial), role: newRole(trial) }),
  "start-recording": async (trial) => {
    const done = await socket(trial, "start-recording", undefined, "recording_started");
    await stopRecording(trial);
    return done;
  },
  "stop-recording": async (trial) => {
    await startRecording(trial);
    const done = await socket(trial, "stop-recording", undefined, "recording_stopped");
    await stopRecording(trial);
    return done;
  },
  "lock-room": async (trial) => {
    const done = await socket(trial, "lock-room", { locked: true });
    const { cast } = trial;
    await cast.ask(cast.host, "PATCH", cast.path(), { body: { is_locked: false } });
    return done;
  },
};

/** What is seen, not done. */
const BY_SIGHT: Partial<Record<RoomAction, Attempt>> = {
  start_recording: async ({ cast, asker }) => {
    const { body } = await cast.ask(asker, "GET", cast.path("/participants"));
    const self = body.find((row: VideoParticipant) => row.participant_id === asker.id);
    return self.permissions.can_start_recording;
  },
  see_waiting: async ({ cast, asker }) => {
    const name = `Waiting ${++lastOrder}`;
    const waiting = await cast.guest(name);
    await cast.join(waiting);
    await asker.socket.heardSoFar();
    await cast.ask(waiting, "POST", cast.path("/leave"));
    const told = asker.socket.transcript.filter((text) => text.includes(name));
    assert.ok(told.every((text) => JSON.parse(text).type === "waiting_list"));
    return told.length > 0;
  },
};

async function makeTarget(cast: Cast, role: Role | "waiting"): Promise<Person> {
  if (role !== "waiting") return await cast.enterAs(role, `A ${role}`);
  const target = await cast.guest("Somebody at the door");
  assert.equal((await cast.join(target)).body.status, "waiting");
  return target;
}

async function makeAsker(cast: Cast, asker: Asker): Promise<Person> {
  return asker === "stranger" ? await cast.user("Stranger") : await cast.enterAs(asker, asker);
}

/** Everyone but the host and the one who asks goes: rooms have fifty places. */
async function clear({ cast, target }: Trial): Promise<void> {
  await cast.ask(cast.host, "DELETE", cast.path(`/participants/${target.id}`));
}

interface Case {
  action: RoomAction;
  door: string;
  attempt: Attempt;
  /** Undefined: it is done to nobody. */
  target?: Role;
}

function casesFor(asker: Asker): Case[] {
  return ROOM_ACTIONS.flatMap((action) => {
    const { rest: paths, socket: types, targeted } = SURFACES[action];
    assert.equal(BY_REST[action].length, paths.length, `${action}: every door must be tried`);
    const doors = BY_REST[action].map((attempt, index) => ({ door: paths[index]!, attempt }));
    if (asker !== "stranger") {
      for (const type of types) doors.push({ door: type, attempt: BY_SOCKET[type]! });
      const sight = BY_SIGHT[action];
      if (sight !== undefined) doors.push({ door: "sight", attempt: sight });
    }
    return doors.flatMap((door): Case[] => {
      // Lifting a ban is done to nobody who is there.
      const isTargeted = targeted && !door.door.includes("{ban_id}");
      return isTargeted
        ? ROLES.map((target) => ({ action, ...door, target }))
        : [{ action, ...door }];
    });
    // What ends the room comes last.
  }).sort((one, other) => Number(one.action === "end_room") - Number(other.action === "end_room"));
}

for (const role of ASKERS) {
  Deno.test(`what a ${role} may do, by every door`, async () => {
    await using cast = await Cast.gather();
    await cast.enter(cast.host);
    const asker = await makeAsker(cast, role);
    const differences: string[] = [];
    let tried = 0;
    for (const { action, door, attempt, target: targetRole } of casesFor(role)) {
      // Guests come in freely, except where somebody has to be at the door.
      const waiting_room_enabled = action === "admit" || action === "see_waiting";
      await cast.ask(cast.host, "PATCH", cast.path(), { body: { waiting_room_enabled } });
      const needsTarget = targetRole !== undefined || action === "admit";
      const target = needsTarget ? await makeTarget(cast, targetRole ?? "waiting") : asker;
      if (targetRole !== undefined) target.joined = { ...target.joined, role: targetRole };
      const trial = { cast, asker, target };
      const observed = await attempt(trial);
      const expected = can(role === "stranger" ? null : role, action, targetRole);
      if (observed !== expected) {
        differences.push(`${action} by ${door} on ${targetRole}: ${observed}, not ${expected}`);
      }
      tried++;
      if (needsTarget && action !== "end_room") await clear(trial);
    }
    assert.deepEqual(differences, []);
    assert.ok(tried >= (role === "stranger" ? 24 : 45), `${tried} were tried`);
  });
}
