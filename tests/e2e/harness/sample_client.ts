/**
 * The documents' complete sample client (video-api.ru.md, "Полный пример клиента") in a browser. It
 * is taken out of the document to the letter; only the server's address in it is replaced.
 */
import assert from "node:assert/strict";
import { examplesIn } from "../../fixtures/documents.ts";
import { until } from "../../fixtures/poll.ts";
import { ACCESS_PASSWORD, type Product } from "../../fixtures/product.ts";
import type { ChromiumPerson } from "./chromium.ts";

const [SAMPLE = "", ...others] = (await examplesIn("video-api.ru"))
  .filter(({ language }) => language === "html").map(({ text }) => text);
assert.deepEqual(others, []);

/** What the sample's own script defines. */
declare const connectWebSocket: (roomCode: string, userId: number) => void;
declare const pc: RTCPeerConnection | undefined;
declare const ws: WebSocket | undefined;

/** Opens the sample on the product's origin; resolves when its devices and connection are ready. */
export async function openSample(person: ChromiumPerson, product: Product): Promise<void> {
  const address = `${product.origin}/sample-client.html`;
  const body = SAMPLE.replace("localhost:8000", new URL(product.origin).host);
  assert.notEqual(body, SAMPLE);
  // A page that the test itself answers counts as foreign to this machine's network.
  await person.page.context().grantPermissions(["local-network-access"]);
  await person.page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
  await person.open(address);
  await until(
    "the sample client is ready",
    () => person.eval(() => pc !== undefined && pc.getSenders().length === 2),
  );
}

interface Entry {
  code: string;
  password: string;
  userName: string;
}

/** As the documents' examples do it: join by REST, then connect; here with the cookie's session. */
export async function joinSample(person: ChromiumPerson, code: string): Promise<number> {
  const entry: Entry = { code, password: ACCESS_PASSWORD, userName: person.name };
  return await person.eval(async ({ code, password, userName }: Entry) => {
    const post = (path: string, body?: unknown) =>
      fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).then((answer) => answer.json());
    const { user } = await post("/api/auth/login", { password, user_name: userName });
    const participant = await post(`/video/rooms/${code}/join`);
    connectWebSocket(code, user.user_id);
    await new Promise((resolve) => ws?.addEventListener("open", resolve));
    return participant.participant_id;
  }, entry);
}
