"""A sentence read into records; see `sentences` for the language."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from sandbox_app.domain.conditions.faults import (
    METHODS,
    AfterFirstN,
    Always,
    Answer,
    AnyRequest,
    AtHandshake,
    AtOperation,
    AtPath,
    AtStep,
    BadCertificate,
    Cadence,
    Cut,
    Delay,
    Duplicate,
    Effect,
    EveryNth,
    Fault,
    FirstN,
    Hang,
    LostCookie,
    MalformedJson,
    Place,
    Reset,
    Step,
    Then,
    When,
    WithProbability,
    WrongType,
)
from sandbox_app.workbench.conditions.durations import parse_duration
from sandbox_app.workbench.conditions.faults.sentences import (
    CERTIFICATE_WORDS,
    STEP_WORDS,
    Sentence,
)
from sandbox_app.workbench.conditions.faults.words import (
    KEYWORDS,
    Kind,
    SentenceError,
    Word,
    WrongValue,
    words_of,
)

MadeT = TypeVar("MadeT")

_STEPS = {word.lower(): step for step, word in STEP_WORDS.items()} | {
    "key-set": Step.KEY_SET,
    "keys": Step.KEY_SET,
}
_CERTIFICATES = {word: defect for defect, word in CERTIFICATE_WORDS.items()}
_ORDINAL = re.compile(r"(\d{1,9})(st|nd|rd|th)?", re.ASCII | re.IGNORECASE)
_INTEGER = re.compile(r"\d{1,19}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_UNITS = ("ms", "s", "m", "h")

PLACES = "any, a path like /oauth2/token, " + ", ".join(STEP_WORDS.values()) + ", operation or TLS"
EFFECTS = (
    "a status like 503, delay, hang, reset, cut, content type, malformed JSON, lost cookie, "
    "duplicated response, or expired, wrong-name or untrusted certificate"
)
CADENCES = "always, every 3rd, first 2, after the first 2 or with probability 10%"


def parse(sentence: str) -> Sentence:
    """The records that a sentence means.

    Raises:
        SentenceError: it is none; the message says where and what was expected there.
    """
    return _Reader(sentence).sentence()


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = words_of(text)
        self._next = 0

    def sentence(self) -> Sentence:
        place = self._place()
        client, user = self._who()
        self._take(Kind.ARROW, "→ (or ->), perhaps “for client …” or “for user …” before it")
        at = self._word.at
        then = self._then()
        cadence = self._cadence()
        if self._word.kind is not Kind.END:
            raise self._unexpected("the end of the sentence" if cadence else f"{CADENCES}")
        when = self._made(
            0, lambda: When(place=place, client=client, user=user, cadence=cadence or Always())
        )
        # Made once, because only a whole fault can tell whether the two go together.
        self._made(at, lambda: Fault(id="", when=when, then=then))
        return Sentence(when, then)

    def _place(self) -> Place:
        if self._skip("tls"):
            return AtHandshake()
        method = ""
        if self._word.key.upper() in METHODS:
            method = self._step().text.upper()
        word = self._word
        if word.text.startswith("/"):
            self._step()
            return self._made(word.at, lambda: AtPath(word.text, method))
        if word.key in _STEPS:
            self._step()
            return AtStep(_STEPS[word.key], method)
        if self._skip("any"):
            if not method and self._skip("operation"):
                return AtOperation()
            self._skip("request", "requests")
            return AnyRequest(method)
        if not method and self._skip("operation"):
            name = self._value("the name of an operation such as InitiateAuth")
            return self._made(name.at, lambda: AtOperation(name.text))
        raise self._unexpected(PLACES)

    def _who(self) -> tuple[str, str]:
        client = user = ""
        while self._skip("for") or ((client or user) and self._skip("and")):
            if not client and self._skip("client"):
                client = self._value("a client's id or name").text
            elif not user and self._skip("user"):
                user = self._value("a user's name").text
            else:
                raise self._unexpected("“client …” or “user …”, each once")
        return client, user

    def _then(self) -> Then:
        at = self._word.at
        delay = self._delay() if self._skip("delay") else None
        effect: Effect | None = None
        if delay is None:
            effect = self._effect()
            if self._is_after_a_while():
                self._step()
                delay = self._delay()
        elif self._skip("then", "and") or self._is_effect_behind_comma():
            effect = self._effect()
        return self._made(at, lambda: Then(delay=delay, effect=effect))

    def _is_after_a_while(self) -> bool:
        """`after 2s` is a delay; `after the first 2` is not."""
        return self._word.key == "after" and self._words[self._next + 1].key not in (
            "the",
            "first",
        )

    def _is_effect_behind_comma(self) -> bool:
        if self._word.kind is not Kind.COMMA:
            return False
        if self._words[self._next + 1].key in KEYWORDS:
            return False
        self._step()
        return True

    def _effect(self) -> Effect:
        word, at = self._word, self._next
        self._step()
        if word.kind is Kind.WORD and len(word.text) == 3 and _INTEGER.fullmatch(word.text):
            return self._answer(word)
        for key, read in (
            ("hang", Hang),
            ("reset", self._reset),
            ("cut", self._cut),
            ("content", self._content_type),
            ("wrong", self._wrong),
            ("malformed", self._malformed),
            ("lost", self._lost_cookie),
            ("lose", self._lost_cookie),
            ("duplicated", self._duplicate),
            ("duplicate", self._duplicate),
        ):
            if word.key == key:
                return read()
        if word.key in _CERTIFICATES:
            self._skip("certificate")
            return _CERTIFICATES[word.key]
        self._next = at
        raise self._unexpected(EFFECTS)

    def _answer(self, status: Word) -> Answer:
        error = ""
        if self._word.kind is Kind.QUOTED or (
            self._word.kind is Kind.WORD and self._word.key not in KEYWORDS
        ):
            error = self._step().text
        return self._made(status.at, lambda: Answer(int(status.text), error))

    def _reset(self) -> Reset:
        self._skip("connection")
        return Reset()

    def _cut(self) -> Cut:
        self._expect("after", "“after 20 bytes”")
        size = self._integer("a number of bytes")
        self._skip("byte", "bytes")
        return self._made(size.at, lambda: Cut(int(size.text)))

    def _wrong(self) -> WrongType | BadCertificate:
        if self._skip("name"):
            self._skip("certificate")
            return BadCertificate.WRONG_NAME
        self._expect("content", "“content type” or “name certificate”")
        return self._content_type()

    def _content_type(self) -> WrongType:
        self._expect("type", "“type”, then a media type such as text/html")
        word = self._word
        if "/" not in word.text or word.kind not in (Kind.WORD, Kind.QUOTED):
            return WrongType()
        self._step()
        return self._made(word.at, lambda: WrongType(word.text))

    def _malformed(self) -> MalformedJson:
        self._expect("json", "“JSON”")
        return MalformedJson()

    def _lost_cookie(self) -> LostCookie:
        if self._skip("cookies"):
            return LostCookie()
        self._expect("cookie", "“cookie” and its name, or “cookies”")
        name = self._value("a cookie's name")
        return self._made(name.at, lambda: LostCookie(name.text))

    def _duplicate(self) -> Duplicate:
        self._skip("response", "answer")
        return Duplicate()

    def _delay(self) -> Delay:
        at = self._word.at
        wait, jitter = self._span(), timedelta(0)
        if self._word.kind is Kind.SPREAD:
            self._step()
            jitter = self._span()
        seed = self._seed()
        return self._made(at, lambda: Delay(wait, jitter, seed))

    def _cadence(self) -> Cadence | None:
        """How often, where it is said."""
        is_promised = self._word.kind is Kind.COMMA
        if is_promised:
            self._step()
        word = self._word
        cadence = self._said_cadence()
        if cadence is None:
            if is_promised:
                raise self._unexpected(CADENCES)
            return None
        self._skip("time", "times", "request", "requests")
        return self._made(word.at, cadence)

    def _said_cadence(self) -> Callable[[], Cadence] | None:
        if self._skip("always"):
            return Always
        if self._skip("once"):
            return FirstN
        if self._skip("every"):
            nth = self._matching(_ORDINAL, "a number such as 3rd")
            return lambda: EveryNth(int(nth.text.rstrip("stndrhSTNDRH")))
        if self._skip("first"):
            count = self._integer("a number")
            return lambda: FirstN(int(count.text))
        if self._skip("after"):
            self._skip("the")
            self._expect("first", "“the first 2”")
            count = self._integer("a number")
            return lambda: AfterFirstN(int(count.text))
        if self._skip("with"):
            self._expect("probability", "“probability 10%”")
            percent, seed = self._percent(), self._seed()
            return lambda: WithProbability(percent, seed)
        return None

    def _seed(self) -> int:
        return int(self._integer("a whole number").text) if self._skip("seed") else 0

    def _percent(self) -> float:
        word = self._word
        text = word.text.removesuffix("%")
        if word.kind is not Kind.WORD or not _NUMBER.fullmatch(text):
            raise self._unexpected("a probability such as 10% or 0.5%")
        self._step()
        if text == word.text:
            self._expect("%", "the sign %")
        return float(text)

    def _span(self) -> timedelta:
        word = self._word
        if word.kind is not Kind.WORD:
            raise self._unexpected("a duration such as 2s or 500ms")
        self._step()
        text = word.text
        if _NUMBER.fullmatch(text) and self._word.key in _UNITS:
            text += self._step().text
        try:
            return parse_duration(text)
        except ValueError:
            self._next -= 1
            raise SentenceError(
                self._text, word.at, "a duration such as 2s or 500ms", word.shown
            ) from None

    def _integer(self, expected: str) -> Word:
        return self._matching(_INTEGER, expected)

    def _matching(self, pattern: re.Pattern[str], expected: str) -> Word:
        if self._word.kind is not Kind.WORD or not pattern.fullmatch(self._word.text):
            raise self._unexpected(expected)
        return self._step()

    def _value(self, expected: str) -> Word:
        word = self._word
        if word.kind not in (Kind.WORD, Kind.QUOTED) or not word.text:
            raise self._unexpected(expected)
        return self._step()

    @property
    def _word(self) -> Word:
        return self._words[self._next]

    def _step(self) -> Word:
        word = self._word
        if word.kind is not Kind.END:
            self._next += 1
        return word

    def _skip(self, *keys: str) -> bool:
        if self._word.key not in keys:
            return False
        self._next += 1
        return True

    def _expect(self, key: str, expected: str) -> None:
        if not self._skip(key):
            raise self._unexpected(expected)

    def _take(self, kind: Kind, expected: str) -> None:
        if self._word.kind is not kind:
            raise self._unexpected(expected)
        self._next += 1

    def _unexpected(self, expected: str) -> SentenceError:
        return SentenceError(self._text, self._word.at, expected, self._word.shown)

    def _made(self, at: int, make: Callable[[], MadeT]) -> MadeT:
        """What `make` makes; a value that the record refuses is an error at this place."""
        try:
            return make()
        except SentenceError:
            raise
        except ValueError as error:
            raise WrongValue(self._text, at, str(error)) from None
