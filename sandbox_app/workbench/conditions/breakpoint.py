"""The breakpoint: answers that pass a filter wait until somebody lets them go."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.conditions.breakpoints import Breakpoint
from sandbox_app.domain.holding import Answer, HeldAnswer
from sandbox_app.domain.records.traffic import Headers
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.keeping import changed
from sandbox_app.workbench.live.filters import Filter

_LONGEST_TOLD = 40
_BODY_LIMIT = 1024 * 1024


class BreakpointPart:
    """The breakpoint as a condition; it is not kept, for nobody may be there to let go."""

    name = "breakpoint"

    def deviations(self, core: Core) -> tuple[str, ...]:
        """That there is one, and what for."""
        set_on = core.conditions.breakpoint
        if set_on is None:
            return ()
        text = set_on.filter
        shown = text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"
        return (f"breakpoint on {shown}" if shown else "breakpoint on everything",)

    def straighten(self, core: Core) -> None:
        """Keep nothing back any more, and send what waits for the breakpoint."""
        waiting = stopped(core)
        if core.conditions.breakpoint is not None:
            core.conditions.breakpoint.stop()
            core.conditions.breakpoint = None
        for held in waiting:
            held.release()

    def kept(self, core: Core) -> Mapping[str, Any]:
        """Nothing."""
        return {}

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Nothing is kept, so what is set stays set."""


BREAKPOINT = BreakpointPart()


def break_on(core: Core, text: str) -> None:
    """Keep back every answer that passes the filter, instead of those before; empty means all.

    Raises:
        FilterError: the text is no filter; nothing was changed.
    """
    wanted = Filter(text)
    if wanted.error is not None:
        raise wanted.error
    BREAKPOINT.straighten(core)
    core.conditions.breakpoint = Breakpoint(text.strip(), core.holds.watch(wanted.matches))
    changed(core, BREAKPOINT)


def end_break(core: Core) -> None:
    """Take the breakpoint away; what waits is sent."""
    BREAKPOINT.straighten(core)
    changed(core, BREAKPOINT)


def stopped(core: Core) -> tuple[HeldAnswer, ...]:
    """The answers that wait for the breakpoint, oldest first; not those that others keep back."""
    set_on = core.conditions.breakpoint
    if set_on is None:
        return ()
    wanted = Filter(set_on.filter)
    return tuple(it for it in core.holds.waiting if wanted.matches(it.exchange, it.detail))


def edited(status: str, headers: str, body: str | None, of: Answer) -> Answer:
    """An answer as somebody wrote it.

    Args:
        status: a number as typed.
        headers: one a line, `Name: value`.
        body: `None` leaves it as it is.

    Raises:
        ValueError: the status or a header is none, or the body is too large; in words.
    """
    if not status.strip().isdecimal() or not 200 <= int(status) <= 599:
        raise ValueError("a status is a number from 200 to 599")
    data = of.body if body is None else body.encode()
    if len(data) > _BODY_LIMIT:
        raise ValueError("a body of more than a megabyte is refused")
    return Answer(status=int(status), headers=_headers(headers), body=data)


def _headers(text: str) -> Headers:
    pairs = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if not colon or not name or not name.isascii() or any(it in name for it in ' \t"(),/;<=>'):
            raise ValueError(f"line {number} is no header; write it like Name: value")
        if not value.isprintable():
            raise ValueError(f"line {number} holds characters that a header cannot hold")
        if name.lower() in ("content-length", "transfer-encoding", "connection"):
            raise ValueError(f"line {number}: {name} is set by the server")
        pairs.append((name, value))
    return tuple(pairs)
