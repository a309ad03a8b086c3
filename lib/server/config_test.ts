import assert from "node:assert/strict";
import { type Config, ConfigError, configTable, ENV_NAMES, loadConfig } from "./config.ts";

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

Deno.test("an empty environment is enough", () => {
  const config = loadConfig({});
  assert.equal(config.port, 8000);
  assert.equal(config.host, "0.0.0.0");
  assert.equal(config.dataDir, "./data");
  assert.equal(config.recordingsDir, "./data/recordings");
  assert.equal(config.kvPath, "./data/kv.sqlite3");
  assert.equal(config.maxRecordingBytes, 1024 ** 3);
  assert.equal(config.publicOrigin, null);
  assert.equal(config.tls, null);
  assert.deepEqual(config.ice, { stunUrls: [], turnUrls: [], turnSecret: null, turnUser: null });
  assert.equal(config.defaultLocale, "en");
  assert.equal(config.resumeGraceSeconds, 30);
  assert.equal(config.joinGraceSeconds, 60);
  assert.deepEqual(config.warnings, []);
});

Deno.test("empty variables count as unset", () => {
  assert.deepEqual(loadConfig({ PORT: "", ACCESS_PASSWORD: " " }), loadConfig({}));
});

Deno.test("the documents' values are understood", () => {
  const config = loadConfig({
    WEBRTC_STUN_SERVERS: "stun:stun.l.google.com:19302",
    WEBRTC_TURN_SERVERS: "turn:turn.server.com:3478",
    RECORDINGS_DIR: "./recordings",
    MAX_RECORDING_SIZE_MB: "1024",
    SSL_CERT_PATH: "/etc/letsencrypt/live/example.com/fullchain.pem",
    SSL_KEY_PATH: "/etc/letsencrypt/live/example.com/privkey.pem",
    DOMAIN_NAME: "example.com",
    ALLOWED_HOSTS: "example.com,www.example.com",
    CORS_ALLOWED_ORIGINS: "https://example.com,https://www.example.com",
  });
  assert.deepEqual(config.ice.stunUrls, ["stun:stun.l.google.com:19302"]);
  assert.deepEqual(config.ice.turnUrls, ["turn:turn.server.com:3478"]);
  assert.equal(config.publicOrigin, "https://example.com");
  assert.deepEqual(config.allowedHosts, ["example.com", "www.example.com"]);
  assert.deepEqual(config.corsOrigins, ["https://example.com", "https://www.example.com"]);
  assert.match(config.warnings.join(), /WEBRTC_TURN_SERVERS has no credentials/);
});

Deno.test("all mistakes are named at once, without the secrets", () => {
  const problems = problemsOf({
    PORT: "80.5",
    HOST: "no host",
    ACCESS_PASSWORD: "short",
    PUBLIC_URL: "https://example.com/path",
    SSL_CERT_PATH: "/cert.pem",
    WEBRTC_STUN_SERVERS: "stun:ok.example.com:3478,google.com",
    WEBRTC_TURN_SERVERS: "turn:x:1?transport=quic",
    WEBRTC_TURN_SECRET: "a-shared-secret",
    WEBRTC_TURN_USERNAME: "user",
    MAX_RECORDING_SIZE_MB: "0",
    ENCRYPTION_SALT: "your_salt_here",
    SECRET_KEY: "your-super-secret-django-key-here",
    KV_PATH: "x",
    DENO_KV_URL: "ftp://x",
    DEFAULT_LOCALE: "de",
    TRUSTED_PROXIES: "10.0.0.0/33",
    ALLOWED_ORIGINS: "example.com",
    LOG_LEVEL: "loud",
  });
  const named = problems.map((problem) => problem.split(" ")[0]).sort();
  assert.deepEqual(named, [
    "ACCESS_PASSWORD",
    "ALLOWED_ORIGINS",
    "DEFAULT_LOCALE",
    "DENO_KV_URL",
    "ENCRYPTION_SALT",
    "HOST",
    "KV_PATH",
    "LOG_LEVEL",
    "MAX_RECORDING_SIZE_MB",
    "PORT",
    "PUBLIC_URL",
    "SECRET_KEY",
    "SSL_KEY_PATH",
    "TRUSTED_PROXIES",
    "WEBRTC_STUN_SERVERS",
    "WEBRTC_TURN_CREDENTIAL",
    "WEBRTC_TURN_SECRET",
    "WEBRTC_TURN_SERVERS",
  ]);
  assert.equal(problems.some((problem) => /short|django|your_salt/.test(problem)), false);
  assert.ok(problems.includes("PORT must be a whole number from 0 to 65535."));
  assert.ok(problems.includes("SSL_KEY_PATH must be set as well, because SSL_CERT_PATH is."));
});

Deno.test("sample secrets are refused, own ones are not", () => {
  for (
    const SECRET_KEY of [
      "your-local-secret-key",
      "your-super-secret-django-key-here",
      "change-me-in-production",
      "<your secret key here>",
    ]
  ) {
    assert.equal(problemsOf({ SECRET_KEY }).length, 1, SECRET_KEY);
  }
  for (const SECRET_KEY of ["9f86d081884c7d659a2feaa0c55ad015", "hereby-yours-truly-4711"]) {
    assert.deepEqual(problemsOf({ SECRET_KEY }), [], SECRET_KEY);
  }
});

Deno.test("origins are normalised, wrong ones refused", () => {
  const originOf = (PUBLIC_URL: string): Config["publicOrigin"] =>
    loadConfig({ PUBLIC_URL }).publicOrigin;
  assert.equal(originOf("https://Call.Example.com/"), "https://call.example.com");
  assert.equal(originOf("http://192.168.1.5:8000"), "http://192.168.1.5:8000");
  assert.equal(originOf("https://[2001:db8::1]:8443"), "https://[2001:db8::1]:8443");
  for (const PUBLIC_URL of ["example.com", "ws://x", "https://u:p@x", "https://<domain>"]) {
    assert.equal(problemsOf({ PUBLIC_URL }).length, 1, PUBLIC_URL);
  }
});

Deno.test("every variable is in the table, in one line", () => {
  const table = configTable();
  assert.deepEqual(table.map(({ name }) => name), [...ENV_NAMES]);
  for (const { name, description } of table) {
    assert.match(description, /^[A-Z][^\n]{10,}\.$/, name);
  }
  assert.equal(table.find(({ name }) => name === "PORT")?.default, "8000");
});
