"""Whatever a script says in the right shape is done or refused in words, never a fault of ours."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.route import Route
from sandbox_app.server.control.schema import Schema
from sandbox_app.server.control.table import routes
from tests.server.control.conftest import Script

TEXTS = (
    *("", " ", "alice", "spa", "web", "demo", "x" * 5000, "\0", "\x7f", "𝄞é", "../../etc/passwd"),
    *("%", "1s", "-1s", "9999999d", "1e400s", "2027-01-31T08:00:00Z", "any → 503", "{", "a: b"),
    *("0001-01-01", "9999-12-31T23:59:59+14:00", "any → delay 1ms ± 2ms", "é" * 300, "\u2028"),
)
NUMBERS = (0, -1, 1, 200, 503, 599, 2**31, 2**63, -(2**63), 10**30)
TURNS = 12


def values(schema: Schema, chance: random.Random) -> Any:
    """Some value of that schema."""
    kinds = schema.get("type", "object")
    kind = chance.choice([kinds] if isinstance(kinds, str) else list(kinds))
    match kind:
        case "string":
            return chance.choice([*schema.get("enum", ()), *TEXTS])
        case "integer":
            return chance.choice(NUMBERS)
        case "number":
            return chance.choice([*NUMBERS, 0.5, -1e300, 1e300])
        case "boolean":
            return chance.random() < 0.5
        case "array":
            return [values(schema["items"], chance) for _ in range(chance.randrange(3))]
        case "null":
            return None
    needed = schema.get("required", ())
    members = {
        name: values(each, chance)
        for name, each in schema.get("properties", {}).items()
        if name in needed or chance.random() < 0.5
    }
    others = schema.get("additionalProperties")
    if isinstance(others, dict):
        members |= {chance.choice(TEXTS): values(others, chance) for _ in range(2)}
    return members


def requests(route: Route, chance: random.Random) -> Iterator[tuple[str, Any, dict[str, str]]]:
    from urllib.parse import quote

    for _ in range(TURNS):
        path = route.path.removeprefix("/_sandbox")
        for name in route.named:
            word = chance.choice([text for text in TEXTS if text])
            path = path.replace(f"{{{name}}}", quote(word, safe=""))
        query = {
            name: str(values(schema, chance))
            for name, schema in route.query.items()
            if chance.random() < 0.5
        }
        yield path, None if route.takes is None else values(route.takes, chance), query


async def test_no_value_is_a_fault_of_ours(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(20261102)
    for route in routes(EventStream(script.sandbox.core)):
        if route.media_type != "application/json" or "{operation}" in route.path:
            continue
        for path, body, query in requests(route, chance):
            said = await script.ask(route.method, path, body, params=query)
            assert said.status in (200, 400, 404), (route.name, path, body, query, said.body)
            if said.status != 200:
                assert said.message.endswith((".", "”", "?")), (route.name, said.message)
    assert "failed" not in caplog.text
