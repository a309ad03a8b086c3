/**
 * Shares what there is among all pictures that somebody looks at.
 *
 * All rungs of all pictures are put in one order, by how much they matter, which does not depend on
 * the budgets; a budget decides only how far down the order it reaches. So more budget never makes
 * any picture smaller, and nobody's picture jumps because somebody else's found room.
 */
import type { Rung, VideoLine } from "./rungs.ts";

/** A picture that somebody looks at. */
export interface Stream {
  readonly link: number;
  readonly line: VideoLine;
  /** From the smallest to what can be seen. */
  readonly rungs: readonly Rung[];
}

export interface Budgets {
  /** For all pictures together. */
  readonly uplinkKbps: number;
  /** For the pictures of one link. */
  readonly linkKbps: (link: number) => number;
  /** What all encoders together may work through, pixels a second. */
  readonly pixels: number;
}

interface Step {
  /** Place of the picture in the question. */
  readonly index: number;
  readonly stream: Stream;
  /** Place of the rung in its ladder. */
  readonly at: number;
  readonly kbps: number;
  readonly pixels: number;
}

/** @returns for each picture the place of its rung; -1: it has to stop */
export function allocate(streams: readonly Stream[], budgets: Budgets): readonly number[] {
  const steps = streams.flatMap(stepsOf).sort(byImportance);
  const links = new Map<number, Purse>();
  const linkOf = ({ stream: { link } }: Step) => {
    const purse = links.get(link) ?? new Purse(budgets.linkKbps(link), Infinity);
    links.set(link, purse);
    return purse;
  };
  const affordable = steps.filter((step) => linkOf(step).pay(step));
  const purse = new Purse(budgets.uplinkKbps, budgets.pixels);
  const reached = streams.map(() => -1);
  for (const step of affordable) {
    if (purse.pay(step)) reached[step.index] = step.at;
  }
  return reached;
}

/** What each rung costs on top of the one below it. */
function stepsOf(stream: Stream, index: number): Step[] {
  return stream.rungs.map((rung, at) => {
    const below = stream.rungs[at - 1];
    return {
      index,
      stream,
      at,
      kbps: rung.kbps - (below?.kbps ?? 0),
      // A smaller picture at a higher rate may cost more pixels: never count that as income.
      pixels: Math.max(0, rung.pixels - (below?.pixels ?? 0)),
    };
  });
}

/**
 * Everybody's picture is there before anybody's becomes large: screens first, then what is looked
 * at largest. Above that all grow in proportion to the size at which they are shown.
 */
function byImportance(one: Step, other: Step): number {
  return importance(one) - importance(other) ||
    rank(one) - rank(other) ||
    one.stream.link - other.stream.link;
}

function importance({ stream, at }: Step): number {
  const screen = stream.line === "screen";
  if (at === 0) return screen ? -2 : -1;
  return stream.rungs[at]!.kbps / (stream.rungs.at(-1)!.kbps * (screen ? 2 : 1));
}

function rank({ stream, at }: Step): number {
  return at === 0 ? -stream.rungs.at(-1)!.kbps : stream.line === "screen" ? 0 : 1;
}

/** Closed for good by the first step that it cannot pay. */
class Purse {
  #kbps: number;
  #pixels: number;
  #open = true;

  constructor(kbps: number, pixels: number) {
    this.#kbps = kbps;
    this.#pixels = pixels;
  }

  pay({ kbps, pixels }: Step): boolean {
    this.#open &&= kbps <= this.#kbps && pixels <= this.#pixels;
    if (!this.#open) return false;
    this.#kbps -= kbps;
    this.#pixels -= pixels;
    return true;
  }
}
