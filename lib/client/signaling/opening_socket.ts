/** A signaling socket on its way, for whoever will listen to it: nothing that comes early is lost. */

/** Where to connect, and as whom. */
export interface SocketTicket {
  url: string;
  sessionToken: string;
}

export class OpeningSocket {
  readonly socket: WebSocket;
  readonly #early: string[] = [];
  /** Of a socket that closed before anybody listened. */
  #closeCode: number | null = null;
  #opened = false;

  constructor({ url, sessionToken }: SocketTicket) {
    this.socket = new WebSocket(url, ["videocall.v1", `bearer.${sessionToken}`]);
    this.socket.onopen = () => this.#opened = true;
    this.socket.onmessage = ({ data }: MessageEvent<string>) => this.#early.push(data);
    this.socket.onclose = ({ code }) => this.#closeCode = code;
  }

  /** False: the handshake was refused, or has not been answered yet. */
  get opened(): boolean {
    return this.#opened;
  }

  /** First what has come so far, then the rest as it comes. */
  follow(ports: { message(text: string): void; closed(code: number): void }): void {
    this.socket.onmessage = ({ data }: MessageEvent<string>) => ports.message(data);
    this.socket.onclose = ({ code }) => ports.closed(code);
    for (const text of this.#early.splice(0)) ports.message(text);
    if (this.#closeCode !== null) ports.closed(this.#closeCode);
  }
}
