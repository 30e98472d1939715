"""Things named in a request, found; what is not there is said of the member that names it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.server.control.route import Asked, Mistake
from sandbox_app.server.control.schema import Schema, text
from sandbox_app.workbench.named import NotNamed, client_named, pool_named, user_named

POOL: Schema = text("A pool's id or name; needed where there are several.")
CLIENT: Schema = text("An app client's id or name.")
USER: Schema = text("A user's name, alias or sub.")


def pool_of(asked: Asked) -> UserPool:
    """The pool meant."""
    with _found():
        return pool_named(asked.core, _given(asked, "pool"))


def client_of(asked: Asked) -> UserPoolClient:
    """The client meant."""
    with _found():
        return client_named(asked.core, _given(asked, "client") or "", _given(asked, "pool"))


def user_of(asked: Asked, pool: UserPool) -> User:
    """The user meant."""
    with _found():
        return user_named(asked.core, pool, _given(asked, "user") or "")


@contextmanager
def blamed(field: str | None = None) -> Iterator[None]:
    """Answer a `ValueError` of the block as a mistake in that member."""
    try:
        yield
    except ValueError as error:
        raise Mistake("invalid", _sentence(error), field=field) from error


def _given(asked: Asked, name: str) -> str | None:
    found = asked.body.get(name, asked.query.get(name))
    return None if found is None else str(found)


@contextmanager
def _found() -> Iterator[None]:
    try:
        yield
    except NotNamed as error:
        raise Mistake("not_found", str(error), field=error.kind, status=404) from error


def ended(words: str) -> str:
    """The words with a full stop, as every message has one."""
    return words if words.endswith((".", "?")) else f"{words}."


def _sentence(error: ValueError) -> str:
    words = str(error)
    return ended(words[:1].upper() + words[1:])
