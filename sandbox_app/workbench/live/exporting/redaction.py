"""Secrets masked in, or removed from, exchanges and texts that leave the program.

What is recorded holds no password and no client secret, but codes, tokens and cookies, which
still open doors. Masked, each gets a label in its place, and equal values get equal labels, so
that a reader still sees where a code came back.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from html import unescape
from urllib.parse import quote, quote_plus, unquote_plus

from sandbox_app.domain.checks import Check
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers, Message
from sandbox_app.tokens.inspect import kind_of, unverified_claims
from sandbox_app.workbench.live.exporting.json_texts import (
    end_of_escaped,
    held_json,
    json_string,
    without_members,
    written,
)
from sandbox_app.workbench.live.exporting.secret_names import (
    CREDENTIALS,
    SECRET_HEADERS,
    is_secret,
    label_of,
)
from sandbox_app.workbench.live.messages import header

_LABEL = re.compile(r"\(masked(?:-[a-z0-9-]+)?\)|%28masked(?:-[a-z0-9-]+)?%29", re.IGNORECASE)
_SHORTEST = 6
"""Characters; a shorter value is masked where its name stands, but not searched for elsewhere."""

_TOKEN = re.compile(r"e(?:yJ|yA|yI|wo|w0|wk)[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){0,4}")
"""Whatever begins like the JSON of a token's header, whole or cut off."""

_GENERAL = ("token", "credentials")
"""Labels that say less than the token itself does."""

_SCHEMES = re.compile(r"\b(Basic|Bearer|DPoP)([ \t]+)([A-Za-z0-9+/=._~-]{4,})", re.IGNORECASE)
_LONGEST_WORD = 19
"""Letters of a word that may follow "Bearer" in a sentence; what is longer is a token."""

_HEADER_LINE = re.compile(
    r"^([ \t]*)((?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]+|dpop)([ \t]*:[ \t]*)([^\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_PAIR = re.compile(
    r"(?:(?<![\w.-])|(?<=%3F)|(?<=%26)|(?<=%23))([A-Za-z_][\w.-]{0,60})(?:=|%3D)", re.IGNORECASE
)
_GIVEN = re.compile(r"[^&\s\"'<>;,()\\]+")
_MEMBER = re.compile(
    r'"((?:[^"\\]|\\.){1,80})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,{}\[\]"]+)', re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_ESCAPED_NAME = re.compile(r'(?<!\\)(\\+")([^"\\]{1,80})\1\s*:\s*')
_BARE = re.compile(r'[^\s,{}\[\]"\\]+')
_INPUT = re.compile(r"<input\b[^<>]{0,4000}>", re.IGNORECASE)
_NAME, _VALUE = (
    re.compile(rf"\b{word}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
    for word in ("name", "value")
)
_COOKIE = re.compile(r"\s*([^=;]+)=([^;]*)")


class Redaction(StrEnum):
    """What becomes of secrets."""

    NONE = "none"
    MASK = "mask"
    REMOVE = "remove"


class Redactor:
    """Masks or removes secrets in everything that goes into one export.

    Args:
        how: what becomes of secrets.
        details: the exchanges that are exported; what is secret in one is secret in all texts.

    Attributes:
        tally: how many different values were masked, by label.
    """

    def __init__(self, how: Redaction, details: Iterable[ExchangeDetail] = ()) -> None:
        self.how = how
        self.tally: Counter[str] = Counter()
        self._labels: dict[str, str] = {}
        self._known: tuple[tuple[str, str], ...] | None = ()
        for detail in details:
            self.learn(detail)

    def learn(self, detail: ExchangeDetail) -> None:
        """Note the secrets of one more exchange, to find them in the texts of all others."""
        if self.how is not Redaction.NONE:
            self._detail(detail)
            self._known = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that stands for a masked value."""
        return tuple(self._labels.values())

    def exchange(self, exchange: Exchange) -> Exchange:
        """The row; its path alone is chosen by strangers."""
        return replace(exchange, path=self.text(exchange.path))

    def detail(self, detail: ExchangeDetail) -> ExchangeDetail:
        """Everything else about an exchange."""
        if self.how is Redaction.NONE:
            return detail
        if self._known is None:
            self._known = _worth_searching(self._labels)
        return self._detail(detail)

    def text(self, text: str) -> str:
        """Any text: a page, JSON, raw HTTP, a sentence."""
        if self.how is Redaction.NONE:
            return text
        for value, label in self._known or ():
            if value in text:
                text = text.replace(value, label)
        text = _HEADER_LINE.sub(self._header_line, text)
        text = _INPUT.sub(self._input, text)
        if '\\"' in text:
            text = _STRING.sub(self._held, text)
            text = self._escaped_members(text)
        text = _MEMBER.sub(self._member, text)
        text = self._pairs_in_text(text)
        text = _SCHEMES.sub(self._credentials, text)
        return _TOKEN.sub(lambda found: self._cover(found[0], _token_label(found[0])), text)

    def pairs(self, encoded: str) -> str:
        """A query, fragment or form; removed parameters are gone with their names."""
        if self.how is Redaction.NONE:
            return encoded
        kept = (self._pair(pair) for pair in encoded.split("&"))
        return "&".join(pair for pair in kept if pair is not None)

    def target(self, target: str) -> str:
        """A request target or address."""
        if self.how is Redaction.NONE:
            return target
        rest, mark, fragment = target.partition("#")
        path, asked, query = rest.partition("?")
        whole = self.text(path)
        if query := self.pairs(query):
            whole += asked + query
        if fragment := self.pairs(fragment):
            whole += mark + fragment
        return whole

    def headers(self, headers: Headers) -> Headers:
        """Headers; removed ones are gone with their names."""
        if self.how is Redaction.NONE:
            return headers
        redacted = ((name, self._header(name.lower(), value)) for name, value in headers)
        return tuple((name, value) for name, value in redacted if value is not None)

    # Inside.

    def _detail(self, detail: ExchangeDetail) -> ExchangeDetail:
        return replace(
            detail,
            target=self.target(detail.target),
            request=self._message(detail.request),
            response=self._message(detail.response),
            checks=tuple(self._check(check) for check in detail.checks),
            because=self.text(detail.because),
        )

    def _check(self, check: Check) -> Check:
        got, expected, because = map(self.text, (check.got, check.expected, check.because))
        return check._replace(got=got, expected=expected, because=because)

    def _message(self, message: Message) -> Message:
        body = self._body(message)
        beyond = message.size - len(message.body)
        return Message(headers=self.headers(message.headers), body=body, size=len(body) + beyond)

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
            return self._cover(message.body.decode("latin-1"), "body").encode()
        if kind == "application/x-www-form-urlencoded":
            return self.pairs(text).encode()
        if self.how is Redaction.REMOVE and text.lstrip()[:1] in ("{", "["):
            text = without_members(text)
        return self.text(text).encode()

    def _header(self, name: str, value: str) -> str | None:
        """The value as it may be shown; `None` where the header is to go."""
        secret = name in CREDENTIALS or name in SECRET_HEADERS or name in ("cookie", "set-cookie")
        if not secret:
            return self.target(value) if name in ("location", "referer") else self.text(value)
        if self.how is Redaction.REMOVE:
            return None
        if name in CREDENTIALS:
            scheme, space, rest = value.rpartition(" ")
            return scheme + space + self._cover(rest, "credentials")
        if name == "cookie":
            return "; ".join(map(self._cookie, value.split(";")))
        if name == "set-cookie":
            first, mark, attributes = value.partition(";")
            return self._cookie(first) + mark + attributes
        return self._cover(value, label_of(name))

    def _cookie(self, pair: str) -> str:
        found = _COOKIE.fullmatch(pair)
        if found is None:
            return self._cover(pair.strip(), "cookie")
        return f"{found[1]}={self._cover(found[2], f'cookie-{label_of(found[1])}')}"

    def _pair(self, pair: str) -> str | None:
        name, equals, value = pair.partition("=")
        plain_name, plain = unquote_plus(name), unquote_plus(value)
        if is_secret(plain_name):
            if self.how is Redaction.REMOVE:
                return None
            return f"{name}={self._cover(plain, label_of(plain_name))}" if equals else pair
        shown, shown_name = self.text(plain), self.text(plain_name)
        if (shown, shown_name) == (plain, plain_name):
            return pair
        return f"{quote_plus(shown_name, safe='()')}{equals}{quote_plus(shown, safe='()')}"

    def _pairs_in_text(self, text: str) -> str:
        parts: list[str] = []
        done = 0
        for found in _PAIR.finditer(text):
            given = _GIVEN.match(text, found.end()) if is_secret(found[1]) else None
            if given is not None and found.start() >= done:
                parts += (text[done : given.start()], self._cover(given[0], label_of(found[1])))
                done = given.end()
        return "".join((*parts, text[done:]))

    def _member(self, found: re.Match[str]) -> str:
        name, value = json_string(f'"{found[1]}"'), found[3]
        if not is_secret(name) or value in ('""', "null", "true", "false"):
            return found[0]
        plain = json_string(value) if value.startswith('"') else value
        return f'"{found[1]}"{found[2]}"{self._cover(plain, label_of(name))}"'

    def _held(self, found: re.Match[str]) -> str:
        """A JSON string that holds JSON: its members are as secret as any."""
        inner = held_json(found[0])
        if inner is None:
            return found[0]
        shown = without_members(inner) if self.how is Redaction.REMOVE else inner
        shown = self.text(shown)
        return found[0] if shown == inner else written(shown)

    def _escaped_members(self, text: str) -> str:
        """The same where the text was cut off and cannot be read as JSON any more."""
        parts: list[str] = []
        done = 0
        for found in _ESCAPED_NAME.finditer(text):
            if found.start() < done or not is_secret(found[2]):
                continue
            mark, start = found[1], found.end()
            if text.startswith(mark, start):
                start += len(mark)
                end = end_of_escaped(text, mark, start)
                covered = self._cover(text[start:end], label_of(found[2]))
            else:
                bare = _BARE.match(text, start)
                end = bare.end() if bare is not None else start
                value = text[start:end]
                plain = value in ("", "null", "true", "false")
                covered = (
                    value if plain else f"{mark}{self._cover(value, label_of(found[2]))}{mark}"
                )
            parts += (text[done:start], covered)
            done = end
        return "".join((*parts, text[done:]))

    def _input(self, found: re.Match[str]) -> str:
        name, value = _NAME.search(found[0]), _VALUE.search(found[0])
        if name is None or value is None or not is_secret(unescape(name[1] or name[2] or "")):
            return found[0]
        given = value[1] if value[1] is not None else value[2]
        covered = self._cover(unescape(given), label_of(name[1] or name[2]))
        start = value.start(1) if value[1] is not None else value.start(2)
        return found[0][:start] + covered + found[0][start + len(given) :]

    def _credentials(self, found: re.Match[str]) -> str:
        value = found[3]
        if found[1].lower() == "basic" and not _is_user_and_password(value):
            return found[0]
        if found[1].lower() != "basic" and len(value) <= _LONGEST_WORD:
            return found[0]
        return found[1] + found[2] + self._cover(value, "credentials")

    def _header_line(self, found: re.Match[str]) -> str:
        value = self._header(found[2].lower(), found[4])
        return f"{found[1]}{found[2]}{found[3]}{value or ''}"

    def _cover(self, value: str, label: str) -> str:
        """The label in place of a value; nothing where values are removed."""
        value = value.strip().strip('"')
        if not value or _LABEL.fullmatch(value):
            return value if self.how is Redaction.MASK else ""
        known = self._labels.get(value)
        if known is None:
            if label in _GENERAL and _TOKEN.fullmatch(value):
                label = _token_label(value)
            self.tally[label] += 1
            known = f"(masked-{label}-{self.tally[label]})"
            self._labels[value] = known if self.how is Redaction.MASK else ""
        return known if self.how is Redaction.MASK else ""


def tally_words(tally: Mapping[str, int]) -> str:
    """ "2 code, 1 id token"; empty where nothing was found."""
    return ", ".join(f"{count} {label.replace('-', ' ')}" for label, count in sorted(tally.items()))


def _worth_searching(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every value as it may stand in URLs and JSON, longest first, with its label."""
    found: dict[str, str] = {}
    for value, label in labels.items():
        if len(value) >= _SHORTEST:
            for spelt in (
                value,
                quote(value, safe=""),
                quote_plus(value),
                json.dumps(value)[1:-1],
            ):
                found.setdefault(spelt, label)
    return tuple(sorted(found.items(), key=lambda item: len(item[0]), reverse=True))


def _token_label(token: str) -> str:
    use = (unverified_claims(token) or {}).get("token_use")
    if use in ("id", "access"):
        return f"{use}-token"
    return "encrypted-token" if kind_of(token) == "encrypted" else "token"


def _is_user_and_password(encoded: str) -> bool:
    try:
        return b":" in base64.b64decode(encoded + "==", altchars=b"-_")
    except ValueError:
        return False
