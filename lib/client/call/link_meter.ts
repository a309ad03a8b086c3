/** Reads the counters of all links, a few at a time, and keeps what they said last. */
import { between, type LinkRates } from "../quality/rates.ts";
import { type RawStat, type Reading, readStats } from "../quality/stats.ts";
import { lineOf } from "../rtc/lines.ts";
import type { Mesh } from "../rtc/mesh.ts";
import type { PeerLink } from "../rtc/peer_link.ts";

/** Reading a connection costs the browser milliseconds: large rooms take turns. */
const LINKS_AT_ONCE = 8;

export interface Measured {
  readonly id: number;
  readonly rates: LinkRates;
  readonly reading: Reading;
}

export class LinkMeter {
  readonly #mesh: Mesh;
  readonly #readings = new Map<number, Reading>();
  readonly #rates = new Map<number, LinkRates>();
  /** Whose turn it is. */
  #next = 0;

  constructor(mesh: Mesh) {
    this.#mesh = mesh;
  }

  /** What each link did when it was last looked at. */
  get rates(): ReadonlyMap<number, LinkRates> {
    return this.#rates;
  }

  forget(peerId: number): void {
    this.#readings.delete(peerId);
    this.#rates.delete(peerId);
  }

  /** @returns the links that were looked at */
  async measure(): Promise<readonly Measured[]> {
    const links = [...this.#mesh.links()].filter(([, link]) => link.phase === "connected");
    if (this.#next >= links.length) this.#next = 0;
    const turn = links.slice(this.#next, this.#next + LINKS_AT_ONCE);
    this.#next += LINKS_AT_ONCE;
    const measured = await Promise.all(turn.map(([id, link]) => this.#read(id, link)));
    return measured.filter((each) => each !== null);
  }

  async #read(id: number, link: PeerLink): Promise<Measured | null> {
    const pc = link.connection;
    if (pc === null) return null;
    // Some browsers refuse when the connection is closed meanwhile.
    const stats = await pc.getStats().catch(() => null);
    // Gone or replaced while the browser counted.
    if (stats === null || this.#mesh.link(id)?.connection !== pc) return null;
    const transceivers = pc.getTransceivers();
    const reading = readStats(statsOf(stats), {
      lineOf: (mid) => {
        const transceiver = transceivers.find((each) => each.mid === mid);
        return transceiver && lineOf(link.kind, transceiver, transceivers);
      },
    }, performance.now());
    const before = this.#readings.get(id);
    this.#readings.set(id, reading);
    const rates = before === undefined ? null : between(before, reading);
    if (rates === null) return null;
    this.#rates.set(id, rates);
    return { id, rates, reading };
  }
}

/** A report is a map of dictionaries whose members depend on their type. */
function statsOf(report: RTCStatsReport): RawStat[] {
  return [...report.values()];
}
