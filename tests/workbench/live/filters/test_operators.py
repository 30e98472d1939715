"""Operators find what they say, and what means nothing is told with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.domain.records.traffic import ExchangeDetail, Message
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter, parse
from sandbox_app.workbench.live.filters.completing import completions
from sandbox_app.workbench.live.filters.nodes import (
    And,
    Node,
    Not,
    Or,
    Term,
    Word,
    denied,
    in_words,
)
from sandbox_app.workbench.live.filters.terms import OPERATORS
from sandbox_app.workbench.live.filters.values import joined, like_this
from sandbox_app.workbench.live.marks import Marks
from tests.gui.live.samples import an_exchange


def entries(*exchanges):
    return TrafficBook().absorb(exchanges).entries


SIGNED_IN = an_exchange(
    id="a",
    method="POST",
    path="/oauth2/token",
    status=200,
    step="token",
    login_id="l-77",
    pool_id="us-east-1_One",
    client_id="7spa",
    client_name="web",
    username="alice",
    grant="authorization_code",
    duration=12.0,
)
REFUSED = an_exchange(
    id="b",
    method="GET",
    path="/oauth2/authorize",
    status=302,
    step="authorize",
    login_id="l-99",
    pool_id="us-east-1_Two",
    client_id="8web",
    client_name="webhook",
    username="",
    rule="AZ-4",
    error="redirect_mismatch",
    fault="POST /x → 503",
    duration=900.0,
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("~client web", "a"),
        ("~client WEB", "a"),
        ("~client web*", "ab"),
        ("~client 7spa", "a"),
        ("~user alice", "a"),
        ("~pool us-east-1_Two", "b"),
        ("~grant authorization_code", "a"),
        ("~grant code", "a"),
        ("~err", "b"),
        ("!~err", "a"),
        ("~rule az-4", "b"),
        ("~login l-9", "b"),
        ("~m post", "a"),
        ("~u /oauth2/", "ab"),
        ("~u authorize", "b"),
        ("~c 302", "b"),
        ("~c 3xx", "b"),
        ("~c 200-302", "ab"),
        ("~s token", "a"),
        ("~slow 500", "b"),
        ("~fault", "b"),
        ("~client web & ~err", ""),
        ("~client web ~m POST", "a"),
        ("~client web | ~err", "ab"),
        ("~m GET & ~c 302 | ~user alice", "ab"),
        ("~m GET & (~c 200 | ~user alice)", ""),
        ("!(~client web | ~err)", ""),
        ('~client "web"', "a"),
        ("alice ~m POST", "a"),
        ("!alice", "b"),
        ("!!alice", "a"),
    ],
)
def test_an_operator_finds_what_it_says(typed: str, found: str) -> None:
    wanted = Filter(typed)

    assert wanted.error is None
    assert "".join(it.exchange.id for it in wanted.select(entries(SIGNED_IN, REFUSED))) == found
    passing = [it.exchange.id for it in entries(SIGNED_IN, REFUSED) if wanted.passes(it)]
    assert "".join(passing) == found


def test_every_operator_is_tried_above_or_below() -> None:
    told = {"client", "user", "pool", "grant", "err", "rule", "login", "m", "u", "c", "s"}

    told |= {"slow", "fault", "mark", "colour", "note", "p", "b", "h", "claim"}
    assert set(OPERATORS) == told


@pytest.mark.parametrize(
    ("typed", "at", "because"),
    [
        ("~", 0, "an operator is missing after ~"),
        ("~clinet web", 0, "there is no operator ~clinet; ~client is one"),
        ("alice ~client", 6, "~client takes a client"),
        ("~client )", 0, "~client takes a client"),
        ("(alice", 0, "this parenthesis is never closed"),
        ("alice)", 5, "nothing is open that “)” could close"),
        ("alice &", 7, "something is missing at the end"),
        ("| alice", 0, "something is missing before “|”"),
        ("alice | & bob", 8, "something is missing before “&”"),
        ('~user "alice', 6, "this quotation mark has no partner"),
        ("~c teapot", 0, "a status is written like 302, 4xx or 400-499"),
        ("~slow soon", 0, "~slow takes milliseconds, such as ~slow 500"),
        ("~claim =x", 0, "~claim takes a claim, such as ~claim aud=spa or ~claim nonce"),
        ("(" * 200, 51, "too many parentheses"),
        ("x" * 3000, 2000, "a filter has at most 2000 characters"),
    ],
)
def test_what_means_nothing_hides_nothing_and_says_why(typed: str, at: int, because: str) -> None:
    wanted = Filter(typed)

    assert (wanted.error.at, str(wanted.error)) == (at, because)
    assert len(wanted.select(entries(SIGNED_IN, REFUSED))) == 2


def a_detail(request: str = "", response: str = "", **changes) -> ExchangeDetail:
    members = {
        "exchange_id": "a",
        "target": "/x",
        "http_version": "1.1",
        "peer": "127.0.0.1",
        "origin": "http://localhost:9400",
        "request": Message(headers=(("User-Agent", "curl/8.5"),), body=request.encode()),
        "response": Message(headers=(("X-Cache", "Miss"),), body=response.encode()),
    }
    return ExchangeDetail(**{**members, **changes})


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("~b redirect_uri=http://localhost", True),
        ("~b redirect_uri=http%3A%2F%2Flocalhost", True),
        ("~b nowhere", False),
        ("~b a+b", True),
        ('~h "user-agent: curl"', True),
        ("~h miss", True),
        ("~h netscape", False),
    ],
)
def test_contents_pass_once_they_are_read(typed: str, passes: bool) -> None:
    wanted = Filter(typed)
    (entry,) = entries(SIGNED_IN)
    assert not wanted.passes(entry)
    assert not wanted.is_read(entry.exchange)

    hit = wanted.read(
        entry.exchange, a_detail("redirect_uri=http%3A%2F%2Flocalhost", '{"x":"a+b"}')
    )

    assert hit is passes
    assert wanted.passes(entry) is passes
    assert wanted.is_read(entry.exchange)


def test_what_is_no_longer_kept_counts_as_read() -> None:
    wanted = Filter("~b x")

    assert not wanted.read(SIGNED_IN, None)
    assert wanted.is_read(SIGNED_IN)


@pytest.mark.parametrize(
    ("typed", "guilty"),
    [
        ("~client web ~err", "~err"),
        ("~user nobody ~client web", "~user nobody"),
        ("(~m PUT | ~m PATCH) alice", "~m PUT | ~m PATCH"),
        ("~client web", ""),
    ],
)
def test_the_part_that_hides_everything_is_named(typed: str, guilty: str) -> None:
    assert Filter(typed).guilty(entries(SIGNED_IN, REFUSED)) == guilty


def test_a_login_passes_by_several_requests() -> None:
    book = TrafficBook()
    known = {"login_id": "l1"}
    book.absorb([an_exchange(method="POST", status=200, **known), an_exchange(status=302, **known)])

    assert Filter("~m POST ~c 302").select(book.logins) == book.logins


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("alice", "“alice” occurs"),
        ("~client web & ~err", "the app client is “web” and it was refused"),
        ("~m GET | !~c 4xx", "the method is “GET” or the status is not “4xx”"),
        (
            "(~m GET | alice) ~err",
            "(the method is “GET” or “alice” occurs) and it was refused",
        ),
    ],
)
def test_a_filter_is_told_in_words(typed: str, words: str) -> None:
    assert Filter(typed).meaning == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("!alice", "“alice” does not occur"),
        ("!~err", "it was not refused"),
        ("!~rule AZ-4", "rule “AZ-4” did not refuse it"),
        ("!~login l1", "it does not belong to the login “l1”"),
        ("!~u /login", "the path does not hold “/login”"),
        ("!~slow 500", "the answer did not take “500” ms or more"),
        ("!~fault", "no fault was in play"),
        ("!~p a=b", "no parameter is “a=b”"),
        ("!~b x", "no body holds “x”"),
        ("!~claim aud=x", "no token says “aud=x”"),
        ("!(~err | x)", "not (it was refused or “x” occurs)"),
    ],
)
def test_what_is_hidden_is_told_in_words_too(typed: str, words: str) -> None:
    assert Filter(typed).meaning == words


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=OPERATORS)
def test_every_operator_has_an_opposite_in_words(operator) -> None:
    assert denied(operator.meaning) != operator.meaning


@pytest.mark.parametrize("typed", ["~u /über", "~u /%C3%BCber", '~u "ber uns"'])
def test_a_path_is_found_as_it_is_read_and_as_it_was_sent(typed: str) -> None:
    found = an_exchange(path="/%C3%BCber%20uns")

    assert len(Filter(typed).select(entries(found, an_exchange(path="/uber")))) == 1


def test_half_a_character_is_no_reason_to_fail() -> None:
    assert Filter("~u \ud83d").error is None


def shown(typed: str) -> list[str]:
    return [it.shown for it in completions(typed, [SIGNED_IN, REFUSED, SIGNED_IN])]


def test_operators_are_completed_with_what_they_mean() -> None:
    found = completions("alice ~cl", [])

    assert [(it.text, it.shown) for it in found] == [
        ("alice ~client ", "~client client"),
        ("alice ~claim ", "~claim name=value"),
    ]
    assert len(completions("~", [])) == len(OPERATORS)


def test_values_are_completed_from_what_there_is_the_commonest_first() -> None:
    assert shown("~client ") == ["web", "webhook"]
    assert shown("~client webh") == ["webhook"]
    assert shown("(~m p") == ["POST"]
    assert shown("alice") == []
    assert completions("~client webh", [REFUSED])[0].text == "~client webhook "


@pytest.mark.parametrize(
    ("typed", "hide", "text"),
    [
        ("", False, "~client web"),
        ("", True, "!(~client web)"),
        ("alice", False, "alice & ~client web"),
        ("alice", True, "alice & !(~client web)"),
        ("alice | bob", True, "(alice | bob) & !(~client web)"),
        ('~user "a | b"', False, '~user "a | b" & ~client web'),
        ("(alice", False, "~client web"),
        ("~client web & alice", False, "~client web & alice"),
        ("alice !(~client web)", True, "alice !(~client web)"),
    ],
)
def test_a_value_is_filtered_for_or_hidden(typed: str, hide: bool, text: str) -> None:
    term = like_this(SIGNED_IN, "client")

    assert joined(typed, term, hide=hide) == text
    assert Filter(text).error is None


def nodes() -> st.SearchStrategy[Node]:
    texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1)
    words = texts.map(lambda text: Word(text.lower()))
    terms = st.builds(
        lambda name, text: Term(OPERATORS[name], text if OPERATORS[name].argument else ""),
        st.sampled_from(["client", "user", "err", "u", "b", "h"]),
        texts,
    )
    return st.recursive(
        words | terms,
        lambda inner: (
            inner.map(Not)
            | st.lists(inner, min_size=2, max_size=3).map(lambda it: And(tuple(it)))
            | st.lists(inner, min_size=2, max_size=3).map(lambda it: Or(tuple(it)))
        ),
        max_leaves=8,
    )


@given(nodes())
def test_a_filter_written_out_means_the_same(node: Node) -> None:
    again = parse(str(node))

    assert again is not None
    assert str(again) == str(parse(str(again)))
    assert in_words(again)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(typed: str) -> None:
    wanted = Filter(typed)

    assert (wanted.error is None) or wanted.node is None
    completions(typed, [SIGNED_IN])


@pytest.fixture
def noted() -> tuple[TrafficBook, Marks]:
    """Three logins: marked blue with a note, a request of it plainly marked, and untouched."""
    marks = Marks()
    book = TrafficBook(marks=marks)
    first = [an_exchange(id=f"a{at}", login_id="l-a") for at in range(2)]
    book.absorb([*first, an_exchange(id="b", login_id="l-b"), an_exchange(id="c", login_id="")])
    login, other, _ = book.logins
    marks.put(RowMark("", marked=True, colour="blue", note="Ask (Bob) & Eve"), login)
    marks.put(RowMark("", marked=True), other, other.last)
    return book, marks


@pytest.mark.parametrize(
    ("typed", "requests", "logins"),
    [
        ("~mark", ["a0", "a1", "b"], ["l-a", "l-b"]),
        ("!~mark", ["c"], [""]),
        ("~colour blue", ["a0", "a1"], ["l-a"]),
        ("~colour BLUE", ["a0", "a1"], ["l-a"]),
        ("~colour pink", [], []),
        ('~note "(bob) &"', ["a0", "a1"], ["l-a"]),
        ("~note nobody", [], []),
    ],
)
def test_what_was_noted_is_found_on_requests_and_their_logins(
    noted, typed, requests, logins
) -> None:
    book, marks = noted
    wanted = Filter(typed, marks)

    assert wanted.looks_at_marks
    assert [it.exchange.id for it in wanted.select(book.entries)] == requests
    assert [it.login_id for it in wanted.select(book.logins)] == logins


def test_colours_are_completed_and_others_refused_in_words(noted) -> None:
    _, marks = noted

    offered = completions("~colour p", ())

    assert [it.shown for it in offered] == ["purple", "pink"]
    assert offered[0].meaning == "it or its login is marked “purple”"
    assert str(Filter("~colour red", marks).error) == "a colour is blue, teal, purple or pink"


def test_nothing_can_be_held_for_what_is_only_noted_later() -> None:
    assert "only there" in str(Filter("~mark").error)
