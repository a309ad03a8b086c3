/** Whether this browser can put a worker between encoder and network. */
export function canEncrypt(): boolean {
  return "RTCRtpScriptTransform" in globalThis;
}
