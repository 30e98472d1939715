"""Whether a request is one that a fault is about."""

import re
from functools import lru_cache
from typing import Protocol

from sandbox_app.domain.conditions.faults import (
    AnyRequest,
    AtHandshake,
    AtOperation,
    AtPath,
    AtStep,
    Place,
    When,
)


class Asked(Protocol):
    """A request as faults look at it; whom it is about is found out only when one asks."""

    @property
    def method(self) -> str:
        """As sent."""
        ...

    @property
    def path(self) -> str:
        """As sent, without the query."""
        ...

    @property
    def step(self) -> str:
        """The endpoint's name in Live; empty where there is no endpoint."""
        ...

    @property
    def operation(self) -> str:
        """The JSON API's operation; empty where the request is no call of it."""
        ...

    def clients(self) -> frozenset[str]:
        """Id and name of the client it comes from, as far as it tells one."""
        ...

    def users(self) -> frozenset[str]:
        """Every name of the user it is about, as far as it tells one."""
        ...


def concerns(when: When, asked: Asked) -> bool:
    """Whether a fault counts the request; how often it is due is not asked here."""
    if not _is_at(when.place, asked):
        return False
    if when.client and when.client not in asked.clients():
        return False
    return not when.user or when.user in asked.users()


def _is_at(place: Place, asked: Asked) -> bool:
    match place:
        case AnyRequest(method):
            return _is_method(method, asked)
        case AtPath(path, method):
            return _is_method(method, asked) and bool(_pattern(path).fullmatch(asked.path))
        case AtStep(step, method):
            return step == asked.step and _is_method(method, asked)
        case AtOperation(operation):
            return bool(asked.operation) and operation in ("", asked.operation)
        case AtHandshake():
            return False


def _is_method(method: str, asked: Asked) -> bool:
    """A preflight is the browser's own; only who names OPTIONS means it."""
    return method == asked.method if method else asked.method != "OPTIONS"


@lru_cache(maxsize=256)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, path.split("*"))))
