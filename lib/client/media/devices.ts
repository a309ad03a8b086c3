/** Asking the browser for microphones, cameras and their names. */
import type { DeviceChoice, DeviceProblem } from "./local_media_types.ts";

/** Links scale down from what is captured. */
export function cameraSize(p: number): MediaTrackConstraints {
  return {
    width: { ideal: Math.round(p * 16 / 9) },
    height: { ideal: p },
    frameRate: { ideal: 30 },
  };
}
const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export type DeviceKind = "audio" | "video";

/** Which camera, and how large its picture is to be by the shorter side. */
export interface CameraWish {
  readonly id: string;
  readonly p: number;
}

/** A remembered device may be unplugged: it is a wish, so that another one is used instead. */
function microphoneConstraints(id: string): MediaTrackConstraints {
  return { ...MICROPHONE, ...(id === "" ? {} : { deviceId: { ideal: id } }) };
}

function cameraConstraints({ id, p }: CameraWish): MediaTrackConstraints {
  return {
    ...cameraSize(p),
    ...(id === "" ? { facingMode: "user" } : { deviceId: { ideal: id } }),
  };
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

/** Never throws. */
export function captureMicrophone(id: string): Promise<Captured> {
  return captureOne({ audio: microphoneConstraints(id) });
}

/** Never throws. */
export function captureCamera(wish: CameraWish): Promise<Captured> {
  return captureOne({ video: cameraConstraints(wish) });
}

async function captureOne(constraints: MediaStreamConstraints): Promise<Captured> {
  // Pages on plain http have no mediaDevices at all.
  if (navigator.mediaDevices === undefined) return { problem: "insecure" };
  try {
    const [track] = await request(constraints);
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
  camera: CameraWish,
): Promise<Record<DeviceKind, Captured>> {
  if (navigator.mediaDevices === undefined) {
    return { audio: { problem: "insecure" }, video: { problem: "insecure" } };
  }
  try {
    const tracks = await request({
      audio: microphoneConstraints(microphoneId),
      video: cameraConstraints(camera),
    });
    const find = (kind: DeviceKind): Captured => {
      const track = tracks.find((candidate) => candidate.kind === kind);
      return track === undefined ? { problem: "not_found" } : { track };
    };
    return { audio: find("audio"), video: find("video") };
  } catch {
    // The two requests below say which one it was.
    const audio = await captureMicrophone(microphoneId);
    return { audio, video: await captureCamera(camera) };
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
