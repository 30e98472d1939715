"""A draft tried out: what every rule of the operations says of it, and nothing of it stays."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench.editing.requests import Request, member_at, with_member

_MOST_PROBLEMS = 12
_FAULT_OF_SHAPE = re.compile(
    r"(?:Value|Unknown member) .*?(?=; (?:Value |Unknown member )|$)", re.S
)

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
    found: dict[str, Problem] = {}
    while len(found) < _MOST_PROBLEMS:
        fault = _fault(core, attempt, draft)
        if fault is None:
            break
        mended = draft
        for problem in problems_of(fault, members):
            found.setdefault(problem.member, problem)
            if problem.member:
                mended = with_member(mended, problem.member, member_at(saved, problem.member))
        if mended == draft:
            break
        draft = mended
    return tuple(found.values())


def problems_of(fault: ApiError, members: Sequence[str]) -> tuple[Problem, ...]:
    """An error as one problem for each member that it speaks of.

    The API counts several faults of shape in one message; each is told at its own member.
    """
    _, counted, listed = fault.message.partition(" detected: ")
    if not counted:
        return (Problem(blamed_member(fault, members), fault.message),)
    found: dict[str, Problem] = {}
    for sentence in _FAULT_OF_SHAPE.findall(listed) or [listed]:
        part = type(fault)(sentence, field=fault.field)
        member = blamed_member(part, members)
        found.setdefault(member, Problem(member, sentence))
    return tuple(found.values())


def blamed_member(fault: ApiError, members: Sequence[str]) -> str:
    """The path of the member that an error is about; empty where it is about none of them."""
    quoted = fault.message.lower()
    exact = [path for path in members if re.search(rf"'{re.escape(path.lower())}[.']", quoted)]
    if exact:
        return max(exact, key=len)
    field = fault.field or ""
    if not field or field in members:
        return field
    return next((path for path in members if field in path.split(".")), "")


def _fault(core: Core, attempt: Attempt, draft: Request) -> ApiError | None:
    try:
        with core.change():
            attempt(draft)
            raise _TriedOnly
    except _TriedOnly:
        return None
    except ApiError as error:
        return error
