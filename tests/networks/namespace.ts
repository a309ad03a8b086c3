/**
 * Network namespaces without names: each lives as long as the small process that holds it, and that
 * one ends with its standard input, so also when the tests are killed. Nothing stays behind, and
 * any number of runs fit beside each other.
 *
 * Root makes them directly. Everybody else does so in a user namespace of their own, where they are
 * root; some systems forbid that (`kernel.unprivileged_userns_clone`, AppArmor).
 */

/** Announces that the namespace is there, then waits for the end of its input. */
const HOLD = ["sh", "-c", "echo ready; exec cat >/dev/null"];

/** The user namespace of this process's worlds; null for root, who needs none. */
let realm: Promise<Holder | null> | null = null;

function ownRealm(): Promise<Holder | null> {
  realm ??= Deno.uid() === 0
    ? Promise.resolve(null)
    : Holder.start(["unshare", "--user", "--map-root-user", ...HOLD]);
  return realm;
}

class Holder implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  /** @throws Error with what the program complained about */
  static async start([program = "", ...args]: readonly string[]): Promise<Holder> {
    const child = new Deno.Command(program, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const { value } = await child.stdout.getReader().read();
    if (value !== undefined) {
      await child.stderr.cancel();
      return new Holder(child);
    }
    const complaint = await new Response(child.stderr).text();
    await child.stdin.close();
    await child.status;
    throw new Error(`cannot make a network namespace: ${complaint.trim()}`);
  }

  get pid(): number {
    return this.#child.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stdin.close();
    await this.#child.status;
  }
}

export interface SpawnOptions {
  env?: Record<string, string>;
}

export class Namespace implements AsyncDisposable {
  readonly #holder: Holder;
  /** Words that run what follows them inside. */
  readonly entry: readonly string[];

  private constructor(holder: Holder, entry: readonly string[]) {
    this.#holder = holder;
    this.entry = entry;
  }

  static async make(): Promise<Namespace> {
    const realm = await ownRealm();
    const enterRealm = realm === null
      ? ["nsenter"]
      : ["nsenter", `--user=/proc/${realm.pid}/ns/user`, "--preserve-credentials"];
    const make = ["unshare", "--net", ...HOLD];
    const holder = await Holder.start(realm === null ? make : [...enterRealm, ...make]);
    const entry = [...enterRealm, `--net=/proc/${holder.pid}/ns/net`, "--"];
    const namespace = new Namespace(holder, entry);
    await namespace.ip("link set lo up");
    // A link-local address appears a second late, and browsers take it for a change of network.
    await namespace.#sysctl("ipv6/conf/default/disable_ipv6");
    return namespace;
  }

  /** How other namespaces name this one when they move an interface here. */
  get pid(): number {
    return this.#holder.pid;
  }

  /** `ip` commands, one per line of iproute2's own language. */
  async ip(...lines: readonly string[]): Promise<void> {
    await this.feed(["ip", "-batch", "-"], lines.join("\n") + "\n");
  }

  /** Replaces all firewall rules. */
  async firewall(rules: string): Promise<void> {
    await this.feed(["nft", "-f", "-"], `flush ruleset\n${rules}\n`);
  }

  /** Like a router: packets for others are passed on. */
  async forward(): Promise<void> {
    await this.#sysctl("ipv4/ip_forward");
  }

  /** Switches one of the kernel's network settings on. */
  async #sysctl(name: string): Promise<void> {
    await this.feed(["sh", "-c", `cat > /proc/sys/net/${name}`], "1\n");
  }

  /**
   * Runs a program to its end.
   * @throws Error with what it wrote
   */
  async feed(words: readonly string[], input: string): Promise<string> {
    const [program = "", ...args] = [...this.entry, ...words];
    const child = new Deno.Command(program, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
    const { success, stdout, stderr } = await child.output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    if (!success) throw new Error(`${words.join(" ")}: ${text(stderr)}\n${input}`);
    return text(stdout);
  }

  /** Starts a program that runs on; it ends at the latest with this process, however that ends. */
  spawn(words: readonly string[], { env = {} }: SpawnOptions = {}) {
    const [program = "", ...args] = [
      ...this.entry,
      "setpriv",
      "--pdeathsig",
      "KILL",
      "--",
      ...words,
    ];
    return new Deno.Command(program, {
      args,
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#holder[Symbol.asyncDispose]();
  }
}

/** @throws Error that says why this machine cannot */
export async function proveNamespaces(): Promise<void> {
  await using namespace = await Namespace.make();
  await namespace.ip("link add probe type veth peer name other");
  await namespace.firewall("table ip probe { }");
}
