/** Asking the browser for microphones, cameras and their names. */
import type { DeviceChoice, DeviceProblem } from "./local_media_types.ts";

/** 720p is what a call of two can use; links scale down from it. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};
const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export type DeviceKind = "audio" | "video";

/** A remembered device may be unplugged: it is a wish, so that another one is used instead. */
export function constraintsFor(kind: DeviceKind, deviceId: string): MediaTrackConstraints {
  const wish = deviceId === "" ? {} : { deviceId: { ideal: deviceId } };
  if (kind === "audio") return { ...MICROPHONE, ...wish };
  return { ...CAMERA, ...(deviceId === "" ? { facingMode: "user" } : wish) };
}

export function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "not_found";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "unknown";
  }
}

export type Captured = { track: MediaStreamTrack } | { problem: DeviceProblem };

async function request(constraints: MediaStreamConstraints): Promise<MediaStreamTrack[]> {
  return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
}

/** One device. Never throws. */
export async function capture(kind: DeviceKind, deviceId: string): Promise<Captured> {
  // Pages on plain http have no mediaDevices at all.
  if (navigator.mediaDevices === undefined) return { problem: "insecure" };
  try {
    const [track] = await request({ [kind]: constraintsFor(kind, deviceId) });
    return track === undefined ? { problem: "not_found" } : { track };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/**
 * Both at once, so that the person is asked only once; one by one when that fails, because a
 * missing camera must not take the microphone away.
 */
export async function captureBoth(
  microphoneId: string,
  cameraId: string,
): Promise<Record<DeviceKind, Captured>> {
  if (navigator.mediaDevices === undefined) {
    return { audio: { problem: "insecure" }, video: { problem: "insecure" } };
  }
  try {
    const tracks = await request({
      audio: constraintsFor("audio", microphoneId),
      video: constraintsFor("video", cameraId),
    });
    const find = (kind: DeviceKind): Captured => {
      const track = tracks.find((candidate) => candidate.kind === kind);
      return track === undefined ? { problem: "not_found" } : { track };
    };
    return { audio: find("audio"), video: find("video") };
  } catch {
    // The two requests below say which one it was.
    const audio = await capture("audio", microphoneId);
    return { audio, video: await capture("video", cameraId) };
  }
}

/** Shared sound comes along where the browser offers it. Null: the person declined. */
export async function captureScreen(): Promise<MediaStream | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 15, max: 30 } },
      audio: true,
    });
    const [video] = stream.getVideoTracks();
    // Text must stay legible: keep the resolution and let the rate fall.
    if (video !== undefined) video.contentHint = "detail";
    return stream;
  } catch (error) {
    if (problemOf(error) === "denied") return null;
    throw error;
  }
}

export async function listDevices(): Promise<Record<MediaDeviceKind, DeviceChoice[]>> {
  const lists: Record<MediaDeviceKind, DeviceChoice[]> = {
    audioinput: [],
    videoinput: [],
    audiooutput: [],
  };
  const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
  for (const { kind, deviceId, label } of devices) {
    // Before permission browsers list one nameless entry per kind: nothing to choose from.
    if (deviceId !== "") lists[kind].push({ id: deviceId, label });
  }
  return lists;
}
