import assert from "node:assert/strict";
import { SenderTuner } from "./sender_tuner.ts";

/** A sender that accepts one change at a time, and only with parameters it has just given out. */
class FakeSender {
  encodings: RTCRtpEncodingParameters[] = [{ active: true }];
  readonly applied: RTCRtpEncodingParameters[] = [];
  asked = 0;
  #given: unknown = null;
  #busy = false;

  getParameters() {
    this.asked++;
    const parameters = { encodings: structuredClone(this.encodings), codecs: [] };
    this.#given = parameters;
    return parameters;
  }

  async setParameters(parameters: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    if (this.#busy || parameters !== this.#given) throw new DOMException("", "InvalidStateError");
    this.#busy = true;
    await Promise.resolve();
    this.#busy = false;
    this.#given = null;
    this.encodings = structuredClone(parameters.encodings);
    this.applied.push(this.encodings[0]!);
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const asSender = (sender: FakeSender) => sender as unknown as RTCRtpSender;

Deno.test("changes are made one after another, and the last wish wins", async () => {
  const sender = new FakeSender();
  const tuner = new SenderTuner();
  for (const maxBitrate of [100, 200, 300, 400]) {
    tuner.set(asSender(sender), { active: true, maxBitrate });
  }
  await settled();
  assert.deepEqual(sender.applied.map(({ maxBitrate }) => maxBitrate), [100, 400]);
});

Deno.test("what is so already is not set again", async () => {
  const sender = new FakeSender();
  const tuner = new SenderTuner();
  const encoding = { active: true, maxBitrate: 100, scaleResolutionDownBy: 4 / 3 };
  for (let round = 0; round < 3; round++) {
    tuner.set(asSender(sender), encoding);
    await settled();
  }
  assert.equal(sender.applied.length, 1);
});

Deno.test("switching off keeps the values; a sender without encodings is left alone", async () => {
  const sender = new FakeSender();
  const tuner = new SenderTuner();
  tuner.set(asSender(sender), { active: true, maxBitrate: 100 });
  await settled();
  tuner.set(asSender(sender), { active: false });
  await settled();
  assert.deepEqual(sender.encodings, [{ active: false, maxBitrate: 100 }]);
  sender.encodings = [];
  tuner.set(asSender(sender), { active: true });
  await settled();
  assert.equal(sender.applied.length, 2);
});

Deno.test("a refused change does not stop later ones", async () => {
  const sender = new FakeSender();
  const tuner = new SenderTuner();
  const setParameters = sender.setParameters;
  sender.setParameters = () => Promise.reject(new DOMException("", "InvalidStateError"));
  tuner.set(asSender(sender), { active: false });
  await settled();
  sender.setParameters = setParameters;
  tuner.set(asSender(sender), { active: false });
  await settled();
  assert.equal(sender.encodings[0]?.active, false);
});

Deno.test("a sender is not asked again for what was set; what was refused is set anew", async () => {
  const sender = new FakeSender();
  const tuner = new SenderTuner();
  const wish = { active: true, maxBitrate: 100, scaleResolutionDownBy: 8 / 3 };
  tuner.set(asSender(sender), wish);
  await settled();
  const { asked } = sender;
  tuner.set(asSender(sender), { ...wish, scaleResolutionDownBy: 2.667 });
  await settled();
  assert.equal(sender.asked, asked);
  tuner.set(asSender(sender), { active: false });
  tuner.set(asSender(sender), wish);
  await settled();
  assert.deepEqual(sender.applied.map(({ active }) => active), [true, false, true]);
  const refusing = new FakeSender();
  const { setParameters } = refusing;
  refusing.setParameters = () => Promise.reject(new DOMException("", "InvalidStateError"));
  tuner.set(asSender(refusing), wish);
  await settled();
  refusing.setParameters = setParameters;
  tuner.set(asSender(refusing), wish);
  await settled();
  assert.equal(refusing.applied.length, 1);
  refusing.setParameters = () => Promise.reject(new DOMException("", "InvalidStateError"));
  tuner.set(asSender(refusing), { active: false });
  await settled();
  refusing.encodings = [{ active: false }];
  refusing.setParameters = setParameters;
  tuner.set(asSender(refusing), wish);
  await settled();
  assert.equal(refusing.applied.length, 2);
});

Deno.test("what could not be set before anything was negotiated is set afterwards", async () => {
  const sender = new FakeSender();
  sender.encodings = [];
  const tuner = new SenderTuner();
  tuner.set(asSender(sender), { active: true, maxBitrate: 100 });
  await settled();
  sender.encodings = [{ active: true }];
  tuner.set(asSender(sender), { active: true, maxBitrate: 100 });
  await settled();
  assert.deepEqual(sender.applied.map(({ maxBitrate }) => maxBitrate), [100]);
});
