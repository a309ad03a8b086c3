/**
 * What the server counts, for Prometheus. Only what is ours: the library's default metrics read
 * system files that the server's permissions keep from it.
 */
import { Counter, Gauge, Histogram, type Metric, Registry } from "prom-client";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { HubPort, LinkSnapshot } from "../hub_port.ts";

const PREFIX = "videocall_";
const RTT_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5];
const JITTER_SECONDS = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3];
const LOSS_SHARE = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

export interface RecordingTally {
  readonly states: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** What is measured at the moment somebody asks. */
export interface MetricSources {
  hub: () => HubPort;
  recordings: () => Promise<RecordingTally>;
  /** Milliseconds. */
  eventLoopLagMs: () => number;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #sources: MetricSources;
  readonly #messages = this.#counter(
    "socket_messages_total",
    "Messages received, by type.",
    "type",
  );
  readonly #joins = this.#counter("joins_total", "Joins, by whether the person came back.", "kind");
  readonly #failures = this.#counter("failures_total", "Refused requests and commands.", "code");
  readonly #signIns = this.#counter("sign_ins_total", "Sign-ins, by kind.", "kind");
  readonly #rtcErrors = this.#counter(
    "webrtc_errors_total",
    "Connection failures reported.",
    "kind",
  );
  readonly #links = this.#counter("quality_links_total", "Links in quality reports.", "relayed");
  readonly #rtt = this.#histogram(
    "link_rtt_seconds",
    "Round trip between two people.",
    RTT_SECONDS,
  );
  readonly #jitter = this.#histogram("link_jitter_seconds", "Jitter of a link.", JITTER_SECONDS);
  readonly #loss = this.#histogram("link_loss_ratio", "Share of lost packets.", LOSS_SHARE);

  constructor(sources: MetricSources) {
    this.#sources = sources;
    this.#gauge("rooms_active", "Rooms with somebody in them.", () => this.#census().rooms.length);
    this.#gauge("participants", "People in rooms, the offline grace included.", () => {
      return this.#census().rooms.reduce((sum, room) => sum + room.participants, 0);
    });
    this.#gauge("sockets_open", "Open WebSockets.", () => this.#census().sockets);
    this.#gauge("links_relayed_ratio", "Share of relayed links in the last reports.", () => {
      const links = this.#sources.hub().quality().flatMap((snapshot) => snapshot.links);
      const relayed = links.filter((link) => link.relayed).length;
      return links.length === 0 ? 0 : relayed / links.length;
    });
    this.#gauge("event_loop_lag_seconds", "Worst lateness of the last ten seconds.", () => {
      return this.#sources.eventLoopLagMs() / 1000;
    });
    this.#recordings();
    this.#gauge("memory_rss_bytes", "Resident memory.", () => Deno.memoryUsage().rss);
    this.#gauge("memory_heap_used_bytes", "Heap in use.", () => Deno.memoryUsage().heapUsed);
    const startedAt = Date.now() / 1000;
    this.#gauge("start_time_seconds", "Start of the process, Unix time.", () => startedAt);
  }

  /** @param type a known message type; what clients make up is counted as `unknown` */
  message(type: string): void {
    this.#messages.inc({ type });
  }

  join(kind: "first" | "returned"): void {
    this.#joins.inc({ kind });
  }

  failure(code: ErrorCode): void {
    this.#failures.inc({ code });
  }

  signIn(kind: "user" | "guest" | "admin"): void {
    this.#signIns.inc({ kind });
  }

  rtcError(kind: "webrtc" | "encryption"): void {
    this.#rtcErrors.inc({ kind });
  }

  quality(links: readonly LinkSnapshot[]): void {
    for (const { rtt_ms, jitter_ms, loss, relayed } of links) {
      this.#links.inc({ relayed: String(relayed) });
      if (rtt_ms !== null) this.#rtt.observe(rtt_ms / 1000);
      if (jitter_ms !== null) this.#jitter.observe(jitter_ms / 1000);
      if (loss !== null) this.#loss.observe(loss);
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** One object per metric, with name, help, type and values. */
  json(): Promise<unknown[]> {
    return this.#registry.getMetricsAsJSON();
  }

  #recordings(): void {
    let asked: Promise<RecordingTally | null> | null = null;
    // Both are read at once; a database that is away must not take the other metrics with it.
    const tally = () =>
      asked ??= this.#sources.recordings().catch(() => null).finally(() => asked = null);
    const bytes: Gauge = new Gauge({
      name: `${PREFIX}recording_bytes`,
      help: "Size of the recordings that are here.",
      registers: [],
      collect: async () => bytes.set((await tally())?.bytes ?? NaN),
    });
    const states: Gauge<"state"> = new Gauge({
      name: `${PREFIX}recordings`,
      help: "Recordings, by state.",
      labelNames: ["state"],
      registers: [],
      collect: async () => {
        const counts = Object.entries((await tally())?.states ?? {});
        states.reset();
        for (const [state, count] of counts) states.set({ state }, count);
      },
    });
    this.#register(states);
    this.#register(bytes);
  }

  #census(): ReturnType<HubPort["census"]> {
    return this.#sources.hub().census();
  }

  #counter<Label extends string>(name: string, help: string, label: Label): Counter<Label> {
    return this.#register(
      new Counter({ name: PREFIX + name, help, labelNames: [label], registers: [] }),
    );
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return this.#register(new Histogram({ name: PREFIX + name, help, buckets, registers: [] }));
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name: PREFIX + name,
      help,
      registers: [],
      collect: () => gauge.set(read()),
    });
    this.#register(gauge);
  }

  #register<M extends Metric>(metric: M): M {
    this.#registry.registerMetric(metric);
    return metric;
  }
}
