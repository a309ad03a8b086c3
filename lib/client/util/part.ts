/** Parts of the page that load when somebody asks for them. */
import { type ReadonlySignal, signal } from "@preact/signals";

/**
 * One such part: open or not, loaded once. Loading fails when the network is away, or when the
 * server was replaced by a newer one while the page was open: its files have other names.
 */
export class Part<Loaded> {
  readonly #load: () => Promise<Loaded>;
  readonly #failed: () => void;
  readonly #shown = signal<Loaded | null>(null);
  #wanted = false;
  /** Null while it is closed or on its way. */
  readonly shown: ReadonlySignal<Loaded | null> = this.#shown;

  constructor(load: () => Promise<Loaded>, failed: () => void) {
    this.#load = load;
    this.#failed = failed;
  }

  open(): void {
    this.#wanted = true;
    void this.#show();
  }

  /** Fetches it for later, when the server may be away; what fails now is tried again then. */
  warm(): void {
    this.#load().catch(() => {});
  }

  close(): void {
    this.#wanted = false;
    this.#shown.value = null;
  }

  toggle(): void {
    if (this.#wanted) this.close();
    else this.open();
  }

  async #show(): Promise<void> {
    try {
      const loaded = await this.#load();
      if (this.#wanted) this.#shown.value = loaded;
    } catch {
      this.#wanted = false;
      this.#failed();
    }
  }
}
