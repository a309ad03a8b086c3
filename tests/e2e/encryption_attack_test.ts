/** Wrong keys, a listener who was thrown out, a browser that does not encrypt: none gets through. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import {
  goodbyeMs,
  ignoreTransforms,
  lastOpeningMs,
  neverStop,
  noteGoodbyes,
  readSamples,
  startSampling,
  useWrongKeys,
  watchOpenings,
} from "./harness/attacks.ts";
import { keepConnections } from "./harness/disobedience.ts";
import { actForSure, become, endPage } from "./harness/moderating.ts";
import { alarmAbout, isProtected, received } from "./harness/protection.ts";
import { hears, sees, tilesAre } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { enterByLink, join, visitAndJoin } from "./harness/walks.ts";

browserTest(
  "a third one with wrong keys gets every frame and decodes none, and is named",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const [ann, bea] = [await stage.chromium("Ann"), await stage.chromium("Bea")];
    const annId = await visitAndJoin(ann, product, code);
    const beaId = await visitAndJoin(bea, product, code);
    const eve = await stage.chromium("Eve");
    await eve.page.addInitScript(keepConnections);
    await useWrongKeys(eve);
    const eveId = await visitAndJoin(eve, product, code);
    // The agreement itself succeeds: it is the frames that nobody can open.
    await isProtected(ann, eveId, "encrypted");
    await until("packets for Eve", async () => (await eve.eval(received)).packets > 100, {
      timeoutMs: 20_000,
    });
    const { framesDecoded, audioEnergy } = await eve.eval(received);
    assert.equal(framesDecoded, 0);
    assert.ok(audioEnergy < 1e-6, `Eve hears something: ${audioEnergy}`);
    assert.match(await alarmAbout(ann, eveId), /Eve/);
    assert.match(await alarmAbout(eve, annId), /Ann/);
    await Promise.all([sees(ann, beaId), sees(bea, annId), hears(bea, annId)]);
    assert.equal((await eve.eval(received)).framesDecoded, 0);
  },
  { timeoutMs: 90_000 },
);

/** A new key is used this soon, whoever may not have got it yet. */
const BLIND_WITHIN_MS = 1_000;

browserTest(
  "who was banned and goes on listening gets frames that no key of theirs opens",
  async (stage) => {
    const product = await stage.product();
    const host = await Api.signIn(product.origin, "Ann");
    const { room_code: code } = await host.createRoom();
    const ann = await stage.chromium("Ann");
    await become(ann, product, host);
    const eve = await stage.chromium("Eve");
    for (const person of [ann, eve]) {
      await person.page.addInitScript(keepConnections);
      // On Ann's side, too: as somebody on the way could record what once was sent to Eve.
      await person.page.addInitScript(neverStop);
    }
    await ann.page.addInitScript(noteGoodbyes);
    await watchOpenings(eve);
    await ann.open(`${product.origin}/video/room/${code}`);
    const annId = await join(ann);
    const bea = await stage.chromium("Bea");
    const beaId = await visitAndJoin(bea, product, code);
    const eveId = await enterByLink(eve, await host.guestUrl(code));
    await Promise.all([sees(eve, annId), sees(ann, eveId), sees(bea, annId)]);

    await eve.eval(startSampling);
    await actForSure(ann, eveId, "ban");
    assert.equal((await endPage(eve)).reason, "banned");
    await tilesAre(ann, [`${beaId}:camera`]);
    const last = await until("Eve gets packets and decodes nothing", async () => {
      const samples = await eve.eval(readSamples);
      const lastDecoded = samples.findLast((sample, at) =>
        sample.framesDecoded > (samples[at - 1]?.framesDecoded ?? 0)
      );
      const packetsSince = (samples.at(-1)?.packets ?? 0) - (lastDecoded?.packets ?? 0);
      return lastDecoded !== undefined && packetsSince > 150 && lastDecoded;
    }, { timeoutMs: 20_000 });
    const bannedMs = await ann.eval(goodbyeMs, eveId) ?? NaN;
    const openedMs = await eve.eval(lastOpeningMs) ?? NaN;
    const after = `the last frame was opened ${openedMs - bannedMs} ms after the ban, ` +
      `decoded ${last.atMs - bannedMs} ms after it`;
    console.log(after);
    assert.ok(openedMs - bannedMs < BLIND_WITHIN_MS, after);
    // The others have not noticed a thing.
    await Promise.all([sees(bea, annId), sees(ann, beaId), hears(bea, annId)]);
  },
  { timeoutMs: 90_000 },
);

browserTest(
  "a browser that sends past the encryption is silenced, says so, and the server's log knows",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const [ann, bea] = [await stage.chromium("Ann"), await stage.chromium("Bea")];
    for (const { page } of [ann, bea]) await page.addInitScript(keepConnections);
    const beaId = await visitAndJoin(bea, product, code);
    await ann.page.addInitScript(ignoreTransforms);
    const annId = await visitAndJoin(ann, product, code);
    assert.match(await alarmAbout(ann, beaId), /went past the encryption with Bea/);
    await isProtected(ann, beaId, "failed");
    const sending = () =>
      ann.eval(() => {
        const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
        return (page.__connections ?? []).flatMap((each) => each.getSenders())
          .filter(({ track }) => track !== null).length;
      });
    await until("nothing is sent any more", async () => await sending() === 0);
    await until("a line in the log", () =>
      product.log.some((line) => {
        if (!line.includes('"event":"encryption_problem"')) return false;
        const { participant_id, peer_id, message } = JSON.parse(line);
        return participant_id === annId && peer_id === beaId && message === "bypassed";
      }));
    // What came in clear was not played either.
    assert.deepEqual((await bea.eval(received)).framesDecoded, 0);
  },
  { timeoutMs: 60_000 },
);
