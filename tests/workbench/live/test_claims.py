"""Claims are explained, with times as epoch, local and relative."""

import json

import pytest

from sandbox_app.workbench.live.claims import Claim, explain

NOW = 1_795_430_527.0

pytestmark = pytest.mark.usefixtures("berlin")


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


@pytest.mark.parametrize(
    ("name", "words"), [("nbf", "Not valid before"), ("iat", "Issued"), ("auth_time", "Signed in")]
)
def test_only_what_is_not_valid_yet_fails_for_being_ahead(name, words) -> None:
    claim = one(name, int(NOW) + 5)

    assert claim.meaning == f"{words} 2026-11-23 11:42:12, in 5 s"
    assert claim.failing is (name != "auth_time")
    assert not one(name, int(NOW)).failing


def test_a_token_dies_with_the_second_it_names() -> None:
    assert one("exp", int(NOW)).failing
    assert one("exp", int(NOW)).meaning.endswith(", now")
    assert not one("exp", NOW + 0.5).failing


@pytest.mark.parametrize("moment", [1_783_000_000, 1_795_430_527])
def test_local_times_know_summer_from_winter(moment) -> None:
    shown = {1_783_000_000: "2026-07-02 15:46:40", 1_795_430_527: "2026-11-23 11:42:07"}

    assert one("iat", moment).meaning.startswith(f"Issued {shown[moment]}, ")


@pytest.mark.parametrize("value", [10**15, -(10**15), 10**400, *map(float, ("nan", "inf", "-inf"))])
def test_a_time_outside_the_calendar_is_told_as_such(value) -> None:
    assert one("iat", value).meaning == "Issued: not a date of the calendar"


@pytest.mark.parametrize("value", [True, "soon", None, [1]])
def test_a_time_of_another_type_is_shown_as_it_is(value) -> None:
    assert one("exp", value).meaning == "Expires"


def test_nonsense_in_a_time_that_clients_ask_for_fails_the_token() -> None:
    failing = {name: one(name, "soon").failing for name in ("exp", "iat", "nbf", "auth_time")}

    assert failing == {"exp": True, "iat": True, "nbf": True, "auth_time": False}
    assert one("exp", json.loads("NaN")).failing


def test_half_a_surrogate_pair_is_shown_as_its_escape() -> None:
    (claim,) = explain(json.loads(r'{"custom:\ud800": "a\udfffb"}'), NOW)

    assert (claim.name, claim.value) == (r"custom:\ud800", r"a\udfffb")


def test_what_nobody_documented_has_no_meaning() -> None:
    assert one("favourite_colour", 7) == Claim("favourite_colour", "7", "")


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
