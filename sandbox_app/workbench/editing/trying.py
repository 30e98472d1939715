"""A draft tried out: what every rule of the operations says of it, and nothing of it stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench.editing.requests import Request, member_at, with_member

_MOST_PROBLEMS = 12

Attempt = Callable[[Request], object]
"""Carries a draft out by calling operations; raises `ApiError`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a draft from being saved; `member` is a path, empty for all of it."""

    member: str
    sentence: str


class _TriedOnly(Exception):
    """Ends the transaction of a trial, so that nothing of it stays."""


def problems(
    core: Core, attempt: Attempt, draft: Request, saved: Mapping[str, Any], members: Sequence[str]
) -> tuple[Problem, ...]:
    """Everything that is wrong with a draft.

    An operation names one fault at a time, so each faulty member is put back to what was saved
    and the rest is tried again.

    Args:
        saved: what the draft began with.
        members: paths of the members that can be edited, to tie a fault to one of them.
    """
    found: list[Problem] = []
    while len(found) < _MOST_PROBLEMS:
        fault = _fault(core, attempt, draft)
        if fault is None:
            break
        member = blamed_member(fault, members)
        found.append(Problem(member, fault.message))
        mended = with_member(draft, member, member_at(saved, member)) if member else draft
        if mended == draft:
            break
        draft = mended
    return tuple(found)


def blamed_member(fault: ApiError, members: Sequence[str]) -> str:
    """The path of the member that an error is about; empty where it is about none of them."""
    quoted = fault.message.lower()
    exact = [path for path in members if f"'{_lowered(path)}" in quoted]
    if exact:
        return max(exact, key=len)
    field = fault.field or ""
    return next((path for path in members if field and field in path.split(".")), "")


def _lowered(path: str) -> str:
    return path.lower()


def _fault(core: Core, attempt: Attempt, draft: Request) -> ApiError | None:
    try:
        with core.change():
            attempt(draft)
            raise _TriedOnly
    except _TriedOnly:
        return None
    except ApiError as error:
        return error
