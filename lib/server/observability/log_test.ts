import assert from "node:assert/strict";
import { createLog, type LogLevel } from "./log.ts";

function capture(level: LogLevel) {
  const lines: string[] = [];
  const log = createLog({ level, sink: (line) => lines.push(line), clock: () => 0 });
  return { log, lines };
}

Deno.test("one event is one line of JSON", () => {
  const { log, lines } = capture("info");
  log.write({ event: "room_created", room_id: 1, user_id: 2 });
  assert.deepEqual(lines, [
    '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"room_created",' +
    '"room_id":1,"user_id":2}\n',
  ]);
});

Deno.test("the level decides what is written", () => {
  const { log, lines } = capture("warn");
  log.write({ event: "room_created", room_id: 1, user_id: 2 });
  log.write({ event: "limit_reached", limit: "joins", key: "192.0.2.1" });
  assert.equal(lines.length, 1);
});

Deno.test("control characters cannot forge a line or reach a terminal", () => {
  const { log, lines } = capture("info");
  const warning = "a\nb\u001b[2J\u009b31m\u2028c\u007f";
  log.write({ event: "config_warning", warning });
  assert.match(lines[0]!, /^[\x20-\x7e]+\n$/);
  assert.equal(JSON.parse(lines[0]!).warning, warning);
});

Deno.test("errors are told with their causes, whatever was thrown", () => {
  const { log, lines } = capture("info");
  const error = new Error("outer", { cause: new TypeError("inner") });
  log.write({ event: "failed", scope: "test", error });
  const told = JSON.parse(lines[0]!).error;
  assert.equal(told.message, "outer");
  assert.equal(told.cause.name, "TypeError");
  assert.match(told.stack, /log_test/);
  const loop = new Error("loop");
  loop.cause = loop;
  for (const odd of [loop, 1n, undefined, { toString: () => "odd" }]) {
    log.write({ event: "failed", scope: "test", error: odd });
  }
  assert.equal(lines.length, 5);
});
