"""
What schemathesis cannot know: which codes, ids and tokens exist. A part of all calls gets real ones,
so that they reach what lies behind the first check; the rest keeps what was made up.

`FUZZ_FACTS` holds JSON: {"lasting": FACTS, "expendable": FACTS, "leaving": FACTS}, each with "tokens",
"adminTokens" and "values" by the name of the path parameter. What ends something gets expendable
ones, and what ends sessions those of people who leave, or nothing would be left for the others.
"""

import json
import os
import random

import schemathesis

FACTS = json.loads(os.environ["FUZZ_FACTS"])
RANDOM = random.Random(int(os.environ.get("FUZZ_SEED", "1")))

ENDS_SESSIONS = ("/logout", "/refresh", "/sign-out")


@schemathesis.serializer("application/offset+octet-stream")
def pieces(context, value):
    return {"data": value if isinstance(value, bytes) else str(value).encode(errors="replace")}


def facts_for(method, path):
    if path.endswith("/sign-out"):
        return {**FACTS["lasting"], "values": FACTS["leaving"]["values"]}
    if path.endswith(ENDS_SESSIONS):
        return FACTS["leaving"]
    return FACTS["expendable" if method == "DELETE" else "lasting"]


@schemathesis.hook
def before_call(context, case, kwargs):
    # As many addresses as there are calls: limits per address would hide everything else.
    case.headers["X-Forwarded-For"] = f"10.{RANDOM.randrange(256)}.{RANDOM.randrange(256)}.1"
    path = case.operation.path
    facts = facts_for(case.method.upper(), path)
    for name in case.path_parameters or {}:
        known = facts["values"].get(name)
        if known and RANDOM.random() < 0.7:
            case.path_parameters[name] = RANDOM.choice(known)
    # What is not spoken here is refused at the first look.
    if "/uploads" in path and RANDOM.random() < 0.8:
        case.headers["Tus-Resumable"] = "1.0.0"
    # Changing the password may sign everybody out.
    if path.endswith("/access-password") and isinstance(case.body, dict):
        case.body.pop("end_sessions", None)
    if RANDOM.random() < 0.9:
        is_admin = path.startswith(("/api/admin", "/api/metrics"))
        token = RANDOM.choice(facts["adminTokens" if is_admin else "tokens"])
        case.headers["Authorization"] = f"Bearer {token}"
