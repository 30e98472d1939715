"""A term made from a value finds what has the value, however odd; where none can, there is none."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.values import (
    LONGEST_TERM,
    SUMMARY,
    check_terms,
    claim_terms,
    header_terms,
    like_this,
    parameter_terms,
    that_find,
)
from tests.gui.live.samples import a_detail, a_jwt, an_exchange

ODD = [
    "two words",
    'a "quoted" one',
    "(a) & !b | c",
    "~err",
    "back\\slash\\",
    "100%+1",
    "Grüße, 世界",
    "ÉTÉ",
    "no\u00a0break",
    "tick' and `tick",
    "a=b=c",
]

# Letters whose lower case depends on what stands beside them are not the filter's matter.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40)
odd = texts.filter(lambda text: "Σ" not in text and "İ" not in text)


def asked(value: str) -> tuple[Exchange, ExchangeDetail]:
    """An exchange that carries the value in every way there is."""
    exchange = an_exchange(client_name=value, username=value, login_id="l-1", rule="AZ-4")
    body = json.dumps({"a": {"error": value, "n": 1.5, "no": None}, "t": a_jwt({"aud": value})})
    detail = a_detail(
        exchange,
        target=f"/x?{urlencode({'state': value})}",
        request=Message(
            headers=(("Content-Type", "application/x-www-form-urlencoded"), ("X-Odd", value)),
            body=urlencode({"username": value}).encode(),
        ),
        response=Message(
            headers=(("Location", f"http://localhost/cb?code={quote(value)}"),), body=body.encode()
        ),
    )
    return exchange, detail


@given(odd)
@example("~")
@example('"')
@example("\\")
@pytest.mark.parametrize(
    "terms",
    [
        lambda value: header_terms("X-Odd", value),
        lambda value: parameter_terms("state", value),
        lambda value: parameter_terms("username", value),
        lambda value: parameter_terms("error", value),
        lambda value: parameter_terms("code", value),
        lambda value: claim_terms("aud", value),
    ],
    ids=["header", "query", "form", "JSON", "redirect", "claim"],
)
def test_what_can_be_typed_finds_the_value_it_was_made_from(terms, value: str) -> None:
    exchange, detail = asked(value)
    made = terms(value)

    assert that_find(made, exchange, detail) == made


@pytest.mark.parametrize("value", ODD)
def test_a_value_like_it_is_no_match(value) -> None:
    other, other_detail = asked("something else")

    for term in (
        *header_terms("X-Odd", value),
        *parameter_terms("state", value),
        *parameter_terms("code", value),
        *claim_terms("aud", value),
        like_this(asked(value)[0], "client"),
        like_this(asked(value)[0], "user"),
    ):
        assert Filter(term).error is None
        assert not Filter(term).matches(other, other_detail), term


@pytest.mark.parametrize("name", SUMMARY)
def test_every_value_of_a_row_has_a_term_that_finds_the_row(name) -> None:
    exchange = an_exchange(
        username="a (b)", rule="AZ-4", login_id="l-1", grant="authorization_code", step="login"
    )

    assert that_find([like_this(exchange, name)], exchange, None)


def test_members_of_json_are_found_whole_and_at_any_depth() -> None:
    exchange, detail = asked("invalid_grant")

    for found in ("error=invalid_grant", "n=1.5", "no=null"):
        assert Filter(f"~p {found}").matches(exchange, detail), found
    assert Filter("~p ERROR").matches(exchange, detail)
    for missed in ("error=invalid", "rror=invalid_grant", "n=1", "a={}", "a", "rror"):
        assert not Filter(f"~p {missed}").matches(exchange, detail), missed


def test_a_list_is_found_by_each_of_its_words() -> None:
    exchange, detail = asked("openid email")

    for found in ("state=openid", "state=EMAIL", '"state=openid email"'):
        assert Filter(f"~p {found}").matches(exchange, detail), found
    for missed in ("state=open", '"state=email openid"', "state="):
        assert not Filter(f"~p {missed}").matches(exchange, detail), missed


def test_a_parameter_is_found_by_its_whole_value() -> None:
    """Two callbacks that differ by a slash are two."""
    exchange, detail = asked("http://localhost/callback/")

    assert Filter("~p state=http://localhost/callback/").matches(exchange, detail)
    assert not Filter("~p state=http://localhost/callback").matches(exchange, detail)
    assert str(Filter("~p =x").error).startswith("~p takes a parameter")


def test_a_body_that_only_looks_like_json_is_still_searched() -> None:
    exchange = an_exchange()
    detail = a_detail(exchange, response=Message(body=b'{"error=here'))

    assert Filter("~b error=here").matches(exchange, detail)


@pytest.mark.parametrize("value", ["two\nlines", "bell\a", "x" * LONGEST_TERM])
def test_what_no_line_can_hold_is_not_offered(value) -> None:
    exchange, detail = asked(value)

    assert that_find(parameter_terms("state", value), exchange, detail) == ()


def test_a_rule_is_offered_only_where_it_refused() -> None:
    exchange, detail = asked("x")
    checks = [Check("AZ-1", Verdict.PASSED, "x"), Check("AZ-4", Verdict.REFUSED, "x")]

    offered = [that_find(check_terms(check), exchange, detail) for check in checks]

    assert offered == [("~b x",), ("~rule AZ-4", "~b x")]


def test_of_what_is_no_longer_kept_only_the_row_is_found() -> None:
    exchange, _ = asked("x")

    assert that_find(["~client x", "~p state=x"], exchange, None) == ("~client x",)
