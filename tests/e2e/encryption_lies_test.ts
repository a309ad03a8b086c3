/** Servers that lie: about who is at the other end, and about what the room demands. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import { alarmMs, lackTransforms, neverStop, noteAlarm } from "./harness/attacks.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { keepConnections } from "./harness/disobedience.ts";
import { intercept, standBetween } from "./harness/middleman.ts";
import { testid } from "./harness/person.ts";
import { alarmAbout, callIs, isProtected, isVerified, received } from "./harness/protection.ts";
import { joinSample, openSample } from "./harness/sample_client.ts";
import { sees, tile, tilesAre } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import {
  createRoom,
  enterByLink,
  find,
  invite,
  join,
  signIn,
  visitAndJoin,
} from "./harness/walks.ts";

/** What the sample's own script defines. */
declare const pc: RTCPeerConnection | undefined;

/** Both sides, however long a missing step would be waited for. */
const NOTICED_WITHIN_MS = 3_000;

browserTest(
  "a man in the middle, connected to both, is noticed and named, and nothing is played",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const [ann, bea, mallory] = await Promise.all(
      ["Ann", "Bea", "Mallory"].map((name) => stage.chromium(name)),
    ) as [ChromiumPerson, ChromiumPerson, ChromiumPerson];
    for (const { page } of [ann, bea]) {
      await page.addInitScript(keepConnections);
      // What the product closes goes on: else Mallory would hardly get as far as to be connected.
      await page.addInitScript(neverStop);
      await page.addInitScript(noteAlarm);
    }
    await standBetween(mallory, ann, product);
    const beaId = await visitAndJoin(bea, product, code);
    const annId = await visitAndJoin(ann, product, code);
    const metMs = Date.now();
    // The attack is a real one: both have a working connection, with Mallory's certificate.
    await until("Mallory gets packets of both", async () => {
      const connected = await mallory.eval(() => {
        const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
        return page.__connections?.filter(({ connectionState }) => connectionState === "connected")
          .length ?? 0;
      });
      return connected >= 2 && (await mallory.eval(received)).packets > 0;
    }, { timeoutMs: 20_000 });
    assert.match(await alarmAbout(ann, beaId), /Encryption with Bea failed/);
    assert.match(await alarmAbout(bea, annId), /Encryption with Ann failed/);
    for (const person of [ann, bea]) {
      const afterMs = (await person.eval(alarmMs) ?? NaN) - metMs;
      console.log(`${person.name} was told ${afterMs} ms after they met`);
      assert.ok(afterMs < NOTICED_WITHIN_MS, `${person.name} was told ${afterMs} ms later`);
    }
    await stage.picture(ann, "encryption_alarm");
    for (const [person, id] of [[ann, beaId], [bea, annId]] as const) {
      await isProtected(person, id, "failed");
      await person.page.locator(`${tile(id)} ${testid("tile-unprotected")}`).waitFor();
    }
    // Mallory's own decoder may make noise of noise: what crosses the network is tested elsewhere.
    for (const person of [ann, bea]) {
      const { framesDecoded, audioEnergy } = await person.eval(received);
      assert.equal(framesDecoded, 0, `${person.name} decodes something`);
      assert.ok(audioEnergy < 1e-6, `${person.name} hears ${audioEnergy}`);
    }
    await until(
      "a line in the log",
      () =>
        product.log.some((line) =>
          line.includes('"event":"encryption_problem"') && /confirmation|timeout/.test(line)
        ),
    );
  },
  { timeoutMs: 90_000 },
);

browserTest(
  "a room that demands encryption refuses the sample client, whatever its server says",
  async (stage) => {
    const product = await stage.product();
    const ann = await stage.chromium("Ann");
    await ann.page.addInitScript(keepConnections);
    await signIn(ann, product);
    const code = await createRoom(ann);
    // From now on the server says of this room that anybody may come, and of all that they are plain.
    const soften = (room: object) => ({ ...room, e2ee_required: false });
    const plain = (person: { user_name: string }) =>
      person.user_name === "Sample" ? { ...person, capabilities: [] } : person;
    await ann.page.route(/\/join$/, async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      await route.fulfill({ response, json: { ...answer, room: soften(answer.room) } });
    });
    await intercept(ann, {
      fromPage: (message) => message,
      fromServer(message) {
        const { type, data } = message;
        if (type === "room_state") {
          const participants = data.participants.map(plain);
          return { ...message, data: { ...data, participants, room: soften(data.room) } };
        }
        if (type === "room_updated") return { ...message, data: soften(data) };
        return /^participant_(joined|updated)$/.test(type)
          ? { ...message, data: plain(data) }
          : message;
      },
    });
    const annId = await join(ann);

    // An honest server would not even let it in; this one does.
    const honest = (await Api.signIn(product.origin, "Sample")).join(code);
    await assert.rejects(honest, /ENCRYPTION_REQUIRED/);
    const sample = await stage.chromium("Sample");
    await openSample(sample, product);
    await sample.page.route(/\/join$/, (route) =>
      route.continue({
        postData: JSON.stringify({ capabilities: ["e2ee-1"] }),
        headers: { ...route.request().headers(), "content-type": "application/json" },
      }));
    const sampleId = await joinSample(sample, code);
    await isProtected(ann, sampleId, "refused");
    const veil = ann.page.locator(`${tile(sampleId)} ${testid("tile-unprotected")}`);
    assert.match(await veil.innerText(), /Sample uses a program that cannot/);
    await callIs(ann, "left_out");

    // Bea, to whom nobody lies, comes later: time enough for a connection to the sample, and none.
    const bea = await stage.chromium("Bea");
    const beaId = await enterByLink(bea, await invite(ann));
    await isVerified(ann, beaId, "link");
    await sees(bea, annId);
    const connections = await ann.eval(() =>
      (globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] }).__connections
        ?.length
    );
    assert.equal(connections, 1, "a connection to Bea, and no other");
    assert.equal(await sample.eval(() => pc?.connectionState), "new");
    await stage.picture(ann, "encryption_refused");
  },
  { timeoutMs: 90_000 },
);

browserTest(
  "a browser that cannot encrypt reads so at the door, and gets nothing when it is let in",
  async (stage) => {
    const product = await stage.product();
    const ann = await stage.chromium("Ann");
    await signIn(ann, product);
    await createRoom(ann);
    const annId = await join(ann);
    const link = await invite(ann);

    for (
      const [locale, words] of [["en-US", /end to end.*Firefox/], [
        "ru-RU",
        /сквозн.*Firefox/,
      ]] as const
    ) {
      const old = await stage.chromium(`Old_${locale}`, { locale });
      await old.page.addInitScript(lackTransforms);
      await old.open(link);
      await find(old, "lobby");
      await old.click("lobby-join");
      await find(old, "call-ended");
      const end = old.page.locator(testid("call-ended"));
      assert.equal(await end.getAttribute("data-code"), "ENCRYPTION_REQUIRED");
      assert.match(await end.innerText(), words);
      await stage.picture(old, `encryption_required_${locale}`);
    }
    await tilesAre(ann, []);

    // This server lets it in, and says to everybody that all is well.
    const old = await stage.chromium("Old");
    for (const script of [lackTransforms, keepConnections]) await old.page.addInitScript(script);
    await old.page.route(/\/join$/, (route) =>
      route.continue({
        postData: JSON.stringify({ capabilities: ["mesh-1", "e2ee-1"] }),
        headers: { ...route.request().headers(), "content-type": "application/json" },
      }));
    await enterByLink(old, link);
    await isProtected(old, annId, "refused");
    const veil = old.page.locator(`${tile(annId)} ${testid("tile-unprotected")}`);
    assert.match(await veil.innerText(), /your browser cannot do it/);
    // Another pair meets meanwhile: time enough for media to come, and none.
    const bea = await stage.chromium("Bea");
    const beaId = await enterByLink(bea, link);
    await Promise.all([sees(ann, beaId), sees(bea, annId)]);
    assert.deepEqual(await old.eval(received), { packets: 0, framesDecoded: 0, audioEnergy: 0 });
    await stage.picture(old, "encryption_lacking_self");
  },
  { timeoutMs: 90_000 },
);
