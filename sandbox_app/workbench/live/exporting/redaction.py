"""Secrets masked in, or removed from, exchanges and texts that leave the program.

What is recorded holds no password and no client secret, but codes, tokens and cookies, which
still open doors. Masked, each gets a label in its place, and equal values get equal labels, so
that a reader still sees where a code came back.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from sandbox_app.domain.checks import Check
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers, Message
from sandbox_app.workbench.live.exporting.covering import Covering, Redaction
from sandbox_app.workbench.live.exporting.secret_texts import SecretTexts
from sandbox_app.workbench.live.messages import header


class Redactor:
    """Masks or removes secrets in everything that goes into one export.

    Args:
        how: what becomes of secrets.
        details: the exchanges that are exported; what is secret in one is secret in all texts.
    """

    def __init__(self, how: Redaction, details: Iterable[ExchangeDetail] = ()) -> None:
        self.how = how
        self._covering = Covering(how)
        self._texts = SecretTexts(self._covering)
        self._learnt = False
        for detail in details:
            self.learn(detail)

    def learn(self, detail: ExchangeDetail) -> None:
        """Note the secrets of one more exchange, to find them in the texts of all others."""
        if self.how is not Redaction.NONE:
            self._detail(detail)
            self._learnt = True

    @property
    def tally(self) -> Counter[str]:
        """How many different values were masked, by label."""
        return self._covering.tally

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that stands for a masked value."""
        return self._covering.labels

    def exchange(self, exchange: Exchange) -> Exchange:
        """The row; its path alone is chosen by strangers."""
        return replace(exchange, path=self.text(exchange.path))

    def detail(self, detail: ExchangeDetail) -> ExchangeDetail:
        """Everything else about an exchange."""
        if self.how is Redaction.NONE:
            return detail
        self._use_what_was_learnt()
        return self._detail(detail)

    def text(self, text: str) -> str:
        """Any text: a page, JSON, raw HTTP, a sentence."""
        if self.how is Redaction.NONE:
            return text
        self._use_what_was_learnt()
        return self._texts.text(text)

    # Inside.

    def _use_what_was_learnt(self) -> None:
        if self._learnt:
            self._learnt = False
            self._covering.search_for_known()

    def _detail(self, detail: ExchangeDetail) -> ExchangeDetail:
        return replace(
            detail,
            target=self._texts.target(detail.target),
            request=self._message(detail.request),
            response=self._message(detail.response),
            checks=tuple(self._check(check) for check in detail.checks),
            because=self._texts.text(detail.because),
        )

    def _check(self, check: Check) -> Check:
        got, expected, because = map(self._texts.text, (check.got, check.expected, check.because))
        return check._replace(got=got, expected=expected, because=because)

    def _message(self, message: Message) -> Message:
        body = self._body(message)
        beyond = message.size - len(message.body)
        return Message(headers=self._headers(message.headers), body=body, size=len(body) + beyond)

    def _headers(self, headers: Headers) -> Headers:
        """Removed ones are gone with their names."""
        redacted = ((name, self._texts.header(name.lower(), value)) for name, value in headers)
        return tuple((name, value) for name, value in redacted if value is not None)

    def _body(self, message: Message) -> bytes:
        if not message.body:
            return b""
        kind = header(message.headers, "content-type").partition(";")[0].strip().lower()
        try:
            text = message.body.decode()
        except UnicodeDecodeError:
            # The cap may have cut the last character in two; anything else is no text.
            text = message.body[:-4].decode("utf-8", "replace") if message.capped else "\0"
        if "\0" in text or kind.startswith("multipart/"):
            return self._covering.cover(message.body.decode("latin-1"), "body").encode()
        if kind == "application/x-www-form-urlencoded":
            return self._texts.pairs(text).encode()
        if text.lstrip()[:1] in ("{", "["):
            text = self._texts.without_removed(text)
        return self._texts.text(text).encode()
