import assert from "node:assert/strict";
import { descendants, killTree } from "./process_tree.ts";

Deno.test("a process is ended together with what it started", async () => {
  const shell = new Deno.Command("/bin/sh", {
    args: ["-c", "sleep 60 & echo ready; wait"],
    stdout: "piped",
  }).spawn();
  const output = shell.stdout.getReader();
  await output.read();
  const below = descendants(shell.pid);
  assert.equal(below.length, 1);
  killTree(shell.pid);
  assert.equal((await shell.status).signal, "SIGKILL");
  // The pipe closes when the last holder, the sleeping grandchild, is gone.
  assert.equal((await output.read()).done, true);
});
