/**
 * What it costs to be more: rooms of headless people who all come at once. Time until all see all,
 * processor time and uplink per person; the product as it is, the product when everybody asks for
 * large pictures of everybody, and the floor page, in turns, so that all meet the same machine.
 *
 *     deno task bench:room-growth                rooms of 2, 3, 4, 6 and 8
 *     deno task bench:room-growth 2,3 floor,product
 */
import { Product } from "../tests/fixtures/product.ts";
import { buildIfStale } from "../tools/start.ts";
import { FloorServer } from "./floor_server.ts";
import { printTable } from "./report.ts";
import {
  type Contender,
  floorContender,
  measureRoom,
  productContender,
  type RoomFigures,
} from "./room.ts";

const SIZES = "2,3,4,6,8";
const CONTENDERS = "floor,product,large";

function row(
  name: string,
  { people, completeMs, processor, uplinkKbps }: RoomFigures,
): string[] {
  return [
    name,
    String(people),
    completeMs === null ? "not in a minute" : `${(completeMs / 1_000).toFixed(1)} s`,
    `${Math.round(processor * 100)} %`,
    `${Math.round(uplinkKbps)} kbit/s`,
  ];
}

if (import.meta.main) {
  await buildIfStale();
  const [sizes = SIZES, names = CONTENDERS] = Deno.args;
  await using product = await Product.start();
  await using floor = await FloorServer.start();
  const contenders: Record<string, Contender> = {
    floor: floorContender(floor),
    product: productContender(product, { selective: true }),
    large: productContender(product, { selective: false }),
  };
  const rows: string[][] = [];
  for (const people of sizes.split(",").map(Number)) {
    for (const name of names.split(",")) {
      const contender = contenders[name];
      if (contender === undefined) throw new Error(`no such contender: ${name}`);
      const figures = row(contender.name, await measureRoom(contender, people));
      // A long run may be ended early: what was measured is there.
      console.log(figures.join(" · "));
      rows.push(figures);
    }
  }
  console.log();
  printTable(["", "people", "all see all", "processor, each", "uplink, each"], rows);
}
