import assert from "node:assert/strict";
import { formatRoomCode, parseRoomCode } from "./room_code_input.ts";

Deno.test("codes are found however they are written", () => {
  for (
    const input of [
      "7GK2M4QX",
      " 7gk2m4qx ",
      "7gk2-m4qx",
      "7GK2 M4QX",
      "https://calls.example/video/room/7GK2M4QX",
      "calls.example/video/room/7gk2m4qx?lang=ru",
      "https://calls.example/#/room/7GK2M4QX?guest_token=abc.def.ghi",
    ]
  ) assert.equal(parseRoomCode(input), "7GK2M4QX", input);
});

Deno.test("letters that look like digits are read as digits", () => {
  assert.equal(parseRoomCode("ILO2M4QX"), "1102M4QX");
});

Deno.test("anything else is not a code", () => {
  for (const input of ["", "7GK2", "7GK2M4QXX", "7GK2M4Q!", "https://calls.example/", "/room/12"]) {
    assert.equal(parseRoomCode(input), null, input);
  }
});

Deno.test("codes are shown in two groups and read back", () => {
  assert.equal(formatRoomCode("7GK2M4QX"), "7GK2-M4QX");
  assert.equal(parseRoomCode(formatRoomCode("7GK2M4QX")), "7GK2M4QX");
});
