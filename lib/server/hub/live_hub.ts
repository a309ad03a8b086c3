/** The hub of a running server: wired to the services, to storage and to the log. */
import type { Container } from "../container.ts";
import { errorBody } from "../http/errors.ts";
import { systemClock } from "./connection.ts";
import { Hub } from "./hub.ts";
import { Mirror } from "./mirror.ts";

const SECOND_MS = 1_000;

export interface LiveHub {
  hub: Hub;
  /** Everything said so far is in storage, or could not be written. */
  settled(): Promise<void>;
}

export function createLiveHub(container: Container): LiveHub {
  const { bus, config, log, bootId, services } = container;
  const { participants } = services;
  const mirror = new Mirror({
    write: (record) => participants.mirror(record),
    markLeft: async (record, reason) => {
      await participants.markLeft(record, reason);
    },
    failed: (error, { room_id }) =>
      log.write({ event: "store_failed", scope: `mirror of room ${room_id}`, error }),
  });
  const hub = new Hub({
    bus,
    clock: systemClock,
    bootId,
    graceMs: config.resumeGraceSeconds * SECOND_MS,
    joinGraceMs: config.joinGraceSeconds * SECOND_MS,
    mirror: (record) => mirror.flags(record),
    markLeft: (record, reason) => mirror.left(record, reason),
    mirrorStreams: (roomId, participantId, streams) => {
      participants.mirrorStreams(roomId, participantId, streams).catch((error) =>
        log.write({ event: "store_failed", scope: `streams of room ${roomId}`, error })
      );
    },
    // Nobody counts these yet; they are checked and dropped.
    quality: () => {},
    webRtcError: (room_id, { participantId, error: { participant_id, name, message } }) =>
      log.write({
        event: "webrtc_error",
        room_id,
        participant_id: participantId,
        peer_id: participant_id,
        name,
        message,
      }),
    errorBody: (code, facts) => errorBody(code, { locale: config.defaultLocale, facts }),
  });
  return { hub, settled: () => mirror.settled() };
}
