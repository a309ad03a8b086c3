/** Commands to paste into a shell. What only the reader knows is a variable. */
import type { Operation } from "../../shared/protocol/operations_model.ts";

/** How this operation is called with curl. */
export function curlSample(operation: Operation): string {
  const { method, who, body, headers, content, answers } = operation;
  const token = who === "admin" ? "$ADMIN_TOKEN" : "$TOKEN";
  const command = [
    `curl${method === "GET" ? "" : ` -X ${method}`} "$BASE${sampleTarget(operation)}"`,
    ...(who === "anyone" ? [] : [`-H "Authorization: Bearer ${token}"`]),
    ...Object.entries(headers?.example ?? {}).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined ? [] : [`-H "Content-Type: application/json" -d @- <<JSON`]),
    ...(content === undefined ? [] : [`-H "Content-Type: ${content.type}" --data-binary @-`]),
    // Bytes are not to be thrown at a terminal.
    ...(answers[0].type === undefined ? [] : [`-o "$FILE"`]),
  ].join(" \\\n  ");
  if (content !== undefined) return `printf '${printfText(content.example)}' | ${command}`;
  if (body === undefined) return command;
  return `${command}\n${shellText(JSON.stringify(body.example, null, 2))}\nJSON`;
}

/** Path and query with the variables of the examples. */
export function sampleTarget({ path, params = {}, query }: Operation): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = params[name];
    if (parameter === undefined) throw new Error(`${path}: nothing is said about ${name}`);
    return `$${parameter.variable}`;
  });
  if (query === undefined) return filled;
  const words = Object.entries(query.example).map(([name, value]) => [name, String(value)]);
  return words.length === 0 ? filled : `${filled}?${new URLSearchParams(words)}`;
}

/** What a shell's `printf` makes these characters of. */
function printfText(text: string): string {
  return text.replaceAll(
    /[^ -~]|[\\'%]/g,
    (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}

/** In a here-document a shell looks at backslashes and backquotes, too; variables it shall see. */
function shellText(text: string): string {
  return text.replaceAll(/[\\`]/g, "\\$&");
}

/** From nothing to a place in a room. @param origin of this server */
export function firstSteps(origin: string): string {
  return `BASE=${origin}\n${STEPS}`;
}

const STEPS = `PASSWORD='the access password'

# The value of a field of an answer
field() { sed -E 's/.*"'"$1"'":"?([^",}]*).*/\\1/'; }

# 1. Sign in
TOKEN=$(curl -s "$BASE/api/auth/login" \\
  -H "Content-Type: application/json" -d @- <<JSON | field token
{"password": "$PASSWORD", "user_name": "Ann"}
JSON
)

# 2. Create a room
CODE=$(curl -s "$BASE/video/rooms" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" -d '{"room_name": "Моя комната"}' | field room_code)

# 3. Join it
curl -s -X POST "$BASE/video/rooms/$CODE/join" -H "Authorization: Bearer $TOKEN"
`;
