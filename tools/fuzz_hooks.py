"""
What schemathesis cannot know: which codes, ids and tokens exist. A part of all calls gets real ones,
so that they reach what lies behind the first check; the rest keeps what was made up.

`FUZZ_FACTS` holds JSON: {"tokens": [...], "adminTokens": [...], "values": {"room_code": [...], …}}.
"""

import json
import os
import random

import schemathesis

FACTS = json.loads(os.environ["FUZZ_FACTS"])
RANDOM = random.Random(int(os.environ.get("FUZZ_SEED", "1")))

# These would end what the other calls need: they are called, but with made-up credentials.
ENDS_SESSIONS = {
    ("POST", "/api/auth/logout"),
    ("POST", "/api/admin/logout"),
    ("PUT", "/api/admin/access-password"),
    ("PATCH", "/api/admin/settings"),
}


def some(values):
    return RANDOM.choice(values)


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers
    # As many addresses as there are calls: limits per address would hide everything else.
    headers["X-Forwarded-For"] = f"10.{RANDOM.randrange(256)}.{RANDOM.randrange(256)}.1"
    path = case.operation.path
    for name in list(case.path_parameters or {}):
        known = FACTS["values"].get(name)
        if known and RANDOM.random() < 0.7:
            case.path_parameters[name] = some(known)
    if (case.method.upper(), path) in ENDS_SESSIONS or RANDOM.random() < 0.1:
        return
    tokens = FACTS["adminTokens"] if path.startswith(("/api/admin", "/api/metrics")) else FACTS["tokens"]
    headers["Authorization"] = f"Bearer {some(tokens)}"
