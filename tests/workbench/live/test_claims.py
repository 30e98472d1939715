"""Claims are explained, with times as epoch, local and relative."""

import os
import time
from collections.abc import Iterator

import pytest

from sandbox_app.workbench.live.claims import explain

NOW = 1_795_430_527.0


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def one(name: str, value: object):
    (claim,) = explain({name: value}, NOW)
    return claim


def test_a_time_is_shown_as_epoch_local_and_relative() -> None:
    claim = one("exp", int(NOW) + 192)

    assert claim.value == str(int(NOW) + 192)
    assert claim.meaning == "Expires 2026-11-23 11:45:19, in 3 min 12 s"
    assert not claim.failing


def test_what_expired_fails() -> None:
    claim = one("exp", int(NOW) - 61)

    assert claim.meaning.startswith("Expired ")
    assert claim.meaning.endswith("1 min 1 s ago")
    assert claim.failing


def test_what_is_not_valid_yet_fails() -> None:
    assert one("nbf", int(NOW) + 5).failing


@pytest.mark.parametrize("value", [10**15, -(10**15)])
def test_a_time_outside_the_calendar_is_told_as_such(value) -> None:
    assert one("iat", value).meaning == "Issued: not a date of the calendar"


@pytest.mark.parametrize("value", [True, "soon", None, [1]])
def test_a_time_of_another_type_is_shown_as_it_is(value) -> None:
    assert one("exp", value).meaning == "Expires"


def test_claims_keep_their_order_and_their_types_show() -> None:
    claims = explain(
        {"sub": "x", "cognito:groups": ["a"], "n": None, "custom:department": "ä"}, NOW
    )

    assert [(claim.name, claim.value) for claim in claims] == [
        ("sub", "x"),
        ("cognito:groups", '["a"]'),
        ("n", "null"),
        ("custom:department", "ä"),
    ]
    assert claims[3].meaning == "Attribute"
