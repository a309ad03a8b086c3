/**
 * What one link may spend on the camera, by the number of links. In a mesh every link encodes for
 * itself, so more people means smaller pictures for each.
 */
export interface CameraEncoding {
  maxBitrate: number;
  maxFramerate: number;
  /** Of a 720p capture. */
  scaleResolutionDownBy: number;
}

const STEPS: readonly { links: number; encoding: CameraEncoding }[] = [
  {
    links: 1,
    encoding: { maxBitrate: 1_500_000, maxFramerate: 30, scaleResolutionDownBy: 1 },
  },
  {
    links: 3,
    encoding: { maxBitrate: 600_000, maxFramerate: 25, scaleResolutionDownBy: 2 },
  },
  {
    links: Infinity,
    encoding: { maxBitrate: 200_000, maxFramerate: 15, scaleResolutionDownBy: 4 },
  },
];

export function cameraEncoding(links: number): CameraEncoding {
  const step = STEPS.find((candidate) => links <= candidate.links);
  return (step ?? STEPS[STEPS.length - 1]!).encoding;
}

/** Sets the camera's share of one link; a sender that is not negotiated yet has no encodings. */
export async function applyCameraEncoding(
  sender: RTCRtpSender,
  encoding: CameraEncoding,
): Promise<void> {
  const parameters = sender.getParameters();
  const [first] = parameters.encodings;
  if (first === undefined || first.maxBitrate === encoding.maxBitrate) return;
  Object.assign(first, encoding);
  await sender.setParameters(parameters);
}
