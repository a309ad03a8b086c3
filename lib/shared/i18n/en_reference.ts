/** English words of the API reference: what stands around it. The reference itself is English. */
export const reference = {
  page_title: "API reference",
  title: "API reference",
  intro: "Everything the web app does, your program can do. This page is made from the same " +
    "schemas that check each request.",
  for_programs: "For programs: OpenAPI 3.1",
  contents: "Contents",
  first_steps: "First steps",
  general: "For every request",
  variables: "Names in the examples",
  copy_code: "Copy",
  copied: "Copied",
  who: "Who may call",
  who_anyone: "anybody",
  who_person: "anybody with a token, also that of a stay in a room",
  who_session: "users and guests",
  who_user: "who signed in with the access password",
  who_lead: "hosts and moderators of the room",
  who_host: "hosts of the room",
  who_admin: "administrators",
  in_path: "In the path",
  in_query: "Behind the question mark",
  body: "Body",
  request: "Request",
  answer: "Answer",
  no_body: "No body.",
  other_types: "Also as {types}.",
  errors: "Errors",
  required: "required",
  default_value: "default",
  list_of: "list of",
  schemas: "Schemas",
  limits: "Limits",
  all_errors: "All error codes",
  websocket: "WebSocket",
  websocket_intro:
    "Join a room, then open its `ws_url`. In a browser the cookies of signing in and " +
    "joining open it; other clients offer two subprotocols, `videocall.v1` and " +
    "`bearer.<session_token>`. Messages are JSON: `{type, data, to, id}` up, " +
    "`{type, data, from, seq}` down. The first one down is `room_state`, or `waiting_state` in " +
    "front of the door.",
  commands: "Commands, up",
  events: "Events, down",
  refusals: "Refused before it opens",
  close_codes: "Close codes",
  come_back: "come back",
  stay_away: "do not come back by yourself",
};
