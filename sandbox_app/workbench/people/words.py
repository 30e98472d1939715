"""What a person types into the search field, taken apart."""

import re

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.store.user_order import Word

_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_NARROWED = re.compile(r"((?:custom:|dev:)?[^:=\s]+)([:=])(.+)", re.DOTALL)
_SHORT = {"phone": "phone_number", "user": "username", "e-mail": "email"}


def words(pool: UserPool, text: str) -> tuple[Word, ...]:
    """The words of a search; `name:part` and `name=whole` look into one attribute.

    A name that the pool does not know makes no attribute, so that `https://…` is a word like any.
    """
    return tuple(
        _word(pool, token) for token in _TOKEN.findall(text) if token.replace('"', "").strip()
    )


def _word(pool: UserPool, token: str) -> Word:
    match = _NARROWED.fullmatch(token.replace('"', ""))
    if match is not None:
        attribute = _attribute(pool, match[1])
        if attribute is not None:
            return Word(match[3], attribute, whole=match[2] == "=")
    return Word(token.replace('"', ""))


def _attribute(pool: UserPool, typed: str) -> str | None:
    name = _SHORT.get(typed.lower(), typed)
    for candidate in (name, name.lower(), f"custom:{name}"):
        if candidate == "username" or pool.attribute(candidate) is not None:
            return candidate
    return None
