/**
 * A picture that shows the time it was made at, as sixteen black and white stripes, in place of the
 * camera's; and its reader at the other end. Both on one machine, so with one clock. Everything here
 * is sent to the browser as source.
 */

/** Before the page's scripts: the camera shows the time, 640 × 360 at 30 frames a second. */
export function showTime(): void {
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    const [camera] = stream.getVideoTracks();
    if (camera === undefined) return stream;
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 360;
    const context = canvas.getContext("2d")!;
    setInterval(() => {
      const now = Date.now() & 0xffff;
      for (let bit = 0; bit < 16; bit++) {
        context.fillStyle = now >> bit & 1 ? "#fff" : "#000";
        context.fillRect(bit * 40, 0, 40, 360);
      }
    }, 1_000 / 30);
    const [clock] = canvas.captureStream(30).getVideoTracks();
    stream.removeTrack(camera);
    camera.stop();
    stream.addTrack(clock!);
    return stream;
  };
}

/** From now on: the age of every shown frame, in milliseconds. */
export function readTime(): void {
  const ages: number[] = [];
  Object.assign(globalThis, { __ages: ages });
  const canvas = document.createElement("canvas");
  canvas.width = 16;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const video = document.querySelector<HTMLVideoElement>('[data-testid="tile"] video')!;
  const look = () => {
    const now = Date.now() & 0xffff;
    context.drawImage(video, 0, 0, 16, 1);
    const { data } = context.getImageData(0, 0, 16, 1);
    let shown = 0;
    for (let bit = 0; bit < 16; bit++) if (data[bit * 4]! > 127) shown |= 1 << bit;
    const age = (now - shown) & 0xffff;
    // A frame caught between two times reads as nonsense.
    if (age < 5_000) ages.push(age);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

export function takeAges(): number[] {
  return (globalThis as unknown as { __ages: number[] }).__ages.splice(0);
}
