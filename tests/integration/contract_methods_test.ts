/** What holds for every path: methods, HEAD, OPTIONS, foreign pages, languages, headers. */
import assert from "node:assert/strict";
import { findOperation, OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import { type App, startApp } from "./app.ts";
import { CLEANUPS, PREPARATIONS } from "./contract_recipes.ts";
import { exampleOf, send, setScene } from "./contract_scene.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const LISTED = "https://app.example.com";
const PATHS = [...new Set(OPERATIONS.map(({ path }) => path))];

/** Something stands for every parameter. */
const plain = (path: string) => path.replaceAll(/\{\w+\}/g, "1");

function methodsOf(path: string): string[] {
  return METHODS.filter((method) => findOperation(method, plain(path))?.path === path);
}

/** The same methods in any order. */
function assertAllow(headers: Headers, path: string): void {
  const methods = methodsOf(path);
  const expected = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  assert.deepEqual(headers.get("allow")?.split(", ").sort(), expected.sort(), path);
}

Deno.test("what every path has in common", async (t) => {
  const app = await startApp({ CORS_ALLOWED_ORIGINS: LISTED });

  await t.step("a method it does not know is 405 and names those it does", async () => {
    for (const path of PATHS) {
      for (const method of [...METHODS, "BREW"].filter((each) => !methodsOf(path).includes(each))) {
        const { status, headers, body } = await app.ask(method, plain(path));
        assert.equal(`${status} ${body.error_code}`, "405 METHOD_NOT_ALLOWED", `${method} ${path}`);
        assertAllow(headers, path);
      }
    }
  });

  await t.step("OPTIONS names them, too, to anybody", async () => {
    for (const path of PATHS) {
      const { status, headers, body } = await app.ask("OPTIONS", plain(path));
      assert.equal(`${status}${body}`, "204", path);
      assertAllow(headers, path);
      assert.equal(headers.get("access-control-allow-methods"), null, path);
    }
  });

  await t.step("a preflight of a listed origin is let through, of another not", async () => {
    for (const path of PATHS) {
      const preflight = async (origin: string) => {
        const headers = { origin, "access-control-request-method": methodsOf(path)[0]! };
        return (await app.ask("OPTIONS", plain(path), { headers })).headers;
      };
      const listed = await preflight(LISTED);
      assert.equal(listed.get("access-control-allow-origin"), LISTED, path);
      assert.match(listed.get("access-control-allow-headers") ?? "", /Authorization/, path);
      const words = listed.get("access-control-allow-methods")?.split(", ") ?? [];
      assert.ok(methodsOf(path).every((method) => words.includes(method)), path);
      assert.match(listed.get("vary") ?? "", /origin/i, path);
      assert.equal(
        (await preflight("https://evil.example")).get("access-control-allow-origin"),
        null,
      );
    }
  });

  await t.step("a slash at the end changes nothing", async () => {
    for (const path of PATHS) {
      const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
      assertAllow((await app.ask("OPTIONS", plain(other))).headers, path);
    }
  });

  await app.stop();
});

Deno.test("HEAD is GET without a body", async (t) => {
  const app = await startApp();
  for (const operation of OPERATIONS.filter(({ method }) => method === "GET")) {
    await t.step(operation.path, async () => {
      const scene = await setScene(app);
      await PREPARATIONS[operation.id]?.(scene);
      const request = exampleOf(operation, scene);
      const get = await send(scene, request);
      const head = await send(scene, { ...request, method: "HEAD" });
      assert.equal(head.status, get.status);
      assert.equal(head.headers.get("content-type"), get.headers.get("content-type"));
      assert.equal(head.body, "");
    });
  }
  await app.stop();
});

Deno.test("errors are in the language asked for, on every operation", async () => {
  const app = await startApp();
  const speaks = async (app: App, method: string, path: string, language: string) => {
    const { status, body, headers } = await app.ask(method, plain(path), {
      // Every operation refuses at least one of these, whoever may call it.
      headers: { "accept-language": language, authorization: "Bearer x", origin: "null" },
      ...(method === "GET" ? {} : { body: "{" }),
    });
    return { status, detail: body.detail, language: headers.get("content-language") };
  };
  for (
    const { method, path } of OPERATIONS.filter(({ method, who }) =>
      method !== "GET" || who !== "anyone"
    )
  ) {
    if (method === "GET") continue;
    const english = await speaks(app, method, path, "en-GB,en;q=0.9");
    const russian = await speaks(app, method, path, "ru,en;q=0.5");
    assert.equal(english.status, russian.status, path);
    assert.ok(english.status >= 400, `${method} ${path} ${english.status}`);
    assert.equal(english.language, "en", path);
    assert.equal(russian.language, "ru", path);
    assert.match(russian.detail, /[а-яё]/i, path);
    assert.doesNotMatch(english.detail, /[а-яё]/i, path);
  }
  await app.stop();
});

Deno.test("answers carry the headers that every answer carries, and are never stored", async (t) => {
  const app = await startApp({ CORS_ALLOWED_ORIGINS: LISTED });
  for (const operation of OPERATIONS) {
    await t.step(`${operation.method} ${operation.path}`, async () => {
      const scene = await setScene(app);
      await PREPARATIONS[operation.id]?.(scene);
      const request = exampleOf(operation, scene);
      const { headers } = await send(scene, { ...request, headers: { origin: LISTED } });
      await CLEANUPS[operation.id]?.(scene);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("x-frame-options"), "DENY");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("access-control-allow-origin"), LISTED);
    });
  }
  await app.stop();
});
