import assert from "node:assert/strict";
import { byteRange } from "./byte_range.ts";

const SIZE = 100;

Deno.test("one part is cut to what is there", () => {
  const asked = {
    "bytes=0-0": { start: 0, bytes: 1 },
    "bytes=0-99": { start: 0, bytes: 100 },
    "bytes=10-": { start: 10, bytes: 90 },
    "bytes=90-1000": { start: 90, bytes: 10 },
    "bytes=-10": { start: 90, bytes: 10 },
    "bytes=-1000": { start: 0, bytes: 100 },
    "bytes= 5-6": { start: 5, bytes: 2 },
  };
  for (const [header, range] of Object.entries(asked)) {
    assert.deepEqual(byteRange(header, SIZE), range, header);
  }
});

Deno.test("what lies behind the end cannot be had", () => {
  for (const header of ["bytes=100-", "bytes=100-200", "bytes=-0"]) {
    assert.equal(byteRange(header, SIZE), "unsatisfiable", header);
  }
  assert.equal(byteRange("bytes=0-", 0), "unsatisfiable");
});

Deno.test("what is no range of ours asks for the whole", () => {
  const odd = ["", "bytes=-", "bytes=5-4", "bytes=0-1,4-5", "items=0-1", "bytes=a-b", "bytes=1"];
  for (const header of [null, ...odd]) assert.equal(byteRange(header, SIZE), null, String(header));
});
