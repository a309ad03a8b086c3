/** The hub of a running server: wired to the services, to storage and to the log. */
import { HOST_ABSENCE_SECONDS } from "../../shared/protocol/limits.ts";
import type { Container } from "../container.ts";
import type { HubPort } from "../hub_port.ts";
import { errorBody } from "../http/errors.ts";
import { systemClock } from "./connection.ts";
import { Hub } from "./hub.ts";
import { Mirror } from "./mirror.ts";
import { Orders } from "./orders.ts";
import { QualityBoard } from "./quality_board.ts";

const SECOND_MS = 1_000;
/** Names of errors that clients report about end-to-end encryption. */
const ENCRYPTION_NAME = /^(e2ee|encryption)/i;

export interface LiveHub {
  hub: Hub;
  /** For `container.hub`. */
  port: HubPort;
  /** Everything said so far is in storage, or could not be written. */
  settled(): Promise<void>;
}

export function createLiveHub(container: Container): LiveHub {
  const { bus, config, log, bootId, services, metrics } = container;
  const { participants } = services;
  const mirror = new Mirror({
    write: (record) => participants.mirror(record),
    markLeft: async (record, reason) => {
      await participants.markLeft(record, reason);
    },
    failed: (error, { room_id }) =>
      log.write({ event: "store_failed", scope: `mirror of room ${room_id}`, error }),
  });
  const orders = new Orders(container);
  const board = new QualityBoard(Date.now);
  const hub = new Hub({
    bus,
    clock: systemClock,
    bootId,
    times: {
      get graceMs() {
        return config.resumeGraceSeconds * SECOND_MS;
      },
      get joinGraceMs() {
        return config.joinGraceSeconds * SECOND_MS;
      },
      hostAbsenceMs: HOST_ABSENCE_SECONDS * SECOND_MS,
    },
    moderate: orders.give,
    record: orders.record,
    recordingOf: (roomId) => services.recordingLedger.running(roomId),
    received: (type) => metrics.message(type),
    mirror: (record) => mirror.flags(record),
    markLeft: (record, reason) => mirror.left(record, reason),
    mirrorStreams: (roomId, participantId, streams) => {
      participants.mirrorStreams(roomId, participantId, streams).catch((error) =>
        log.write({ event: "store_failed", scope: `streams of room ${roomId}`, error })
      );
    },
    quality: (room_id, { participantId, report: { links } }) => {
      metrics.quality(links);
      board.keep({ room_id, participant_id: participantId, at: Date.now(), links });
    },
    webRtcError: (room_id, { participantId, error: { participant_id, name, message } }) => {
      const isEncryption = ENCRYPTION_NAME.test(name);
      metrics.rtcError(isEncryption ? "encryption" : "webrtc");
      log.write({
        event: isEncryption ? "encryption_problem" : "webrtc_error",
        room_id,
        participant_id: participantId,
        peer_id: participant_id,
        name,
        message,
      });
    },
    errorBody: (code, facts) => {
      metrics.failure(code);
      return errorBody(code, { locale: config.defaultLocale, facts });
    },
  });
  return { hub, port: hubPort(hub, board), settled: () => settled(orders, mirror) };
}

function hubPort(hub: Hub, board: QualityBoard): HubPort {
  return {
    census: () => {
      const rooms = hub.census();
      return { rooms, sockets: rooms.reduce((sum, room) => sum + room.online, 0) };
    },
    quality: () => board.recent(),
    // In a turn of its own, as the hub's messages are: late when the hub is late.
    ping: () =>
      new Promise((resolve, reject) =>
        setTimeout(() => {
          if (hub.isOpen) resolve();
          else reject(new Error("Cannot ask the hub: it is shut down."));
        })
      ),
  };
}

/** What was ordered first, since it ends in what is to be stored. */
async function settled(orders: Orders, mirror: Mirror): Promise<void> {
  await orders.settled();
  await mirror.settled();
}
