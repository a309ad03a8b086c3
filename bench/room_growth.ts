/**
 * What it costs to be more: rooms of 2 to 8 headless people who all come at once. Time until all see
 * all, processor time and uplink per person; the product as it is, the product when everybody asks
 * for large pictures of everybody, and the floor page.
 *
 *     deno task bench:room-growth [most people] [floor|product|large …]
 */
import { Product } from "../tests/fixtures/product.ts";
import { buildIfStale } from "../tools/start.ts";
import { FloorServer } from "./floor_server.ts";
import { printTable } from "./report.ts";
import { floorContender, measureRoom, productContender, type RoomFigures } from "./room.ts";

const SIZES = [2, 3, 4, 6, 8];

function row({ people, completeMs, processor, uplinkKbps }: RoomFigures): string[] {
  return [
    String(people),
    completeMs === null ? "not in a minute" : `${(completeMs / 1_000).toFixed(1)} s`,
    `${Math.round(processor * 100)} %`,
    `${Math.round(uplinkKbps)} kbit/s`,
  ];
}

if (import.meta.main) {
  await buildIfStale();
  const most = Number(Deno.args[0] ?? SIZES.at(-1));
  const wanted = Deno.args.slice(1);
  await using product = await Product.start();
  await using floor = await FloorServer.start();
  const contenders = {
    floor: floorContender(floor),
    product: productContender(product, { selective: true }),
    large: productContender(product, { selective: false }),
  };
  for (const [key, contender] of Object.entries(contenders)) {
    if (wanted.length > 0 && !wanted.includes(key)) continue;
    const figures: RoomFigures[] = [];
    for (const people of SIZES.filter((size) => size <= most)) {
      figures.push(await measureRoom(contender, people));
    }
    console.log(`\n${contender.name}\n`);
    printTable(
      ["people", "all see all", "processor, each", "uplink, each"],
      figures.map(row),
    );
  }
}
