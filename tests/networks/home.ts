/** Somebody's home: a browser's own network behind a router with address translation. */
import { type Internet, LINE_MTU, type SubscriberLine } from "./internet.ts";
import { Namespace } from "./namespace.ts";

export interface HomeOptions {
  /**
   * Another port for every destination, as in many offices and mobile networks: what STUN says
   * helps nobody, only a relay connects two of these.
   */
  symmetric?: boolean;
  /** A firewall that lets TCP through and nothing else. */
  blocksUdp?: boolean;
}

/** Networks of a home, one after another: what a device has after it moved. */
const LANS = ["192.168.1", "10.20.30"] as const;

export class Home implements AsyncDisposable {
  readonly #owned: AsyncDisposableStack;
  readonly #router: Namespace;
  readonly #options: HomeOptions;
  /** Where the browser runs. */
  readonly device: Namespace;
  /** To the internet. */
  readonly line: SubscriberLine;
  #lan = 0;

  private constructor(
    owned: AsyncDisposableStack,
    parts: { router: Namespace; device: Namespace; line: SubscriberLine },
    options: HomeOptions,
  ) {
    this.#owned = owned;
    this.#router = parts.router;
    this.device = parts.device;
    this.line = parts.line;
    this.#options = options;
  }

  static async build(
    internet: Internet,
    address: string,
    options: HomeOptions = {},
  ): Promise<Home> {
    await using owned = new AsyncDisposableStack();
    const router = owned.use(await Namespace.make());
    const device = owned.use(await Namespace.make());
    const line = await internet.connect(router, address);
    await router.forward();
    await router.ip(`link add lan type veth peer name eth0 netns ${device.pid}`);
    const home = new Home(owned.move(), { router, device, line }, options);
    await home.#protect();
    await home.#attach();
    return home;
  }

  /** From Wi-Fi to mobile: the link goes away, and comes back with another network behind it. */
  async move(address: string): Promise<void> {
    await this.device.ip("link set eth0 down", "address flush dev eth0");
    await this.#router.ip("address flush dev lan");
    await this.line.readdress(address);
    this.#lan = (this.#lan + 1) % LANS.length;
    await this.#attach();
  }

  async #attach(): Promise<void> {
    const lan = LANS[this.#lan];
    await this.#router.ip(`address add ${lan}.1/24 dev lan`, `link set lan mtu ${LINE_MTU} up`);
    await this.device.ip(
      `address add ${lan}.2/24 dev eth0`,
      `link set eth0 mtu ${LINE_MTU} up`,
      `route add default via ${lan}.1`,
    );
  }

  async #protect(): Promise<void> {
    const { symmetric = false, blocksUdp = false } = this.#options;
    await this.#router.firewall(`
      table ip home {
        chain translate {
          type nat hook postrouting priority 100;
          oifname wan masquerade ${symmetric ? "fully-random" : ""}
        }
        # Answered by the router itself, a stranger's packet would take the port that the device
        # behind it is about to use towards that stranger: no hole punching would ever work.
        chain knock {
          type filter hook input priority 0; policy accept;
          iifname wan ct state new drop
        }
        chain guard {
          type filter hook forward priority 0; policy drop;
          ${blocksUdp ? "meta l4proto udp drop" : ""}
          iifname lan oifname wan accept
          ct state established,related accept
        }
      }`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}
