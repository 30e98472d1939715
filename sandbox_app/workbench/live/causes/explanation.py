"""What is to be said of one refusal, ready to be shown."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.differences import Comparison


@dataclass(frozen=True, slots=True)
class Cause:
    """One likely cause, in a sentence.

    Args:
        advice: what to do about it, in a sentence; empty where the cause says it.
        request: the id of another request that has to do with it; empty where there is none.
    """

    words: str
    advice: str = ""
    request: str = ""

    @property
    def sentence(self) -> str:
        """Cause and advice in one."""
        return f"{self.words} {self.advice}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One change of the configuration by operations, offered as one click that can be undone.

    Args:
        label: of the button: "Add this callback URL to spa".
        edit: as a command, for Undo: "Add a callback URL to spa".
        done: a sentence once it is made.
        then: what the person does next.
        apply: makes it; raises `ApiError`.
        undoable: whether it is an edit; a lock that is lifted, as by time, is none.
    """

    label: str
    edit: str
    done: str
    then: str
    apply: Callable[[Core], object]
    undoable: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where the governing setting is edited: a section of a pool, a thing, a member of it.

    The section "conditions" is the place of that name, and `key` the part of it.
    """

    pool_id: str
    section: str
    key: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything beside the rule itself.

    Args:
        comparison: what came beside what was expected.
        because: the check's own sentence on this very request.
        causes: the likeliest first.
        fixes: what can be done here; the first is the likeliest.
        place: where the setting is; `None` where nothing governs it.
        settled: why the same request would pass this check by now; empty while it would not.
    """

    comparison: Comparison
    because: str = ""
    causes: tuple[Cause, ...] = ()
    fixes: tuple[Fix, ...] = ()
    place: Place | None = None
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule's analysis found out."""

    causes: tuple[Cause, ...] = ()
    fixes: tuple[Fix, ...] = ()
    place: Place | None = None
    settled: str = ""
