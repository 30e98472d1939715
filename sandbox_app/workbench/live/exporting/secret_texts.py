"""Secrets in texts of every kind: pages, addresses, forms, headers, sentences."""

import base64
import re
from html import unescape
from urllib.parse import quote_plus, unquote_plus

from sandbox_app.workbench.live.exporting.covering import TOKEN, Covering, Redaction, token_label
from sandbox_app.workbench.live.exporting.json_members import JsonMembers
from sandbox_app.workbench.live.exporting.secret_names import (
    CREDENTIALS,
    SECRET_HEADERS,
    is_secret,
    label_of,
)

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
_INPUT = re.compile(r"<input\b[^<>]{0,4000}>", re.IGNORECASE)
_NAME, _VALUE = (
    re.compile(rf"\b{word}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
    for word in ("name", "value")
)
_COOKIE = re.compile(r"\s*([^=;]+)=([^;]*)")


class SecretTexts:
    """Covers whatever is secret in a text, by its name, its form, or because it was met before."""

    def __init__(self, covering: Covering) -> None:
        self._covering = covering
        self._cover = covering.cover
        self._removes = covering.how is Redaction.REMOVE
        self._members = JsonMembers(covering, self.text)
        self.without_removed = self._members.without_removed

    def text(self, text: str) -> str:
        """Any text: a page, JSON, raw HTTP, a sentence."""
        text = self._covering.without_known(text)
        text = _HEADER_LINE.sub(self._header_line, text)
        text = _INPUT.sub(self._input, text)
        text = self._members.without_secrets(text)
        text = self._pairs_in_text(text)
        text = _SCHEMES.sub(self._credentials, text)
        return TOKEN.sub(lambda found: self._cover(found[0], token_label(found[0])), text)

    def pairs(self, encoded: str) -> str:
        """A query, fragment or form; removed parameters are gone with their names."""
        kept = (self._pair(pair) for pair in encoded.split("&"))
        return "&".join(pair for pair in kept if pair is not None)

    def target(self, target: str) -> str:
        """A request target or address."""
        rest, mark, fragment = target.partition("#")
        path, asked, query = rest.partition("?")
        whole = self.text(path)
        if query := self.pairs(query):
            whole += asked + query
        if fragment := self.pairs(fragment):
            whole += mark + fragment
        return whole

    def header(self, name: str, value: str) -> str | None:
        """The value of a header, its name in lower case; `None` where the header is to go."""
        secret = name in CREDENTIALS or name in SECRET_HEADERS or name in ("cookie", "set-cookie")
        if not secret:
            return self.target(value) if name in ("location", "referer") else self.text(value)
        # What is removed is met all the same: it is counted, and searched for in all texts.
        shown = self._secret_header(name, value)
        return None if self._removes else shown

    def _secret_header(self, name: str, value: str) -> str:
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
            covered = self._cover(plain, label_of(plain_name))
            if self._removes:
                return None
            return f"{name}={covered}" if equals else pair
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
        value = self.header(found[2].lower(), found[4])
        return f"{found[1]}{found[2]}{found[3]}{value or ''}"


def _is_user_and_password(encoded: str) -> bool:
    try:
        return b":" in base64.b64decode(encoded + "==", altchars=b"-_")
    except ValueError:
        return False
