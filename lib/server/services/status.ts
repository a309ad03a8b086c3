/** The state of the server and of what it depends on, asked just now. */
import { statfs } from "node:fs/promises";
import type { AdminStatus, IceServerStatus } from "../../shared/protocol/admin_operations.ts";
import { iceServersFor } from "../auth/ice_servers.ts";
import { probeIceServer } from "../observability/ice_probe.ts";
import type { HealthService } from "./health.ts";
import type { RecordingSpace } from "./recording_space.ts";
import type { ServiceContext } from "./services.ts";

/** Nobody's id: the credentials are used up by the question. */
const PROBE_USER_ID = 0;
const LOW_SHARE = 0.1;
const LOW_BYTES = 1024 ** 3;
/** Asking TURN servers takes a while, and they need not answer twice at once. */
const ICE_MAX_AGE_MS = 10_000;

export class StatusService {
  readonly #context: ServiceContext;
  readonly #health: HealthService;
  readonly #space: RecordingSpace;
  readonly #startedAt: number;
  #ice: { at: number; servers: Promise<IceServerStatus[]> } | null = null;

  constructor(context: ServiceContext, others: { health: HealthService; space: RecordingSpace }) {
    this.#context = context;
    this.#health = others.health;
    this.#space = others.space;
    this.#startedAt = context.clock();
  }

  async status(): Promise<AdminStatus> {
    const { config, clock, bootId, eventLoopLagMs, version } = this.#context;
    const now = clock();
    const [health, storage, size_bytes, servers, recordings] = await Promise.all([
      this.#health.report(),
      this.#storage(),
      this.#databaseBytes(),
      this.#iceServers(),
      this.#space.report(),
    ]);
    const { rss, heapUsed } = Deno.memoryUsage();
    return {
      version,
      deno_version: Deno.version.deno,
      boot_id: bootId,
      started_at: new Date(this.#startedAt).toISOString(),
      uptime_seconds: Math.round((now - this.#startedAt) / 1000),
      server_time: new Date(now).toISOString(),
      public_url: config.publicOrigin,
      https: config.tls !== null || config.publicOrigin?.startsWith("https:") === true,
      hub: { ok: !health.failed.includes("hub"), ...this.#people() },
      database: {
        ok: !health.failed.includes("database"),
        kind: isFile(config.kvPath) ? "file" : "kv_connect",
        write_ms: health.databaseMs === null ? null : Math.round(health.databaseMs * 10) / 10,
        size_bytes,
      },
      storage,
      recordings,
      ice: {
        stun_configured: config.ice.stunUrls.length > 0,
        turn_configured: config.ice.turnUrls.length > 0,
        servers,
      },
      memory: { rss_bytes: rss, heap_used_bytes: heapUsed },
      event_loop_lag_ms: Math.round(eventLoopLagMs() * 10) / 10,
    };
  }

  #people(): Pick<AdminStatus["hub"], "rooms" | "participants" | "online"> {
    const { rooms } = this.#context.hub().census();
    return {
      rooms: rooms.length,
      participants: rooms.reduce((sum, room) => sum + room.participants, 0),
      online: rooms.reduce((sum, room) => sum + room.online, 0),
    };
  }

  async #storage(): Promise<AdminStatus["storage"]> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.#context.config.dataDir);
      const [free_bytes, total_bytes] = [bavail * bsize, blocks * bsize];
      const low = free_bytes < LOW_BYTES || free_bytes < total_bytes * LOW_SHARE;
      return { free_bytes, total_bytes, low };
    } catch (error) {
      this.#context.log.write({ event: "store_failed", scope: "free space", error });
      return { free_bytes: null, total_bytes: null, low: false };
    }
  }

  /** With what SQLite keeps beside it. */
  async #databaseBytes(): Promise<number | null> {
    const { kvPath } = this.#context.config;
    if (!isFile(kvPath)) return null;
    const sizes = await Promise.all(["", "-wal", "-shm"].map(async (suffix) => {
      const info = await Deno.stat(kvPath + suffix).catch(() => null);
      return info?.size ?? 0;
    }));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  #iceServers(): Promise<IceServerStatus[]> {
    const now = this.#context.clock();
    if (this.#ice === null || now - this.#ice.at >= ICE_MAX_AGE_MS) {
      this.#ice = { at: now, servers: this.#askIceServers() };
    }
    return this.#ice.servers;
  }

  async #askIceServers(): Promise<IceServerStatus[]> {
    const { config, clock } = this.#context;
    const servers = await iceServersFor(config.ice, PROBE_USER_ID, clock());
    return await Promise.all(
      servers.flatMap(({ urls, username, credential }) => {
        const credentials = username !== undefined && credential !== undefined
          ? { username, credential }
          : null;
        return [urls].flat().map((url) => probeIceServer(url, credentials));
      }),
    );
  }
}

function isFile(kvPath: string): boolean {
  return !/^https?:/.test(kvPath);
}
