/** Every example of the reference works as it stands. */
import assert from "node:assert/strict";
import { openApiDocument } from "../../lib/server/http/openapi.ts";
import { firstSteps } from "../../lib/server/http/openapi_samples.ts";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import { ERROR_FACT_EXAMPLES, ERROR_FACTS } from "../../lib/shared/protocol/operations_errors.ts";
import type { OperationObject } from "../../lib/shared/protocol/operations_view.ts";
import { provideProgram } from "../../tools/programs.ts";
import { ACCESS_PASSWORD, type App, startApp } from "./app.ts";
import { assertDocumented } from "./contract.ts";
import { CLEANUPS, PREPARATIONS } from "./contract_recipes.ts";
import { filled, sampleEnvironment, type Scene, setScene } from "./contract_scene.ts";

/** Runs a script as somebody would who pastes it into a terminal. */
async function shell(script: string, env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", script],
    env,
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  assert.equal(code, 0, text.decode(stderr));
  return text.decode(stdout);
}

/** Shows the answer with its head, which no example asks for. */
const WITH_HEAD = `curl() { command curl --silent --show-error --include "$@"; }\n`;

async function runSample(scene: Scene, source: string) {
  const shown = source.replace(/ \\\n {2}-o "\$FILE"$/, "");
  const output = await shell(WITH_HEAD + shown, sampleEnvironment(scene));
  const [head = "", ...rest] = output.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = new Headers();
  for (const line of lines) {
    const [name = "", ...value] = line.split(": ");
    headers.append(name, value.join(": "));
  }
  const text = rest.join("\r\n\r\n");
  const isJson = headers.get("content-type")?.includes("json") && text !== "";
  return {
    status: Number(statusLine.split(" ")[1]),
    headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

Deno.test("every command of the reference does what its operation says", async (t) => {
  await provideProgram("curl");
  const app = await startApp();
  const document = openApiDocument(app.origin);
  for (const operation of OPERATIONS) {
    const { id, method, path, answers } = operation;
    const described = document.paths[path]?.[method.toLowerCase() as "get"] as OperationObject;
    await t.step(`${method} ${path}`, async () => {
      const scene = await setScene(app);
      await PREPARATIONS[id]?.(scene);
      const answered = await runSample(scene, described["x-codeSamples"][0]!.source);
      assert.equal(answered.status, answers[0].status, JSON.stringify(answered.body));
      assertDocumented({ method, path: filledPath(path), ...answered });
      await CLEANUPS[id]?.(scene);
    });
  }
  await app.stop();
});

const filledPath = (path: string) => path.replaceAll(/\{\w+\}/g, "1");

Deno.test("the first steps lead into a room", async () => {
  await provideProgram("curl");
  const app = await startApp();
  const shown = firstSteps(app.origin);
  const script = shown.replace(/^PASSWORD=.*$/m, `PASSWORD='${ACCESS_PASSWORD}'`);
  assert.notEqual(script, shown);
  const participant = JSON.parse(await shell(script));
  assert.equal(participant.role, "host");
  assert.match(participant.ws_url, /^ws:/);
  await app.stop();
});

Deno.test("what is shown as an answer is one", () => {
  for (const { id, answers } of OPERATIONS) {
    for (const { schema, example, status } of answers) {
      assert.deepEqual(example, schema?.parse(example), `${id} ${status}`);
    }
  }
  for (const [code, schema] of Object.entries(ERROR_FACTS)) {
    const example = ERROR_FACT_EXAMPLES[code as keyof typeof ERROR_FACTS];
    assert.deepEqual(example ?? {}, schema.parse(example ?? {}), code);
  }
});

Deno.test("what is shown as a request is taken", () => {
  const variables = new Proxy({}, { get: () => "value" });
  for (const { id, body, query } of OPERATIONS) {
    if (body) {
      const example = JSON.parse(filled(JSON.stringify(body.example), variables));
      assert.ok(body.schema.safeParse(example).success, id);
    }
    if (!query) continue;
    const words = Object.entries(query.example).map(([name, value]) => [name, String(value)]);
    assert.ok(query.schema.safeParse(Object.fromEntries(words)).success, id);
  }
});

Deno.test("the document is served to everybody and names this server", async () => {
  const app: App = await startApp();
  const { status, body } = await app.ask("GET", "/api/openapi.json");
  assert.equal(status, 200);
  assert.deepEqual(body, JSON.parse(JSON.stringify(openApiDocument(app.origin))));
  assert.match(body.openapi, /^3\.1\./);
  const references = JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g);
  for (const [reference, path = ""] of references) {
    let target = body;
    for (const part of path.split("/")) target = target?.[part];
    assert.ok(target, reference);
  }
  await app.stop();
});
