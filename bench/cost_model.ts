/**
 * The cost model of docs/media.md: what a room of N costs each person. Simulates rooms of up to 50
 * with the product's own layout and budget; and sets the model against rooms of 2 to 6 headless
 * people on this machine.
 *
 *     deno task bench:cost-model             the simulation, which takes no time
 *     deno task bench:cost-model measure 6   and the comparison, for rooms of two to six
 */
import {
  decide,
  type Demand,
  learn,
  newHistory,
  reserveKbps,
} from "../lib/client/quality/decide.ts";
import { type Device, type Limits, limitsOf } from "../lib/client/quality/limits.ts";
import type { Box, Source } from "../lib/client/quality/rungs.ts";
import { shownSize } from "../lib/client/quality/view_message.ts";
import {
  gridRects,
  isCompact,
  pageCapacity,
  type Rect,
  tileAspect,
} from "../lib/shared/domain/layout.ts";
import { Product } from "../tests/fixtures/product.ts";
import { buildIfStale } from "../tools/start.ts";
import { printTable } from "./report.ts";
import { measureRoom, productContender, type RoomFigures } from "./room.ts";

const CAMERA = { width: 1280, height: 720, fps: 30 };
/** What headless Chromium shows. */
const FAKE_CAMERA = { ...CAMERA, fps: 20 };
const DESK: Device = { phone: false, cores: 4 };
const PHONE: Device = { phone: true, cores: 8 };
/** What is left of a window for the tiles. */
const DESK_STAGE: Rect = { x: 0, y: 0, width: 1264, height: 716 };
const PHONE_STAGE: Rect = { x: 0, y: 0, width: 374, height: 650 };
const PIXEL_RATIO = { desk: 1, phone: 3 };
const ROOMS = [2, 3, 4, 6, 8, 12, 16, 25, 50];

/** How the stage of one person shows a room: how many others at once, and how large. */
function view(people: number, stage: Rect, pixelRatio: number): { shown: number; box: Box } {
  const floating = isCompact(stage);
  const standing = floating ? 0 : 1;
  const capacity = pageCapacity(stage, { focused: false }) - standing;
  const shown = Math.min(people - 1, capacity);
  const [tile] = gridRects(stage, shown + standing, { aspect: tileAspect(stage) });
  return { shown, box: shownSize(tile?.width ?? 0, tile?.height ?? 0, pixelRatio) };
}

interface Price {
  limits: Limits;
  /** Who sees this person's picture. */
  watchers: number;
  smallestP: number;
  largestP: number;
  /** Allowed at most; quiet pictures and pauses in speech take less. */
  pictureKbps: number;
  voiceKbps: number;
  megapixels: number;
}

/** What somebody sends when so many of the room look at a picture of this size. */
function price(
  people: number,
  device: Device,
  { watchers, box, camera = CAMERA }: { watchers: number; box: Box; camera?: Source },
): Price {
  const limits = limitsOf("auto", device, people - 1);
  const links = Array.from({ length: people - 1 }, (_, link) => link);
  const demands: Demand[] = links.slice(0, watchers)
    .map((link) => ({ link, line: "camera", source: camera, box }));
  const plenty = links.map((link) => ({
    link,
    availableKbps: 100_000,
    sentKbps: 0,
    loss: 0,
    starved: false,
    cut: false,
  }));
  const sample = { nowMs: 0, links: plenty, processorBusy: false, encodeShare: 0, pixels: 0 };
  const targets = decide(learn(newHistory(0), sample, limits), limits, demands);
  const rungs = targets.flatMap(({ rung }) => rung === null ? [] : [rung]);
  const sizes = rungs.map(({ p }) => p);
  return {
    limits,
    watchers,
    smallestP: Math.min(...sizes),
    largestP: Math.max(...sizes),
    pictureKbps: rungs.reduce((sum, { kbps }) => sum + kbps, 0),
    voiceKbps: (people - 1) * reserveKbps(Infinity, limits),
    megapixels: rungs.reduce((sum, { pixels }) => sum + pixels, 0) / 1e6,
  };
}

function simulate(name: string, device: Device, stage: Rect, pixelRatio: number): void {
  const rows = ROOMS.map((people) => {
    const { shown, box } = view(people, stage, pixelRatio);
    const usual = price(people, device, { watchers: shown, box });
    const star = price(people, device, { watchers: people - 1, box });
    const sizes = ({ smallestP, largestP }: Price) =>
      smallestP === largestP ? `${smallestP}p` : `${smallestP}–${largestP}p`;
    const mbit = ({ pictureKbps, voiceKbps }: Price) =>
      ((pictureKbps + voiceKbps) / 1_000).toFixed(1);
    return [
      String(people),
      String(shown),
      sizes(usual),
      mbit(usual),
      (usual.voiceKbps / 1_000).toFixed(1),
      usual.megapixels.toFixed(0),
      sizes(star),
      mbit(star),
      star.megapixels.toFixed(0),
    ];
  });
  console.log(`\n${name}\n`);
  printTable([
    "people",
    "in view",
    "sent at",
    "Mbit/s",
    "of it voices",
    "Mpixel/s",
    "watched by all",
    "Mbit/s",
    "Mpixel/s",
  ], rows);
}

/** What each unit of load takes of a processor beside what a person alone takes, by least squares. */
function priceOfLoad(alone: Measured, known: readonly Measured[]): number {
  const extra = (each: Measured) => each.processor - alone.processor;
  const load = (each: Measured) => each.load - alone.load;
  const above = known.reduce((sum, each) => sum + load(each) * extra(each), 0);
  const below = known.reduce((sum, each) => sum + load(each) ** 2, 0);
  return above / below;
}

type Measured = RoomFigures & { price: Price; load: number };

/** Constants from rooms of one, two and three, then what they say of larger ones. */
async function compare(most: number): Promise<void> {
  await buildIfStale();
  await using product = await Product.start();
  const contender = productContender(product, { selective: true });
  const device = { phone: false, cores: navigator.hardwareConcurrency };
  const measured: Measured[] = [];
  for (let people = 1; people <= most; people++) {
    const { shown, box } = view(people, DESK_STAGE, PIXEL_RATIO.desk);
    const each = price(people, device, { watchers: shown, box, camera: FAKE_CAMERA });
    const load = each.megapixels + (people - 1);
    const figures = await measureRoom(contender, people);
    console.log(`${people} people: ${JSON.stringify(figures)}`);
    measured.push({ ...figures, price: each, load });
  }
  const [alone, ...rooms] = measured;
  if (alone === undefined) return;
  const known = rooms.slice(0, 2);
  const allowed = ({ price }: Measured) => price.pictureKbps + price.voiceKbps;
  const fill = known.reduce((sum, each) => sum + each.uplinkKbps / allowed(each), 0) / known.length;
  const perLoad = priceOfLoad(alone, known);
  const processor = ({ load }: Measured) => alone.processor + perLoad * (load - alone.load);
  console.log(
    `\npredicted from rooms of one to three; ${fill.toFixed(2)} of what is allowed is sent\n`,
  );
  printTable(
    ["people", "uplink predicted", "measured", "ratio", "processor predicted", "measured"],
    rooms.map((each) => [
      String(each.people),
      `${Math.round(allowed(each) * fill)} kbit/s`,
      `${Math.round(each.uplinkKbps)} kbit/s`,
      (each.uplinkKbps / (allowed(each) * fill)).toFixed(2),
      `${Math.round(processor(each) * 100)} %`,
      `${Math.round(each.processor * 100)} %`,
    ]),
  );
}

if (import.meta.main) {
  simulate("Desks of four cores, windows of 1280×800", DESK, DESK_STAGE, PIXEL_RATIO.desk);
  simulate("Phones, 390×844", PHONE, PHONE_STAGE, PIXEL_RATIO.phone);
  const [wish, most = "6"] = Deno.args;
  if (wish === "measure") await compare(Number(most));
}
