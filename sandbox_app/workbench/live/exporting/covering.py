"""What is put in place of a secret: a label, the same for equal values, or nothing."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote, quote_plus

from sandbox_app.tokens.inspect import kind_of, unverified_claims

TOKEN = re.compile(r"e(?:yJ|yA|yI|wo|w0|wk)[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){0,4}")
"""Whatever begins like the JSON of a token's header, whole or cut off."""

_LABEL = re.compile(r"\(masked(?:-[a-z0-9-]+)?\)|%28masked(?:-[a-z0-9-]+)?%29", re.IGNORECASE)
_GENERAL = ("token", "credentials")
"""Labels that say less than the token itself does."""

_SHORTEST = 6
"""Characters; a shorter value is masked where its name stands, but not searched for elsewhere."""


class Redaction(StrEnum):
    """What becomes of secrets."""

    NONE = "none"
    MASK = "mask"
    REMOVE = "remove"


class Covering:
    """Remembers every secret it met and what it put there.

    Attributes:
        how: what becomes of secrets.
        tally: how many different values were masked, by label.
    """

    def __init__(self, how: Redaction) -> None:
        self.how = how
        self.tally: Counter[str] = Counter()
        self._labels: dict[str, str] = {}
        self._known: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that stands for a masked value."""
        return tuple(self._labels.values())

    def cover(self, value: str, label: str) -> str:
        """The label in place of a value; nothing where values are removed."""
        value = value.strip().strip('"')
        if not value or _LABEL.fullmatch(value):
            return value if self.how is Redaction.MASK else ""
        known = self._labels.get(value)
        if known is None:
            if label in _GENERAL and TOKEN.fullmatch(value):
                label = token_label(value)
            self.tally[label] += 1
            known = f"(masked-{label}-{self.tally[label]})"
            self._labels[value] = known if self.how is Redaction.MASK else ""
        return known if self.how is Redaction.MASK else ""

    def search_for_known(self) -> None:
        """From now on find what was met so far, wherever it stands."""
        found: dict[str, str] = {}
        for value, label in self._labels.items():
            if len(value) >= _SHORTEST:
                for spelt in _spellings(value):
                    found.setdefault(spelt, label)
        self._known = tuple(sorted(found.items(), key=lambda item: len(item[0]), reverse=True))

    def without_known(self, text: str) -> str:
        """A text with every value covered that is searched for."""
        for value, label in self._known:
            if value in text:
                text = text.replace(value, label)
        return text


def token_label(token: str) -> str:
    """What a token is called after."""
    use = (unverified_claims(token) or {}).get("token_use")
    if use in ("id", "access"):
        return f"{use}-token"
    return "encrypted-token" if kind_of(token) == "encrypted" else "token"


def tally_words(tally: Mapping[str, int]) -> str:
    """ "2 codes, 1 id token"; empty where nothing was found."""
    return ", ".join(_counted(count, label) for label, count in sorted(tally.items()))


def _counted(count: int, label: str) -> str:
    cookie = label.removeprefix("cookie-")
    words = (label if cookie == label else f"{cookie}-cookie").replace("-", " ")
    if count != 1:
        words = f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
    return f"{count} {words}"


def _spellings(value: str) -> tuple[str, ...]:
    """A value as it may stand in URLs and JSON."""
    return value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]
