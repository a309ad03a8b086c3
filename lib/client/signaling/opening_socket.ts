/** A signaling socket on its way, for whoever will listen to it: nothing that comes early is lost. */

import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";

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

  /** @param pass the subprotocol that lets it in */
  constructor(url: string, pass: `bearer.${string}` | `ticket.${string}`) {
    this.socket = new WebSocket(url, ["videocall.v1", pass]);
    this.socket.onopen = () => this.#opened = true;
    this.socket.onmessage = ({ data }: MessageEvent<string>) => this.#early.push(data);
    this.socket.onclose = ({ code }) => this.#closeCode = code;
  }

  /** False: the handshake was refused, or has not been answered yet. */
  get opened(): boolean {
    return this.#opened;
  }

  /** It will never open. */
  get refused(): boolean {
    return !this.#opened && this.#closeCode !== null;
  }

  /** Nobody will listen any more: whoever set out has turned back. */
  giveUp(): void {
    this.socket.close(CLOSE_CODE.LEFT);
  }

  /** First what has come so far, then the rest as it comes. */
  follow(ports: { message(text: string): void; closed(code: number): void }): void {
    this.socket.onmessage = ({ data }: MessageEvent<string>) => ports.message(data);
    this.socket.onclose = ({ code }) => {
      this.#closeCode = code;
      ports.closed(code);
    };
    for (const text of this.#early.splice(0)) ports.message(text);
    if (this.#closeCode !== null) ports.closed(this.#closeCode);
  }
}
