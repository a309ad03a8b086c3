/**
 * Quality of one call: tells everybody how large they are shown here, sends nobody more than they
 * look at, shares network and processor among the links, and says how it goes.
 */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ClientMessageData, ClientMessageType } from "../../shared/protocol/messages.ts";
import { type QualityChoice, wireQuality } from "../../shared/domain/quality_choice.ts";
import type { LocalMedia } from "../media/local_media.ts";
import {
  decide,
  type Demand,
  type History,
  learn,
  newHistory,
  remember,
  type Target,
  voiceKbps,
} from "../quality/decide.ts";
import { type Device, type Limits, limitsOf } from "../quality/limits.ts";
import { ratePerson, type RatingState, settleRating, UNRATED } from "../quality/person_rating.ts";
import type { LinkDetails, Paused, PersonQuality, QualityView } from "../quality/quality_view.ts";
import { sampleOf } from "../quality/rates.ts";
import { qualityReport, streamRows } from "../quality/reports.ts";
import type { VideoLine } from "../quality/rungs.ts";
import { SenderTuner } from "../quality/sender_tuner.ts";
import { StreamNews } from "../quality/stream_news.ts";
import {
  readViewMessage,
  sameBox,
  type SendingMessage,
  type ViewMessage,
} from "../quality/view_message.ts";
import { type Views, ViewWatch } from "../quality/view_watch.ts";
import type { ChannelMessage } from "../rtc/link_channel.ts";
import type { Mesh } from "../rtc/mesh.ts";
import { demandsOf, senderOf } from "./demands.ts";
import { LinkMeter, type Measured } from "./link_meter.ts";

const TICK_MS = 1_000;
/** Wishes come in bursts when somebody changes the layout: one answer for all. */
const PLAN_AFTER_MS = 30;
const REPORT_EVERY_MS = 10_000;
const PHONE_SIDE_PX = 600;
/** Where the browser does not tell. */
const USUAL_CORES = 4;

export interface QualityPorts {
  /** Over the signaling; nothing is said while it is away. */
  send<Type extends ClientMessageType>(type: Type, data: ClientMessageData[Type]): void;
}

export class CallQuality implements QualityView {
  readonly #media: LocalMedia;
  readonly #ports: QualityPorts;
  readonly #device: Device = thisDevice();
  readonly #tuner = new SenderTuner();
  readonly #news = new StreamNews();
  readonly #watch: ViewWatch;
  /** What each person shows of this one. */
  readonly #views = new Map<number, ViewMessage>();
  /** What each person was told. */
  readonly #told = new Map<number, Views>();
  readonly #pausedFor = new Set<number>();
  readonly #ratings = new Map<number, RatingState>();
  readonly #people = new Map<number, Signal<PersonQuality>>();
  readonly #details = signal<readonly LinkDetails[]>([]);
  readonly #paused = signal<Paused>("none");
  #mesh: Mesh | null = null;
  #meter: LinkMeter | null = null;
  #history: History = newHistory(performance.now());
  #targets: readonly Target[] = [];
  #planTimer: ReturnType<typeof setTimeout> | undefined;
  #reportedAtMs = performance.now();
  #measuring = false;

  readonly details: QualityView["details"] = this.#details;
  readonly paused: QualityView["paused"] = this.#paused;

  constructor(media: LocalMedia, ports: QualityPorts) {
    this.#media = media;
    this.#ports = ports;
    this.#watch = new ViewWatch((id) => this.#tellView(id));
  }

  get choice(): ReadonlySignal<QualityChoice> {
    return this.#media.quality;
  }

  choose(choice: QualityChoice): void {
    void this.#media.chooseQuality(choice);
  }

  person(id: number): Signal<PersonQuality> {
    const known = this.#people.get(id);
    if (known !== undefined) return known;
    const fresh = signal<PersonQuality>({ ...UNRATED.shown, paused: false });
    this.#people.set(id, fresh);
    return fresh;
  }

  watch(element: Element, id: number, line: VideoLine): () => void {
    return this.#watch.watch(element, id, line);
  }

  /** @returns what ends it */
  start(mesh: Mesh): () => void {
    this.#mesh = mesh;
    this.#meter = new LinkMeter(mesh);
    const timer = setInterval(() => void this.#tick(), TICK_MS);
    const stops = [
      effect(() => {
        // Devices come and go: what is sent changes with them.
        void this.#media.tracks.value;
        this.#watch.setReceives(this.#media.quality.value !== "audio_only");
        this.#planSoon();
      }),
      () => clearInterval(timer),
      () => clearTimeout(this.#planTimer),
      () => this.#watch.stop(),
      () => this.#mesh = null,
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Something came over a data channel; other messages are somebody else's. */
  receive(peerId: number, message: ChannelMessage): void {
    const read = readViewMessage(message);
    if (read?.type === "view") {
      this.#views.set(peerId, read);
      this.#planSoon();
    } else if (read?.type === "sending") {
      const person = this.person(peerId);
      person.value = { ...person.peek(), paused: read.camera === "paused" };
    }
  }

  channelOpen(peerId: number): void {
    this.#told.delete(peerId);
    this.#tellView(peerId);
    this.#tellSending(peerId);
  }

  connected(): void {
    this.#planSoon();
  }

  removed(peerId: number): void {
    for (const map of [this.#views, this.#told, this.#ratings, this.#people]) map.delete(peerId);
    this.#pausedFor.delete(peerId);
    this.#meter?.forget(peerId);
    this.#planSoon();
  }

  /** The server may have forgotten what it was told. */
  online(): void {
    this.#news.reset();
  }

  #tellView(id: number): void {
    const views = this.#watch.of(id);
    const told = this.#told.get(id) ?? { camera: null, screen: null };
    const same = told.camera !== null && sameBox(told.camera, views.camera) &&
      sameBox(told.screen, views.screen);
    if (same) return;
    const message: ViewMessage = { type: "view", ...views };
    if (this.#mesh?.send(id, message)) this.#told.set(id, views);
  }

  #tellSending(id: number): void {
    const camera = this.#pausedFor.has(id) ? "paused" : "on";
    const message: SendingMessage = { type: "sending", camera };
    this.#mesh?.send(id, message);
  }

  async #tick(): Promise<void> {
    // A browser that is busy may take longer to count than until the next time.
    if (this.#measuring) return;
    this.#measuring = true;
    const measured = await this.#meter?.measure() ?? [];
    this.#measuring = false;
    if (this.#mesh === null) return;
    // What could not be said when it changed is said now.
    for (const [id] of this.#mesh.links()) this.#tellView(id);
    const limits = this.#limits();
    this.#learn(measured, limits);
    this.#plan();
    batch(() => this.#show(measured));
    this.#report();
  }

  #limits(): Limits {
    const links = [...this.#mesh?.links() ?? []].filter(([, { phase }]) => phase === "connected");
    return limitsOf(this.#media.quality.peek(), this.#device, links.length);
  }

  #learn(measured: readonly Measured[], limits: Limits): void {
    const sent = [...this.#meter?.rates.values() ?? []].flatMap((rates) => rates.sent);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const samples = measured.map(({ id, rates, reading }) =>
      sampleOf(id, {
        rates,
        reading,
        cut: this.#mesh?.isCut(id) === true,
        allowedKbps: (line) =>
          this.#targets.find((each) => each.link === id && each.line === line)?.rung?.kbps ?? null,
      })
    );
    this.#history = learn(this.#history, {
      nowMs: performance.now(),
      links: samples,
      processorBusy: sent.some(({ busy, active }) => busy && active),
      encodeShare: sum(sent.map(({ encodeSeconds }) => encodeSeconds)),
      pixels: sum(sent.map(({ pixels }) => pixels)),
    }, limits);
  }

  #planSoon(): void {
    this.#planTimer ??= setTimeout(() => this.#plan(), PLAN_AFTER_MS);
  }

  #plan(): void {
    clearTimeout(this.#planTimer);
    this.#planTimer = undefined;
    if (this.#mesh === null) return;
    const limits = this.#limits();
    const demands: Demand[] = demandsOf(this.#mesh, {
      tracks: this.#media.tracks.peek(),
      view: (id) => this.#views.get(id),
    });
    this.#targets = decide(this.#history, limits, demands);
    this.#history = remember(this.#history, this.#targets, performance.now());
    this.#apply(limits);
    this.#notice();
  }

  #apply(limits: Limits): void {
    const mesh = this.#mesh;
    if (mesh === null) return;
    for (const { link: id, line, rung } of this.#targets) {
      const sender = senderOf(mesh.link(id), line);
      if (sender === undefined) continue;
      this.#tuner.set(
        sender,
        rung === null ? { active: false } : {
          active: true,
          maxBitrate: rung.kbps * 1_000,
          maxFramerate: rung.fps,
          scaleResolutionDownBy: rung.scale,
        },
      );
    }
    for (const [id, link] of mesh.links()) {
      const sender = link.phase === "connected" ? link.sender("microphone") : undefined;
      if (sender === undefined) continue;
      this.#tuner.set(sender, {
        active: true,
        maxBitrate: voiceKbps(this.#history, limits, id) * 1_000,
      });
    }
  }

  /** Who does not get the picture, because there is no room for it, and that it is so. */
  #notice(): void {
    const cameras = this.#targets.filter(({ line }) => line === "camera");
    const looked = cameras.filter(({ rung, starved }) => rung !== null || starved);
    const starved = looked.filter((target) => target.starved && this.#isNarrow(target.link));
    for (const { link } of cameras) {
      const paused = starved.some((target) => target.link === link);
      if (paused === this.#pausedFor.has(link)) continue;
      if (paused) this.#pausedFor.add(link);
      else this.#pausedFor.delete(link);
      this.#tellSending(link);
    }
    this.#paused.value = starved.length === 0
      ? "none"
      : starved.length === looked.length
      ? "all"
      : "some";
  }

  /** It is the network that is in the way, and not this person's own choice. */
  #isNarrow(id: number): boolean {
    return this.#history.uplink.level !== Infinity ||
      (this.#history.links.get(id)?.ceiling.level ?? Infinity) !== Infinity;
  }

  #show(measured: readonly Measured[]): void {
    for (const { id, rates } of measured) {
      const state = settleRating(this.#ratings.get(id) ?? UNRATED, ratePerson(rates));
      this.#ratings.set(id, state);
      const person = this.person(id);
      const { rating, troubles, paused } = person.peek();
      const same = rating === state.shown.rating && troubles.join() === state.shown.troubles.join();
      if (!same) person.value = { ...state.shown, paused };
    }
    this.#details.value = [...this.#meter?.rates ?? []].map(([id, rates]) => ({ id, rates }));
  }

  #report(): void {
    const nowMs = performance.now();
    const rates = this.#meter?.rates ?? new Map();
    for (const row of this.#news.take(this.#rows(), nowMs)) this.#ports.send("stream-update", row);
    if (nowMs - this.#reportedAtMs < REPORT_EVERY_MS || rates.size === 0) return;
    this.#reportedAtMs = nowMs;
    this.#ports.send("quality-report", qualityReport(rates));
  }

  #rows() {
    const { microphone, camera, screen } = this.#media.tracks.peek();
    const heard = this.#media.microphoneOn.peek() ? microphone : null;
    return streamRows(
      [
        { type: "audio", line: "microphone", trackId: heard?.id ?? null },
        { type: "video", line: "camera", trackId: camera?.id ?? null },
        { type: "screen", line: "screen", trackId: screen?.id ?? null },
      ],
      this.#meter?.rates.values() ?? [],
      wireQuality(this.#media.quality.peek()),
    );
  }
}

/** A phone is told by its finger and its size: touch screens of desks have power enough. */
function thisDevice(): Device {
  const small = Math.min(screen.width, screen.height) < PHONE_SIDE_PX;
  return {
    phone: small && matchMedia("(pointer: coarse)").matches,
    cores: navigator.hardwareConcurrency || USUAL_CORES,
  };
}
