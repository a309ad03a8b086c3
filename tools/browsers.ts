/**
 * Where the browsers for the tests are, and how to get them. Debian's own packages: builds that
 * test tools download by themselves are out of reach on many servers, and are not what people run.
 */
export type BrowserKind = "chromium" | "firefox";

interface Browser {
  /** Debian package. */
  readonly package: string;
  /** Overrides the search. */
  readonly variable: string;
  readonly paths: readonly string[];
}

const BROWSERS: Readonly<Record<BrowserKind, Browser>> = {
  chromium: {
    package: "chromium",
    variable: "CHROMIUM_PATH",
    paths: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  },
  firefox: {
    package: "firefox-esr",
    variable: "FIREFOX_PATH",
    paths: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
  },
};

async function findBrowser(kind: BrowserKind): Promise<string | null> {
  const { variable, paths } = BROWSERS[kind];
  const chosen = Deno.env.get(variable);
  for (const path of chosen ? [chosen] : paths) {
    const info = await Deno.stat(path).catch(() => null);
    if (info?.isFile) return path;
  }
  return null;
}

/** @throws Error that says how to install the browser */
export async function browserPath(kind: BrowserKind): Promise<string> {
  const path = await findBrowser(kind);
  if (path === null) throw new Error(howToInstall([kind]));
  return path;
}

function howToInstall(missing: readonly BrowserKind[]): string {
  const packages = missing.map((kind) => BROWSERS[kind].package).join(" ");
  const variables = missing.map((kind) => BROWSERS[kind].variable).join(", ");
  return `The browser tests need ${missing.join(" and ")}. Install:\n` +
    `    sudo apt-get update && sudo apt-get install -y ${packages}\n` +
    `or name an installed one in ${variables}.`;
}

async function runApt(args: readonly string[]): Promise<boolean> {
  const { success } = await new Deno.Command("apt-get", {
    args: [...args],
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
  }).spawn().status;
  return success;
}

async function hasApt(): Promise<boolean> {
  return await Deno.stat("/usr/bin/apt-get").then(() => true, () => false);
}

/**
 * Installs the browsers that are missing when it may (root on a Debian).
 * @returns null when all are there, else the words that say what to do
 */
export async function provideBrowsers(): Promise<string | null> {
  const missing = async () => {
    const kinds: BrowserKind[] = [];
    for (const kind of ["chromium", "firefox"] as const) {
      if (await findBrowser(kind) === null) kinds.push(kind);
    }
    return kinds;
  };
  const before = await missing();
  if (before.length === 0) return null;
  if (Deno.uid() !== 0 || !await hasApt()) return howToInstall(before);
  console.log(`Installing ${before.join(" and ")} …`);
  const packages = before.map((kind) => BROWSERS[kind].package);
  await runApt(["update", "-q"]);
  await runApt(["install", "-y", "-q", "--no-install-recommends", ...packages]);
  const after = await missing();
  return after.length === 0 ? null : howToInstall(after);
}
