/**
 * Somebody at a browser. Tests are written against this, so that the same walk runs in Chromium
 * and in Firefox.
 */
export type BrowserName = "chromium" | "firefox";

export interface Person extends AsyncDisposable {
  readonly name: string;
  readonly browser: BrowserName;
  /** Browser console and uncaught page errors so far, one line each. */
  readonly console: readonly string[];
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): Promise<string>;
  /** A real pointer click in the middle of the element, once it is there and enabled. */
  click(testid: string): Promise<void>;
  /** Replaces what the field holds, by real key strokes. */
  type(testid: string, text: string): Promise<void>;
  /** Runs a self-contained function in the page; argument and result travel as JSON. */
  eval<Result, Arg = undefined>(
    fn: (arg: Arg) => Result | Promise<Result>,
    ...arg: Arg extends undefined ? [] : [Arg]
  ): Promise<Result>;
  /** Saves a PNG, answers its path. */
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface PersonOptions {
  /** Fake devices refuse: the person said no. */
  denyDevices?: boolean;
  viewport?: { width: number; height: number };
  /** BCP 47; decides `Accept-Language`. */
  locale?: string;
  /** A phone: touch, mobile layout. Chromium only. */
  phone?: boolean;
  dark?: boolean;
}

export function testid(id: string): string {
  return `[data-testid="${id}"]`;
}
