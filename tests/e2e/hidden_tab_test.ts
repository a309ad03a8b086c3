/** Somebody looks at another tab during a call: they go on to be heard, to hear, and to be seen. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { pause, until } from "../fixtures/poll.ts";
import { ChromiumWindow } from "./harness/chromium_window.ts";
import { testid } from "./harness/person.ts";
import { readNegotiations, shownFrames } from "./harness/probes.ts";
import { everyoneMeets, hears, sees, tileVideo } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { inCall, visitAndJoin } from "./harness/walks.ts";

/** Longer than anybody waits for a sign of life. */
const HIDDEN_SECONDS = 15;

type Watching = typeof globalThis & { __trouble?: string[] };

/** From now on: whatever of the call was not as it should be, even for a moment. */
function watchForTrouble({ phase, tiles }: { phase: string; tiles: string }): void {
  const trouble: string[] = (globalThis as Watching).__trouble = [];
  const people = document.querySelectorAll(tiles).length;
  const look = () => {
    const call = document.querySelector<HTMLElement>(phase)?.dataset.phase ?? "gone";
    if (call !== "connected") trouble.push(`the call is ${call}`);
    const present = document.querySelectorAll<HTMLElement>(tiles);
    if (present.length !== people) trouble.push(`${present.length} tiles`);
    for (const { dataset } of present) {
      if (dataset.link !== "connected") trouble.push(`${dataset.participantId}: ${dataset.link}`);
    }
  };
  const changes = { subtree: true, childList: true, attributes: true };
  new MutationObserver(look).observe(document.body, changes);
  look();
}

const CALL = { phase: testid("call"), tiles: testid("tile") };

browserTest(
  "a hidden tab keeps the call, and its pictures come back when it is shown",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const window = stage.own(await ChromiumWindow.open("Ann"));
    const ann = stage.admit(window.person);
    const ben = await stage.chromium("Ben");
    let sockets = 0;
    for (const { page } of [ann, ben]) page.on("websocket", () => sockets++);
    const annId = await visitAndJoin(ann, product, code);
    const benId = await visitAndJoin(ben, product, code);
    await everyoneMeets([{ person: ann, id: annId }, { person: ben, id: benId }]);
    const before = await Promise.all([ann, ben].map((person) => person.eval(readNegotiations)));
    const socketsBefore = sockets;
    for (const person of [ann, ben]) await person.eval(watchForTrouble, CALL);

    await window.coverWithTab();
    const hiddenMs = performance.now();
    await Promise.all([hears(ann, benId), hears(ben, annId), sees(ben, annId)]);
    // Nobody sends pictures to where nobody looks.
    const still = () => ann.eval(shownFrames, tileVideo(benId));
    await until("Ben's picture stands", async () => {
      const frames = await still();
      await pause(1_000);
      return await still() === frames;
    });
    await pause(HIDDEN_SECONDS * 1_000 - (performance.now() - hiddenMs));
    await Promise.all([hears(ann, benId), hears(ben, annId), sees(ben, annId)]);
    const standing = await still() ?? 0;
    assert.equal(await ann.eval(() => document.visibilityState), "hidden");

    await window.show();
    const shownMs = performance.now();
    await until("Ben's picture goes on", async () => (await still() ?? 0) > standing);
    console.log(`the picture was back ${(performance.now() - shownMs).toFixed(0)} ms after`);
    await Promise.all([sees(ann, benId), sees(ben, annId), hears(ann, benId)]);
    for (const [index, person] of [ann, ben].entries()) {
      assert.deepEqual(
        await person.eval(() => (globalThis as Watching).__trouble),
        [],
        person.name,
      );
      assert.deepEqual(await person.eval(readNegotiations), before[index], person.name);
    }
    assert.equal(sockets, socketsBefore);
    assert.deepEqual([await inCall(ann), await inCall(ben)], [annId, benId]);
  },
);
