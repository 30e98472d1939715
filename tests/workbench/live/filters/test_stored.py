"""What the workspace finds by a filter is what the filter itself lets pass, whatever it says."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.store import Store, traffic_search, traffic_values, traffic_writer
from sandbox_app.store.traffic_conditions import is_exact
from sandbox_app.store.traffic_search import Span, count, matching, matching_logins
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.nodes import quoted
from sandbox_app.workbench.live.filters.stored import of_logins, of_requests
from sandbox_app.workbench.live.filters.terms import OPERATORS
from sandbox_app.workbench.live.marks import Marks
from sandbox_app.workbench.live.words import REFUSAL_WORDS

EVERYWHERE = Span(0, 2**62)
ODD = (
    "",
    "web",
    "Webhook",
    "WEB*",
    "a_b",
    "İstanbul",
    "straße",
    "K",
    "ſ",
    "ΑΣ",
    "100%",
    "a\x00b",
    "'x",
    "né é",
)
GRANTS = ("", "authorization_code", "refresh_token", "client_credentials", "USER_SRP_AUTH")

texts = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)


def exchanges(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Exchange]:
    return st.builds(
        Exchange,
        id=numbers.map(str),
        started_at=st.just(1.0),
        duration=st.sampled_from([0.0, 499.99, 500.0, 1e6]),
        method=st.sampled_from(["GET", "POST", "get", "DELETE"]),
        path=st.sampled_from(["/", "/oauth2/token", "/Login"]) | texts,
        status=st.sampled_from([0, 200, 302, 399, 400, 404, 503]),
        step=st.sampled_from(["", "token", "error page", "sign in as"]),
        login_id=st.sampled_from(["", "l1", "L1", "l2", "m77"]),
        pool_id=st.sampled_from(["", "us-east-1_One"]),
        client_id=texts,
        client_name=texts,
        username=texts,
        grant=st.sampled_from(GRANTS),
        rule=st.sampled_from(["", "AZ-4", "TC-1", "XX-1"]),
        error=st.sampled_from(["", "invalid_grant", "redirect_mismatch"]) | texts,
        fault=st.sampled_from(["", "POST /x → 503"]),
    )


def a_term(name: str) -> st.SearchStrategy[str]:
    if not OPERATORS[name].argument:
        return st.just(f"~{name}")
    given = {
        "c": st.sampled_from(["302", "4xx", "200-302", "0", "500-400"]),
        "slow": st.sampled_from(["0", "500", "999999999"]),
        "login": st.sampled_from(["l", "L1", "M7", "x", "", "l%"]),
        "grant": st.sampled_from(["code", "authorization code", "refresh", "", "user srp auth"]),
        "m": st.sampled_from(["get", "POST", ""]),
        "s": st.sampled_from(["token", "error*", ""]),
        "rule": st.sampled_from(["az-4", "*-1", ""]),
    }.get(name, st.sampled_from(["web", "WEB*", "*", "k", "*s*", "istanbul*", "az-?"]) | texts)
    return given.map(lambda argument: f"~{name} {quoted(argument)}")


SUMMARY = [name for name, operator in OPERATORS.items() if operator.summary is not None]
words = (
    st.sampled_from(
        [
            "e",
            "code",
            "no answer",
            "400",
            "get /",
            "fault:",
            "sen",
            "gain",
            "13:2",
            "again from",
            "az-4 redirect",
            "mismatch refused",
        ]
    )
    | texts
    | st.sampled_from([words[0] for words in REFUSAL_WORDS.values()])
).map(quoted)
terms = st.sampled_from(SUMMARY).flatmap(a_term)
leaves = terms | words
trees = st.recursive(
    leaves,
    lambda inner: (
        inner.map(lambda it: f"!({it})")
        | st.tuples(inner, inner).map(lambda it: f"({it[0]} & {it[1]})")
        | st.tuples(inner, inner).map(lambda it: f"({it[0]} | {it[1]})")
    ),
    max_leaves=5,
)
often = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def anybody(number: int, random: Random) -> Exchange:
    """One of a crowd in which every member takes every odd value, most often on its own."""

    def some(*values: Any) -> Any:
        return random.choice(values) if random.random() < 0.3 else values[0]

    def odd() -> str:
        letters = "".join(chr(random.choice((random.randrange(128), random.randrange(0x2FFF)))))
        return str(some(*ODD, letters))

    return Exchange(
        id=str(number),
        started_at=1.0,
        duration=some(0.0, 499.99, 500.0, 1e6),
        method=some("GET", "POST", "get", "DELETE"),
        path=some("/", "/oauth2/token", "/Login") + odd(),
        status=some(200, 0, 302, 399, 400, 404, 503),
        step=some("", "token", "error page", "sign in as"),
        login_id=some("", "l1", "L1", "l2", "m77"),
        pool_id=some("", "us-east-1_One"),
        client_id=odd(),
        client_name=odd(),
        username=odd(),
        grant=some(*GRANTS),
        rule=some("", "AZ-4", "TC-1", "XX-1"),
        error=some("", "invalid_grant", "redirect_mismatch"),
        fault=some("", "POST /x → 503"),
        **some({}, {"again_of": "an-id", "again_at": 1.7e9}),
    )


@pytest.fixture(scope="module")
def crowded(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Store, dict[int, Exchange]]]:
    """A workspace with 500 exchanges in many small blocks, and what it holds."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (traffic_values, traffic_writer, traffic_search):
            patched.setattr(module, "BLOCK", 16)
        opened = Store.open(tmp_path_factory.mktemp("crowded") / "workspace.sandbox")
        random = Random(11)
        stored = record(opened, [anybody(number, random) for number in range(500)])
        yield opened, stored
        opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "workspace.sandbox")
    yield opened
    opened.close()


def record(store: Store, found: list[Exchange]) -> dict[int, Exchange]:
    """Put them in place of what was there; they come back by row number, as they are stored."""
    store.traffic.clear()
    for exchange in found:
        store.traffic.append(exchange, a_detail(exchange.id))
    assert store.traffic.flush()
    return {row.sequence: row.exchange for row in store.traffic.page(None, 1000)}


def a_detail(key: str) -> ExchangeDetail:
    return ExchangeDetail(
        exchange_id=key,
        target="/",
        http_version="1.1",
        peer="",
        origin="",
        request=Message(),
        response=Message(),
    )


recorded = st.lists(exchanges(st.integers(0, 10**9)), min_size=1, max_size=8)


@pytest.mark.parametrize("name", SUMMARY)
def test_every_operator_finds_in_the_file_what_it_finds_in_memory(crowded, name) -> None:
    @often
    @given(a_term(name))
    def agrees(typed: str) -> None:
        check_requests(*crowded, typed, exact=True)
        check_requests(*crowded, f"!{typed}", exact=True)

    agrees()


@pytest.mark.parametrize("typed", ["~mark", "~note why", "!~mark", "~mark | alice"])
def test_what_was_noted_is_found_in_the_file(crowded, typed) -> None:
    store, stored = crowded
    marks = Marks()
    book = TrafficBook(marks=marks)
    book.absorb(stored[number] for number in sorted(stored))
    standing, login = book.logins[3], book.find("l2")
    marks.put(RowMark("", marked=True, note="Why?"), standing)
    marks.put(RowMark("", marked=True), login)
    marks.put(RowMark("", marked=True, note="why not"), login, login.exchanges[0])

    check_requests(store, stored, typed, exact=True, marks=marks)


def test_plain_words_find_in_the_file_what_they_find_in_memory(crowded) -> None:
    @often
    @given(words)
    def agrees(typed: str) -> None:
        check_requests(*crowded, typed)

    agrees()


def test_no_login_of_a_crowd_is_left_out(crowded) -> None:
    @often
    @given(trees)
    def agrees(typed: str) -> None:
        check_requests(*crowded, typed)
        check_logins(*crowded, typed)

    agrees()


def test_filters_of_any_make_find_in_the_file_what_they_find_in_memory(store) -> None:
    @often
    @given(recorded, trees)
    def agrees(found: list[Exchange], typed: str) -> None:
        check_requests(store, record(store, found), typed)

    agrees()


def check_requests(
    store: Store,
    stored: dict[int, Exchange],
    typed: str,
    *,
    exact: bool = False,
    marks: Marks | None = None,
) -> None:
    wanted = Filter(typed, marks)
    assert wanted.error is None
    condition = of_requests(wanted.node, marks)
    entries = TrafficBook().absorb(stored[number] for number in sorted(stored)).entries
    passing = [
        number
        for number, entry in zip(sorted(stored), entries, strict=True)
        if wanted.passes(entry)
    ]
    with store.reading() as connection:
        found = matching(connection, EVERYWHERE, condition, 1000)
        counted = count(connection, EVERYWHERE, condition)

    assert found == sorted(found, reverse=True)
    assert counted == len(found)
    assert is_exact(condition) or not exact
    if is_exact(condition):
        assert sorted(found) == passing
    assert set(passing) <= set(found)


def check_logins(store: Store, stored: dict[int, Exchange], typed: str) -> None:
    wanted = Filter(typed)
    book = TrafficBook()
    book.absorb(stored[number] for number in sorted(stored))
    with store.reading() as connection:
        rows = matching_logins(connection, EVERYWHERE, of_logins(wanted.node), 1000)
    ids = {stored[number].id for number in rows}
    for login in wanted.select(book.logins):
        assert ids & {exchange.id for exchange in login.exchanges}, login.text


def test_no_login_that_passes_is_left_out(store) -> None:
    @often
    @given(recorded, trees)
    def agrees(found: list[Exchange], typed: str) -> None:
        check_logins(store, record(store, found), typed)

    agrees()


def test_a_word_over_several_members_is_left_open_and_nothing_else_is() -> None:
    assert is_exact(of_requests(Filter("alice !~err (web | ~c 4xx)").node))
    assert not is_exact(of_requests(Filter('alice "get /login"').node))
    assert not is_exact(of_requests(Filter("alice !~b secret").node))
