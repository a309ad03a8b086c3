import { browserTest } from "../e2e/harness/stage.ts";
import { twoInACall } from "./scene.ts";
import { tileVideo } from "../e2e/harness/senses.ts";
import { noteFrames, readReceived, frameTimes } from "./page_probes.ts";
import { epochMs, pictureBack } from "./timing.ts";
import { FAIR } from "./world.ts";
import { pause } from "../fixtures/poll.ts";
browserTest("roam", async (stage) => {
  const { world, ann, ben } = await twoInACall(stage, { homes: [{}, {}] });
  await ann.person.eval(noteFrames, tileVideo(ben.id));
  await ben.person.eval(noteFrames, tileVideo(ann.id));
  const T = epochMs();
  const look = async () => { for (const x of [ann, ben]) console.log(((epochMs() - T)/1000).toFixed(1), x.person.name, await x.person.eval(async () => {
    const q = (s: string) => document.querySelector<HTMLElement>(s);
    const c = (globalThis as any).__connections;
    const pc = c.at(-1);
    const st = [...(await pc.getStats()).values()];
    return JSON.stringify({ phase: q('[data-testid="call"]')?.dataset.phase, link: q('[data-testid="tile"]')?.dataset.link, n: c.length, states: c.map((p: any) => p.connectionState + "/" + p.signalingState), prot: q('[data-testid="tile"]')?.innerText,
    in: st.filter((s) => s.type === "inbound-rtp").map((s) => [s.kind, s.packetsReceived, s.framesDecoded, s.framesReceived, s.frameHeight]), 
    out: st.filter((s) => s.type === "outbound-rtp").map((s) => [s.kind, s.active, s.packetsSent, s.framesEncoded, s.framesSent, s.frameHeight]), 
    enc: pc.getSenders().map((s: any) => JSON.stringify(s.getParameters().encodings)),
    neg: (globalThis as any).__negotiations, frames: (globalThis as any).__frameTimes.length });
  })); };
  for (let i = 0; i < 2; i++) {
    await look();
    await ben.home.move(world.newAddress());
    console.log("moved");
    for (let k = 0; k < 6; k++) { await pause(1500); await look(); }
  }
  console.log(ann.person.console, ben.person.console, world.product.log.slice(6));
});
