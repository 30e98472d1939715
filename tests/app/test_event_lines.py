"""Events as lines: every kind that is told, in the members that are documented."""

import asyncio
import json

import pytest

from sandbox_app.app.event_lines import EventLines
from sandbox_app.domain import events
from sandbox_app.domain.records.tokens import Caller
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.workbench import telling
from sandbox_app.workbench.telling import members_of
from tests.app.test_serve import SCHEMA

EXAMPLES = [
    events.SignedIn("login", "pool", "client", "alice", silent=True),
    events.SignInFailed("login", "pool", "client", "HU-4.1-8"),
    events.TokensMinted("login", "pool", "client", "alice", "code", "family", ("id", "access")),
    events.TokensRevoked("pool", "client", "family"),
    events.SessionEnded("pool", "login"),
    events.ConfigurationChanged(events.Kind.CLIENT, events.Change.UPDATED, "pool", "id"),
    events.SeedReloaded(("a.yaml",), created=1, updated=2, unchanged=3, error="a.yaml:1: no"),
    events.ConditionsChanged("clock"),
    events.LeniencyUsed("no_lockout", "HU-4.1-3", "pool", "alice"),
    events.ConfirmationCodeMade("pool", "sub", "sign-up", "EMAIL"),
    events.SnapshotsChanged(),
    events.SnapshotRestored("before"),
    events.KeysFetched("pool", Caller("127.0.0.1", "axios/1.7"), ("kid",), 1.0, "is slow"),
]


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_an_event_is_told_in_its_documented_members(event: object) -> None:
    line = members_of(event)

    assert line is not None
    kind = line.pop("event")
    assert {name: type(value) for name, value in line.items()} == SCHEMA[kind]
    assert "family" not in line.values()


def test_the_documentation_names_every_event_and_member() -> None:
    documented = telling.__doc__ or ""

    for kind, members in SCHEMA.items():
        entry = documented.partition(f"`{kind}`: ")[2].partition("`")[0]
        assert [name for name in members if name not in entry] == [], kind


def test_what_is_nobodys_business_outside_is_not_told() -> None:
    written: list[str] = []
    lines = EventLines(written.append, lambda: 7.0)

    lines.tell("a text")
    lines.flush()
    assert members_of("a text") is None
    assert written == []


async def test_many_events_are_one_write_with_the_time_of_each() -> None:
    written: list[str] = []
    times = iter([1.0, 2.0])
    lines = EventLines(written.append, lambda: next(times))

    lines.tell(EXAMPLES[0])
    lines.tell(EXAMPLES[4])
    assert written == []
    async with asyncio.timeout(5):
        while not written:
            await asyncio.sleep(0)

    told = [json.loads(line) for line in written[0].splitlines()]
    assert len(written) == 1
    assert [(line["event"], line["at"]) for line in told] == [
        ("signed_in", 1.0),
        ("session_ended", 2.0),
    ]


async def test_a_line_break_in_a_name_breaks_no_line() -> None:
    written: list[str] = []
    lines = EventLines(written.append, lambda: 7.0)

    lines.tell(events.SignedIn("l", "p", "c", 'a\n{"event":"ready"}\u2028', silent=False))
    lines.flush()
    assert len("".join(written).splitlines()) == 1


def test_a_long_path_or_reason_is_cut_short() -> None:
    exchange = Exchange(
        id="i", started_at=0.0, duration=1.0, method="GET", path="/" + "p" * 2000, status=400
    )
    detail = ExchangeDetail(
        exchange_id="i",
        target="",
        http_version="1.1",
        peer="",
        origin="",
        request=Message(),
        response=Message(),
        because="b" * 16_000,
    )
    line = members_of(events.ExchangeFinished(exchange, detail))

    assert line is not None
    assert (len(line["path"]), len(line["because"])) == (200, 200)
    assert {name: type(value) for name, value in line.items() if name != "event"} == SCHEMA[
        "request"
    ]
