"""Rows in the right order, whatever order exchanges end in; and text that nothing breaks."""

import pytest

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live.sequence import (
    Kind,
    Lane,
    Pause,
    Sequence,
    State,
    Step,
    mermaid_text,
)
from tests.gui.live.samples import NOW, Log, a_detail, a_sign_in, an_exchange

HTML = Message(headers=(("Accept", "text/html"),))
BACK = "/oauth2/idpresponse"


def redirect(to: str) -> Message:
    return Message(headers=(("Location", to),))


def arrows(sequence: Sequence) -> list[str]:
    return [f"{step.source} → {step.target} {step.label}" for step in sequence.steps]


def a_federated_return(sequence: Sequence) -> None:
    """The pool asks the provider while it answers the browser, so its own request ends first."""
    back = an_exchange(path=BACK, step="idp response", started_at=NOW, duration=40)
    asked = an_exchange(
        path="/google/token",
        step="provider token",
        method="POST",
        status=200,
        started_at=NOW + 0.01,
    )
    sequence.add(asked, a_detail(asked))
    sequence.add(
        back,
        a_detail(
            back,
            target=f"{BACK}?redirect_uri=http%3A%2F%2Fapp%2Fcb",
            response=redirect("http://app/cb?code=c&state=s"),
        ),
    )


def test_what_the_pool_asks_a_provider_stands_inside_the_request_it_serves() -> None:
    sequence = Sequence()
    a_federated_return(sequence)

    assert sequence.lanes == tuple(Lane)
    assert arrows(sequence) == [
        f"Browser → User pool GET {BACK}",
        "User pool → Identity provider POST /google/token",
        "Identity provider → User pool 200",
        "User pool → Browser 302 → /cb",
        "Browser → App GET /cb",
    ]
    assert [step.number for step in sequence.steps] == [1, 2, 3, 4, 5]


def test_a_provider_is_called_by_the_name_the_app_asked_for() -> None:
    sequence = Sequence()
    asked = an_exchange()
    sequence.add(
        asked,
        a_detail(
            asked,
            target="/oauth2/authorize?identity_provider=Google",
            response=redirect("http://localhost:9401/google/authorize?state=x"),
        ),
    )
    at_provider = an_exchange(step="provider authorize", path="/google/authorize", status=200)
    sequence.add(at_provider, a_detail(at_provider, request=HTML))

    assert sequence.name_of(Lane.PROVIDER) == ("Google", "simulated")
    assert arrows(sequence)[2:] == [
        "User pool → Browser 302 → localhost:9401/google/authorize",
        "Browser → Identity provider GET /google/authorize",
        "Identity provider → Browser 200",
    ]


def test_a_held_answer_becomes_a_sent_one_in_place() -> None:
    sequence, log = Sequence(), Log()
    exchanges = a_sign_in(log, "l1", NOW)
    held = exchanges[2]
    for exchange in exchanges[:2]:
        sequence.add(exchange, log.detail(exchange.id))
    detail = a_detail(
        held,
        target="/login?redirect_uri=http%3A%2F%2Fapp%2Fcb",
        response=redirect("http://app/cb?code=c"),
    )

    first = sequence.add(held, detail, pending=True)
    assert sequence.steps[-1].state is State.HELD
    assert not sequence.holds(held.id)
    assert isinstance(sequence.rows[first], Pause)

    assert sequence.add(held, detail) == first
    assert sequence.holds(held.id)
    assert [step.state for step in sequence.steps] == [State.SENT] * len(sequence.steps)
    # Only now does the browser follow.
    assert sequence.steps[-1].kind is Kind.UNSEEN


@pytest.mark.parametrize(
    ("rule", "state", "caption", "title", "how"),
    [
        (
            "US-H1",
            State.GONE,
            "client gone",
            "The browser was gone before the answer came",
            "gave up waiting",
        ),
        ("US-H2", State.DROPPED, "connection cut", "The connection was cut by hand", "dropped"),
    ],
)
def test_an_answer_nobody_heard_says_so_and_what_it_would_have_been(
    rule, state, caption, title, how
) -> None:
    sequence, heard = Sequence(), Sequence()
    exchange = an_exchange(path="/login", step="login", status=200)
    heard.add(exchange, a_detail(exchange))
    checks = (Check(rule, Verdict.NOTED),)
    sequence.add(exchange, a_detail(exchange, checks=checks))

    answer = sequence.steps[-1]
    assert (answer.state, answer.caption) == (state, caption)
    assert answer.story.title == title
    first, second, third = answer.story.sentences
    assert how in first
    assert second == "This never arrived: the pool shows its sign-in page."
    assert heard.steps[-1].story.title == "The pool shows its sign-in page"
    assert "stays done" in third
    assert answer.story.sources[-1] == f"rule {rule}"


def test_adding_one_more_changes_only_what_comes_after() -> None:
    sequence, log = Sequence(), Log()
    for login in range(50):
        for exchange in a_sign_in(log, "l1", NOW + login * 60):
            before = list(sequence.rows)
            first = sequence.add(exchange, log.detail(exchange.id))
            assert first == len(before)
            assert sequence.rows[:first] == before

    assert len(sequence.steps) > 500
    assert [step.number for step in sequence.steps] == list(range(1, len(sequence.steps) + 1))


def test_without_its_details_an_exchange_is_still_two_arrows() -> None:
    sequence = Sequence()
    sequence.add(an_exchange(), None)

    assert arrows(sequence) == [
        "App → Browser → /oauth2/authorize",
        "Browser → User pool GET /oauth2/authorize",
        "User pool → Browser 302",
    ]


def test_mermaid_reads_nothing_a_stranger_sent_as_its_own() -> None:
    sequence = Sequence()
    sequence.add(
        an_exchange(
            path="/x;%%{init}#<b>\nend",
            step="unknown path",
            status=404,
            client_name='evil"; participant Z',
        ),
        None,
    )

    text = mermaid_text(sequence)

    assert len(text.splitlines()) == 5
    assert "participant A as App (evil#34;#59; participant Z)" in text
    assert "GET /x#59;#37;#37;{init}#35;#60;b#62; end" in text


def test_a_step_never_shows_a_query() -> None:
    sequence = Sequence()
    a_federated_return(sequence)

    assert not any("?" in row.label for row in sequence.rows if isinstance(row, Step))


def test_an_answer_that_a_fault_kept_away_is_an_arrow_that_says_so() -> None:
    sequence = Sequence()
    lost = an_exchange(
        path="/oauth2/token",
        step="token",
        method="POST",
        status=0,
        rule="US-F2",
        error="no_answer",
        fault="token → reset",
    )
    handshake = an_exchange(
        path="localhost",
        step="TLS handshake",
        method="TLS",
        status=0,
        rule="US-F3",
        error="bad_certificate",
        fault="TLS → expired certificate",
    )
    for exchange in (lost, handshake):
        sequence.add(exchange, a_detail(exchange, http_version=""))

    answers = [step for step in sequence.steps if step.kind is Kind.ANSWER]
    assert [step.verb for step in answers] == ["no answer", "no answer"]
    assert all(step.refused for step in answers)
    assert "a fault of the sandbox kept the answer away" in str(answers[0].story)
    assert "no answer" in mermaid_text(sequence)


def test_a_fault_of_the_sandbox_is_told_as_one() -> None:
    sequence = Sequence()
    sequence.add(
        an_exchange(step="token", method="POST", status=503, fault="503 now and then"), None
    )
    answer = sequence.steps[-1]

    assert answer.is_faulty
    assert answer.caption == "fault: 503 now and then"
    assert "“503 now and then” is switched on" in answer.story.sentences[0]


def test_an_answer_that_never_went_out_ends_on_the_way() -> None:
    sequence = Sequence()
    sequence.add(an_exchange(step="token", method="POST", status=0, fault="cut"), None)

    assert (sequence.steps[-1].state, sequence.steps[-1].caption) == (
        State.DROPPED,
        "connection cut",
    )


def test_what_the_window_repeats_comes_from_no_app_and_leads_to_none() -> None:
    """No leg is drawn that nobody goes: neither to the browser before, nor to the app behind."""
    sequence = Sequence()
    known = {"username": "alice", "login_id": "l1"}
    first = an_exchange(started_at=NOW, **known)
    again = an_exchange(started_at=NOW, again_of=first.id, again_at=NOW - 60, **known)
    given = {
        "target": "/oauth2/authorize?redirect_uri=http%3A%2F%2Fapp%2Fcb",
        "response": redirect("http://app/cb?code=c&state=s"),
    }

    sequence.add(again, a_detail(again, **given))

    asked, answered = sequence.steps
    assert (asked.kind, answered.kind) == (Kind.REQUEST, Kind.ANSWER)
    assert asked.caption == "sent again"
    assert asked.is_repeated
    assert "neither browser nor app hear of it" in asked.story.sentences[2]
    usual = Sequence()
    usual.add(first, a_detail(first, **given))
    assert [step.kind for step in usual.steps].count(Kind.UNSEEN) == 2
