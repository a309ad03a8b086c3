/**
 * As much of WebDriver BiDi (https://w3c.github.io/webdriver-bidi/) as the tests need, over a
 * WebSocket to stock Firefox. Playwright's own Firefox is a patched build that distributions do
 * not carry, and its BiDi mode insists on commands that the extended-support release lacks.
 */
interface Reply {
  id?: number;
  type: "success" | "error" | "event";
  result?: unknown;
  error?: string;
  message?: string;
  method?: string;
  params?: Record<string, unknown>;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class BidiConnection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (params: Record<string, unknown>) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => this.#fail(new Error("BiDi connection closed"));
  }

  /** `address` is what Firefox prints: `ws://127.0.0.1:port`. */
  static async open(address: string): Promise<BidiConnection> {
    const socket = new WebSocket(`${address}/session`);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`cannot reach ${address}`));
    });
    const connection = new BidiConnection(socket);
    await connection.send("session.new", { capabilities: {} });
    return connection;
  }

  send<Result = unknown>(method: string, params: Record<string, unknown> = {}): Promise<Result> {
    const id = ++this.#lastId;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** One listener per event name. */
  async on(event: string, listener: (params: Record<string, unknown>) => void): Promise<void> {
    this.#listeners.set(event, listener);
    await this.send("session.subscribe", { events: [event] });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(reply: Reply): void {
    if (reply.type === "event") {
      this.#listeners.get(reply.method ?? "")?.(reply.params ?? {});
      return;
    }
    const waiting = this.#waiting.get(reply.id ?? 0);
    if (!waiting) return;
    this.#waiting.delete(reply.id ?? 0);
    if (reply.type === "success") waiting.resolve(reply.result);
    else waiting.reject(new Error(`${reply.error}: ${reply.message}`));
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
