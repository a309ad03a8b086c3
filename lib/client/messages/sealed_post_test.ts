import { deepEqual, equal } from "node:assert/strict";
import type { Content } from "./content.ts";
import { BOXES_PER_SECOND, SealedPost, type Sealer } from "./sealed_post.ts";

/** Takes longer for shorter texts: whoever does not wait gets them in the wrong order. */
const slow: Sealer = {
  seal: async (_, text) => {
    for (let turns = 200 - text.length; turns > 0; turns--) await Promise.resolve();
    return `box:${text}`;
  },
  open: async (peer, box) => {
    for (let turns = 200 - box.length; turns > 0; turns--) await Promise.resolve();
    if (box.startsWith("broken")) throw new Error("forged");
    return peer === 1 && box.startsWith("box:") ? box.slice(4) : null;
  },
  ready: () => true,
};

const word = (body: string): Content => ({ kind: "word", topic: "t", body });
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

Deno.test("boxes leave and are opened in the order in which they were given", async () => {
  const post = new SealedPost(slow, () => 0);
  const boxes: string[] = [];
  const read: Content[] = [];
  const contents = [word("x".repeat(60)), word("x".repeat(30)), word("x")];
  for (const content of contents) post.send(1, content, (box) => boxes.push(box));
  await settle();
  for (const box of boxes) post.receive(1, box, (content) => read.push(content));
  await settle();
  deepEqual(read, contents);
});

Deno.test("what cannot be opened is dropped, and what follows is not", async () => {
  const post = new SealedPost(slow, () => 0);
  const read: Content[] = [];
  for (const box of ["broken", 7, null, "plain", "box:{", `box:${JSON.stringify(word("a"))}`]) {
    post.receive(1, box, (content) => read.push(content));
  }
  // Another person's box: other keys.
  post.receive(2, `box:${JSON.stringify(word("b"))}`, (content) => read.push(content));
  await settle();
  deepEqual(read, [word("a")]);
});

Deno.test("a flood of boxes is not even opened", async () => {
  let opened = 0;
  const post = new SealedPost({
    ...slow,
    open: () => Promise.resolve((opened++, null)),
  }, () => 0);
  for (let i = 0; i < 1_000; i++) post.receive(1, "box", () => {});
  await settle();
  equal(opened, BOXES_PER_SECOND.burst);
});
