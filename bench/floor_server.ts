/** The floor's relay as a child process, like the product. */
import { fileURLToPath } from "node:url";

export class FloorServer implements AsyncDisposable {
  private constructor(readonly child: Deno.ChildProcess, readonly port: number) {}

  static async start(): Promise<FloorServer> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-config", fileURLToPath(new URL("floor/relay.ts", import.meta.url))],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    reader.cancel();
    return new FloorServer(child, Number(value.trim()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGKILL");
    await this.child.status;
  }
}
