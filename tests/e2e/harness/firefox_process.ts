/** Starts stock Firefox with a throw-away profile and fake devices. */
import { join } from "node:path";
import { browserPath } from "../../../tools/browsers.ts";
import { until } from "../../fixtures/poll.ts";

/**
 * Fake camera and microphone without a question; loopback candidates, because everything runs on
 * one machine; and nothing that a first start would show or fetch.
 */
const PREFERENCES: Record<string, boolean | number | string> = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "app.update.enabled": false,
  "app.normandy.enabled": false,
  "app.shield.optoutstudies.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.search.update": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage": "about:blank",
  "browser.startup.page": 0,
  "browser.tabs.warnOnClose": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "media.gmp-manager.url": "",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,none",
  "toolkit.telemetry.reportingpolicy.firstRun": false,
  "remote.active-protocols": 1,
};

async function writeProfile(extra: Record<string, boolean | number | string>): Promise<string> {
  const profile = await Deno.makeTempDir({ prefix: "videocall-firefox-" });
  const lines = Object.entries({ ...PREFERENCES, ...extra }).map(([name, value]) =>
    `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`
  );
  await Deno.writeTextFile(join(profile, "user.js"), lines.join("\n") + "\n");
  return profile;
}

export class FirefoxProcess implements AsyncDisposable {
  readonly address: string;
  readonly #child: Deno.ChildProcess;
  readonly #profile: string;

  private constructor(child: Deno.ChildProcess, profile: string, address: string) {
    this.#child = child;
    this.#profile = profile;
    this.address = address;
  }

  static async start(
    preferences: Record<string, boolean | number | string> = {},
  ): Promise<FirefoxProcess> {
    const path = await browserPath("firefox");
    const profile = await writeProfile(preferences);
    const child = new Deno.Command(path, {
      args: ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"],
      env: { MOZ_DISABLE_CONTENT_SANDBOX: "1", MOZ_CRASHREPORTER_DISABLE: "1", HOME: profile },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const address = await readAddress(child);
    return new FirefoxProcess(child, profile, address);
  }

  /** Firefox ends its helpers itself when it is asked to stop. */
  async [Symbol.asyncDispose](): Promise<void> {
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    try {
      this.#child.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has already ended
    }
    await this.#child.status;
    clearTimeout(killer);
    // Helpers may hold the profile for a moment longer.
    await until("Firefox's profile is removed", async () => {
      await Deno.remove(this.#profile, { recursive: true });
      return true;
    }, { timeoutMs: 5_000 });
  }
}

/** Firefox says on stderr where it listens; the rest of stderr is read and dropped. */
function readAddress(child: Deno.ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error("Firefox did not open its remote port in 60 s"));
    }, 60_000);
    const read = async () => {
      let seen = "";
      for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
        if (seen === "found") continue;
        seen += chunk;
        const match = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(seen);
        if (!match?.[1]) continue;
        clearTimeout(timer);
        resolve(match[1]);
        seen = "found";
      }
      clearTimeout(timer);
      reject(new Error(`Firefox ended before it listened: ${seen.slice(-500)}`));
    };
    read().catch(reject);
  });
}
