"""A sentence read into records; see `sentences` for the language."""

import re
from collections.abc import Callable
from datetime import timedelta

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
from sandbox_app.workbench.conditions.faults.cursor import Cursor
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
)

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


class _Reader(Cursor):
    """Reads one sentence from left to right."""

    def sentence(self) -> Sentence:
        place = self._place()
        client, user = self._who()
        self.take(Kind.ARROW, "→ (or ->), perhaps “for client …” or “for user …” before it")
        at = self.word.at
        then = self._then()
        cadence = self._cadence()
        if self.word.kind is not Kind.END:
            raise self.unexpected("the end of the sentence" if cadence else f"{CADENCES}")
        when = self.made(
            0, lambda: When(place=place, client=client, user=user, cadence=cadence or Always())
        )
        # Made once, because only a whole fault can tell whether the two go together.
        self.made(at, lambda: Fault(id="", when=when, then=then))
        return Sentence(when, then)

    def _place(self) -> Place:
        if self.skip("tls"):
            return AtHandshake()
        method = ""
        if self.word.key.upper() in METHODS:
            method = self.step().text.upper()
        word = self.word
        if word.text.startswith("/"):
            self.step()
            return self.made(word.at, lambda: AtPath(word.text, method))
        if word.key in _STEPS:
            self.step()
            return AtStep(_STEPS[word.key], method)
        if self.skip("any"):
            if not method and self.skip("operation"):
                return AtOperation()
            self.skip("request", "requests")
            return AnyRequest(method)
        if not method and self.skip("operation"):
            name = self.value("the name of an operation such as InitiateAuth")
            return self.made(name.at, lambda: AtOperation(name.text))
        raise self.unexpected(PLACES)

    def _who(self) -> tuple[str, str]:
        client = user = ""
        while self.skip("for") or ((client or user) and self.skip("and")):
            if not client and self.skip("client"):
                client = self.value("a client's id or name").text
            elif not user and self.skip("user"):
                user = self.value("a user's name").text
            else:
                raise self.unexpected("“client …” or “user …”, each once")
        return client, user

    def _then(self) -> Then:
        at = self.word.at
        delay = self._delay() if self.skip("delay") else None
        effect: Effect | None = None
        if delay is None:
            effect = self._effect()
            if self._is_after_a_while():
                self.step()
                delay = self._delay()
        elif self.skip("then", "and") or self._is_effect_behind_comma():
            effect = self._effect()
        return self.made(at, lambda: Then(delay=delay, effect=effect))

    def _is_after_a_while(self) -> bool:
        """`after 2s` is a delay; `after the first 2` is not."""
        return self.word.key == "after" and self.words[self.at + 1].key not in (
            "the",
            "first",
        )

    def _is_effect_behind_comma(self) -> bool:
        if self.word.kind is not Kind.COMMA:
            return False
        if self.words[self.at + 1].key in KEYWORDS:
            return False
        self.step()
        return True

    def _effect(self) -> Effect:
        word, at = self.word, self.at
        self.step()
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
            self.skip("certificate")
            return _CERTIFICATES[word.key]
        self.at = at
        raise self.unexpected(EFFECTS)

    def _answer(self, status: Word) -> Answer:
        error = ""
        if self.word.kind is Kind.QUOTED or (
            self.word.kind is Kind.WORD and self.word.key not in KEYWORDS
        ):
            error = self.step().text
        return self.made(status.at, lambda: Answer(int(status.text), error))

    def _reset(self) -> Reset:
        self.skip("connection")
        return Reset()

    def _cut(self) -> Cut:
        self.expect("after", "“after 20 bytes”")
        size = self.integer("a number of bytes")
        self.skip("byte", "bytes")
        return self.made(size.at, lambda: Cut(int(size.text)))

    def _wrong(self) -> WrongType | BadCertificate:
        if self.skip("name"):
            self.skip("certificate")
            return BadCertificate.WRONG_NAME
        self.expect("content", "“content type” or “name certificate”")
        return self._content_type()

    def _content_type(self) -> WrongType:
        self.expect("type", "“type”, then a media type such as text/html")
        word = self.word
        if "/" not in word.text or word.kind not in (Kind.WORD, Kind.QUOTED):
            return WrongType()
        self.step()
        return self.made(word.at, lambda: WrongType(word.text))

    def _malformed(self) -> MalformedJson:
        self.expect("json", "“JSON”")
        return MalformedJson()

    def _lost_cookie(self) -> LostCookie:
        if self.skip("cookies"):
            return LostCookie()
        self.expect("cookie", "“cookie” and its name, or “cookies”")
        name = self.value("a cookie's name")
        return self.made(name.at, lambda: LostCookie(name.text))

    def _duplicate(self) -> Duplicate:
        self.skip("response", "answer")
        return Duplicate()

    def _delay(self) -> Delay:
        at = self.word.at
        wait, jitter = self._span(), timedelta(0)
        if self.word.kind is Kind.SPREAD:
            self.step()
            jitter = self._span()
        seed = self._seed()
        return self.made(at, lambda: Delay(wait, jitter, seed))

    def _cadence(self) -> Cadence | None:
        """How often, where it is said."""
        is_promised = self.word.kind is Kind.COMMA
        if is_promised:
            self.step()
        word = self.word
        cadence = self._said_cadence()
        if cadence is None:
            if is_promised:
                raise self.unexpected(CADENCES)
            return None
        self.skip("time", "times", "request", "requests")
        return self.made(word.at, cadence)

    def _said_cadence(self) -> Callable[[], Cadence] | None:
        if self.skip("always"):
            return Always
        if self.skip("once"):
            return FirstN
        if self.skip("every"):
            nth = self.matching(_ORDINAL, "a number such as 3rd")
            return lambda: EveryNth(int(nth.text.rstrip("stndrhSTNDRH")))
        if self.skip("first"):
            count = self.integer("a number")
            return lambda: FirstN(int(count.text))
        if self.skip("after"):
            self.skip("the")
            self.expect("first", "“the first 2”")
            count = self.integer("a number")
            return lambda: AfterFirstN(int(count.text))
        if self.skip("with"):
            self.expect("probability", "“probability 10%”")
            percent, seed = self._percent(), self._seed()
            return lambda: WithProbability(percent, seed)
        return None

    def _seed(self) -> int:
        return int(self.integer("a whole number").text) if self.skip("seed") else 0

    def _percent(self) -> float:
        word = self.word
        text = word.text.removesuffix("%")
        if word.kind is not Kind.WORD or not _NUMBER.fullmatch(text):
            raise self.unexpected("a probability such as 10% or 0.5%")
        self.step()
        if text == word.text:
            self.expect("%", "the sign %")
        return float(text)

    def _span(self) -> timedelta:
        word = self.word
        if word.kind is not Kind.WORD:
            raise self.unexpected("a duration such as 2s or 500ms")
        self.step()
        text = word.text
        if _NUMBER.fullmatch(text) and self.word.key in _UNITS:
            text += self.step().text
        try:
            return parse_duration(text)
        except ValueError:
            self.at -= 1
            raise SentenceError(
                self.text, word.at, "a duration such as 2s or 500ms", word.shown
            ) from None
