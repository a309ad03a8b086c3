/**
 * What begins before the room's page is alive: its scripts are many times as large as this one.
 * The browser's question for devices comes early, a tap on Join counts as soon as there is a button
 * to tap, and a page that was loaded again goes back into its call at once.
 */
import { canEncrypt } from "../e2ee/can_encrypt.ts";
import { FirstCapture } from "../media/first_capture.ts";
import { recallStay } from "../util/stay.ts";
import { Entrance } from "./joining.ts";

declare global {
  /** Left by the page's first script, which shares no modules with the others. */
  var headStart: HeadStart | undefined;
}

export class HeadStart {
  readonly capture = new FirstCapture();
  readonly #roomCode = location.pathname.split("/").at(-1) ?? "";
  readonly #userId: number;
  readonly #watch = new AbortController();
  #entrance: Entrance | null = null;

  constructor(userId: number) {
    this.#userId = userId;
    const resumed = recallStay(this.#roomCode);
    if (resumed === null) this.#waitForTap();
    else this.#enter(resumed);
  }

  /** From now on the page hears Join itself. Null: nobody has pressed it yet. */
  takeEntrance(): Entrance | null {
    this.#watch.abort();
    return this.#entrance;
  }

  #waitForTap(): void {
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      const name = form.querySelector("input");
      const userName = name?.value.trim() ?? "";
      if (userName === "") return name?.focus();
      const button = form.querySelector("button");
      button?.setAttribute("aria-busy", "true");
      this.#enter(userName);
    }, { signal: this.#watch.signal });
  }

  #enter(userName: string): void {
    const { microphoneOn, cameraOn } = this.capture.preferences;
    this.#entrance ??= new Entrance({
      roomCode: this.#roomCode,
      userName,
      userId: this.#userId,
      encrypts: canEncrypt(),
      devices: () => ({ wantsMicrophone: microphoneOn, wantsCamera: cameraOn }),
    });
  }
}

/** For the page once it is alive; null: taken already, by an earlier visit to the same page. */
export function takeHeadStart(): Pick<HeadStart, "capture" | "takeEntrance"> | null {
  const taken = globalThis.headStart ?? null;
  globalThis.headStart = undefined;
  return taken;
}
