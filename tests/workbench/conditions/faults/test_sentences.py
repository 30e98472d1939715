"""The language of faults: what is written is read back, and what cannot be read is told where."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.domain.conditions.faults import (
    AfterFirstN,
    Always,
    Answer,
    AnyRequest,
    AtHandshake,
    AtOperation,
    AtPath,
    AtStep,
    BadCertificate,
    Cut,
    Delay,
    EveryNth,
    Fault,
    FirstN,
    Hang,
    LostCookie,
    Reset,
    Step,
    Then,
    When,
    WithProbability,
    WrongType,
)
from sandbox_app.workbench.conditions.faults.parsing import parse
from sandbox_app.workbench.conditions.faults.sentences import Sentence, write
from sandbox_app.workbench.conditions.faults.words import LONGEST, SentenceError
from tests.workbench.conditions.faults.strategies import sentences

TOKEN = AtPath("/oauth2/token", "POST")
TWO_SECONDS = timedelta(seconds=2)

CANONICAL = [
    (
        "POST /oauth2/token → 503 every 3rd",
        When(place=TOKEN, cadence=EveryNth(3)),
        Then(effect=Answer(503)),
    ),
    (
        "POST /oauth2/token for client web → 400 invalid_grant first 2",
        When(place=TOKEN, client="web", cadence=FirstN(2)),
        Then(effect=Answer(400, "invalid_grant")),
    ),
    (
        "GET jwks → delay 2s ± 500ms",
        When(place=AtStep(Step.KEY_SET, "GET")),
        Then(delay=Delay(TWO_SECONDS, timedelta(milliseconds=500))),
    ),
    (
        "any → reset with probability 10% seed 7",
        When(cadence=WithProbability(10, 7)),
        Then(effect=Reset()),
    ),
    (
        "/oauth2/userInfo for user alice → cut after 20 bytes",
        When(place=AtPath("/oauth2/userInfo"), user="alice"),
        Then(effect=Cut(20)),
    ),
    (
        "TLS → expired certificate every 2nd",
        When(place=AtHandshake(), cadence=EveryNth(2)),
        Then(effect=BadCertificate.EXPIRED),
    ),
    (
        "operation InitiateAuth → 429 after the first 5",
        When(place=AtOperation("InitiateAuth"), cadence=AfterFirstN(5)),
        Then(effect=Answer(429)),
    ),
    (
        'token for client "my app" and user alice → delay 1m30s ± 1s seed 4, hang',
        When(place=AtStep(Step.TOKEN), client="my app", user="alice"),
        Then(delay=Delay(timedelta(seconds=90), timedelta(seconds=1), 4), effect=Hang()),
    ),
    (
        "login → lost cookie cognito",
        When(place=AtStep(Step.LOGIN)),
        Then(effect=LostCookie("cognito")),
    ),
]

OTHER_WORDS = [
    ("POST /oauth2/token -> 503 every 3rd", "POST /oauth2/token → 503 every 3rd"),
    ("post /oauth2/token→503,every 3rd time", "POST /oauth2/token → 503 every 3rd"),
    ("any=>503 , first 2 times", "any → 503 first 2"),
    ("any requests → 503 once", "any → 503 first 1"),
    ("any → 503 always", "any → 503"),
    ("POST /oauth2/token → 503 after 2s every 3", "POST /oauth2/token → delay 2s, 503 every 3rd"),
    ("any → delay 2 s +- 500 ms", "any → delay 2s ± 500ms"),
    ("any → delay 2s then reset connection", "any → delay 2s, reset"),
    ("any → 503 after first 3", "any → 503 after the first 3"),
    ("any → reset with probability 0.50 %", "any → reset with probability 0.5%"),
    ("key-set → wrong content type", "jwks → content type text/html"),
    ("USERINFO → duplicate answer", "userInfo → duplicated response"),
    ("tls → wrong name", "TLS → wrong-name certificate"),
    ("any operation -> 429", "any operation → 429"),
    ("  login   →   lose cookies  ", "login → lost cookies"),
    ("token for user alice for client web → hang", "token for client web and user alice → hang"),
]

WRONG = [
    ("", 0, "any, a path"),
    ("the moon → 503", 0, "any, a path"),
    ("POST → 503", 5, "any, a path"),
    ("token", 5, "→ (or ->)"),
    ("token 503", 6, "→ (or ->)"),
    ("token → ", 7, "a status like 503"),
    ("token → explode", 8, "a status like 503"),
    ("token → 200", 8, "400 to 599"),
    ("authorize → 302", 12, "302 server_error"),
    ("token → 302 server_error", 8, "only authorize and login"),
    ("any → 302 server_error", 6, "only authorize and login"),
    ("token → 503 evry 3rd", 17, "first 2"),
    ("token → 503 every", 17, "a number such as 3rd"),
    ("token → 503 every 1st", 12, "not from 2"),
    ("token → 503, sometimes", 13, "with probability 10%"),
    ("token → 503 every 3rd please", 22, "the end of the sentence"),
    ("token → delay soon", 14, "a duration such as 2s"),
    ("token → delay 2h", 14, "1ms to 1h"),
    ("token → delay 1s ± 2s", 14, "more than itself"),
    ("token → delay 2s seed 4", 14, "needs no seed"),
    ("token → cut 20", 12, "after 20 bytes"),
    ("token → cut after some bytes", 18, "a number of bytes"),
    ("token → reset with probability 110%", 14, "0.001% to 100%"),
    ("token → reset with probability ten", 31, "10% or 0.5%"),
    ('token for client "web → 503', 17, "a closing quotation mark"),
    ("token for → 503", 10, "client …"),
    ("token for client web for client spa → 503", 25, "each once"),
    ("token → expired certificate", 8, "belong to TLS"),
    ("TLS → 503", 6, "belong to TLS"),
    ("TLS for client web → expired", 21, "does not tell client"),
    ("TLS → delay 2s", 6, "belong to TLS"),
    ("operation Initiate-Auth → 429", 10, "InitiateAuth"),
    ("login → lost cookie", 19, "a cookie's name"),
    ("any → " + "x" * LONGEST, LONGEST, "at most"),
]


@pytest.mark.parametrize(("sentence", "when", "then"), CANONICAL)
def test_a_sentence_means_its_records_and_they_are_written_as_it(
    sentence: str, when: When, then: Then
) -> None:
    assert parse(sentence) == Sentence(when, then)
    assert write(when, then) == sentence


@pytest.mark.parametrize(("said", "written"), OTHER_WORDS)
def test_the_same_can_be_said_in_other_words(said: str, written: str) -> None:
    assert str(parse(said)) == written


@given(sentences)
def test_whatever_can_be_told_is_read_back_as_it_was(sentence: Sentence) -> None:
    fault = Fault(id="1", when=sentence.when, then=sentence.then)

    assert parse(str(sentence)) == Sentence(fault.when, fault.then)


@pytest.mark.parametrize(("sentence", "at", "expected"), WRONG)
def test_what_is_no_sentence_is_told_where_and_what_was_expected(
    sentence: str, at: int, expected: str
) -> None:
    with pytest.raises(SentenceError) as raised:
        parse(sentence)

    error = raised.value
    assert (error.at, error.sentence) == (at, sentence)
    assert f"at character {at + 1}: " in str(error)
    assert expected in str(error)
    assert error.pointed.splitlines()[1:] == [" " * at + "^"]


FRAGMENTS = " ".join(sentence for sentence, _, _ in CANONICAL).split()


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=9).map(" ".join))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    try:
        said = parse(text)
    except SentenceError:
        return
    assert parse(str(said)) == said


def test_nothing_is_made_that_has_no_sentence() -> None:
    for make in (
        lambda: Then(),
        lambda: AtPath("oauth2/token"),
        lambda: AnyRequest("get"),
        lambda: WrongType("html"),
        lambda: LostCookie("a;b"),
        lambda: Answer(400, "not a word"),
        lambda: Delay(timedelta(microseconds=1)),
        lambda: When(client="a\nb"),
        lambda: WithProbability(0.0001),
        lambda: Fault(id="1", when=When(), then=Then(effect=BadCertificate.EXPIRED)),
    ):
        with pytest.raises(ValueError, match=r"."):
            make()
    assert Fault(id="1", when=When(cadence=Always()), then=Then(effect=Hang())).enabled
