"""The bendable parts of a sandbox as a test holds them; the same for both of its faces.

Everything here is done where the sandbox lives: at once on the caller's own loop, or in the
sandbox's thread while the caller waits.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar, overload

from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import clock as clock_verbs
from sandbox_app.workbench.conditions import keys as key_verbs
from sandbox_app.workbench.conditions import parts as all_parts
from sandbox_app.workbench.conditions.durations import parse_duration
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.faults.editing import Listed
from sandbox_app.workbench.conditions.keys import KeySeen
from sandbox_app.workbench.conditions.leniency import SWITCHES
from sandbox_app.workbench.conditions.recipes.applying import apply as apply_recipe
from sandbox_app.workbench.conditions.recipes.reading import load, read_recipe
from sandbox_app.workbench.conditions.recipes.shipped import recipe_file
from sandbox_app.workbench.conditions.switching import set_leniency
from sandbox_app.workbench.live.login import Login as BookedLogin
from sandbox_app.workbench.live.reasons import Why, recent_logins, why_refused
from sandbox_app.workbench.named import client_named, pool_named

ResultT = TypeVar("ResultT")
Span = str | timedelta
"""A duration, or its words: `59m59s`, `-2h`."""


class Do(Protocol):
    """Runs a plain function where the sandbox lives."""

    def __call__(self, work: Callable[[], ResultT]) -> ResultT:
        """Its result; its exceptions come through."""
        ...


class Part:
    """Something of one sandbox."""

    def __init__(self, core: Core, do: Do) -> None:
        self._core = core
        self._do = do


class Clock(Part):
    """The sandbox's clock; everything that expires asks it."""

    @property
    def now(self) -> datetime:
        """The sandbox's present, in UTC."""
        return self._do(self._core.now)

    def advance(self, by: Span) -> None:
        """Let so much time pass at once; negative takes it back."""
        self._do(lambda: clock_verbs.advance(self._core, _span(by)))

    def shift(self, offset: Span) -> None:
        """Be so far ahead of the machine's clock."""
        self._do(lambda: clock_verbs.shift_to(self._core, _span(offset)))

    def go_to(self, moment: datetime) -> None:
        """Make a timezone-aware moment the present."""
        self._do(lambda: clock_verbs.go_to(self._core, moment))

    def freeze(self) -> None:
        """Stand still."""
        self._do(lambda: clock_verbs.freeze(self._core))

    def run(self) -> None:
        """Run on from where it stands."""
        self._do(lambda: clock_verbs.run(self._core))

    def straighten(self) -> None:
        """Tell the machine's time again."""
        self._do(lambda: clock_verbs.straighten(self._core))

    def skew(self, client: str, by: Span) -> None:
        """Let the clock behind one client's tokens be so far ahead; zero ends it."""

        def work() -> None:
            found = client_named(self._core, client)
            clock_verbs.skew(self._core, found.client_id, _span(by))

        self._do(work)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in the list; `hits` is how often it was committed when this was asked."""

    id: str
    sentence: str
    name: str
    enabled: bool
    seen: int
    hits: int

    @classmethod
    def of(cls, listed: Listed) -> "Fault":
        """As lists show it."""
        fault = listed.fault
        return cls(fault.id, listed.sentence, fault.name, fault.enabled, listed.seen, listed.hits)


class Faults(Part):
    """What the sandbox does wrong on purpose, in order."""

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._do(lambda: tuple(map(Fault.of, editing.listed(self._core)))))

    def __len__(self) -> int:
        return len(tuple(iter(self)))

    def add(self, sentence: str, *, name: str = "") -> Fault:
        """Add one: `faults.add("POST /oauth2/token → 503 every 3rd")`."""
        return self._do(lambda: Fault.of(editing.add(self._core, sentence, name=name)))

    def hits(self, fault: Fault) -> int:
        """How often it has been committed by now."""
        return self._do(lambda: editing.find(self._core, fault.id).hits)

    def switch(self, fault: Fault, enabled: bool) -> None:
        """Switch one on or off."""
        self._do(lambda: editing.switch(self._core, fault.id, enabled))

    def remove(self, fault: Fault) -> None:
        """Take one off the list."""
        self._do(lambda: editing.remove(self._core, fault.id))

    def clear(self) -> None:
        """Take all of them off the list."""
        self._do(lambda: editing.clear(self._core))


class KeySet(Part):
    """A pool's signing keys, and how its key set is answered; `pool` is needed among several."""

    def list(self, pool: str | None = None) -> tuple[KeySeen, ...]:
        """All of them, retired ones included."""
        return self._do(lambda: key_verbs.keys_of(self._core, self._pool(pool)))

    def retire(self, kid: str, pool: str | None = None) -> None:
        """Take a key out of the key set; its tokens are refused."""
        self._do(lambda: key_verbs.retire(self._core, self._pool(pool), kid))

    def answer(self, pool: str | None = None, **members: Any) -> None:
        """Bend how the key set is answered: `status=500`, `delay="2s"`, `only=()` …"""
        if "delay" in members:
            members["delay"] = _span(members["delay"])
        self._do(lambda: key_verbs.answer_key_set(self._core, self._pool(pool), **members))

    def answer_as_usual(self, pool: str | None = None) -> None:
        """Answer it as usual again."""
        self._do(lambda: key_verbs.answer_as_usual(self._core, self._pool(pool)))

    def _pool(self, pool: str | None) -> str:
        return pool_named(self._core, pool).id


class Leniency(Part):
    """What is forgiven: `sandbox.leniency.set(no_lockout=True)`."""

    def set(self, **switches: str | bool) -> None:
        """Set some switches and leave the others.

        Raises:
            ValueError: no such switch, or a fixed code that is not six digits.
        """
        self._do(lambda: set_leniency(self._core, **switches))

    def __getattr__(self, name: str) -> str | bool:
        if name not in {switch.name for switch in SWITCHES}:
            raise AttributeError(f"there is no lenient switch {name}")
        value: str | bool = self._do(lambda: asdict(self._core.conditions.leniency)[name])
        return value


@dataclass(frozen=True, slots=True)
class Login:
    """One attempt to sign in; `why` says why it was refused, `None` where it was not."""

    id: str
    outcome: str
    client: str
    user: str
    requests: tuple[str, ...]
    why: Why | None

    @classmethod
    def of(cls, core: Core, login: BookedLogin) -> "Login":
        """As Live shows it."""
        requests = (f"{one.method} {one.path} → {one.status}" for one in login.exchanges)
        return cls(
            id=login.login_id,
            outcome=str(login.outcome),
            client=login.client_name,
            user=login.username,
            requests=tuple(requests),
            why=why_refused(core, login),
        )


class Logins(Part, Sequence[Login]):
    """The logins so far, oldest first, as they are at each look."""

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, at: int) -> Login: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Login, ...]: ...
    def __getitem__(self, at: int | slice) -> Login | tuple[Login, ...]:
        return self._all()[at]

    def _all(self) -> tuple[Login, ...]:
        return self._do(self._read)

    def _read(self) -> tuple[Login, ...]:
        found = (login for login in recent_logins(self._core) if login.login_id)
        return tuple(Login.of(self._core, login) for login in found)


class Conditions(Part):
    """Everything that is bent, and one way back."""

    def __iter__(self) -> Iterator[str]:
        found = self._do(lambda: all_parts.deviations(self._core))
        return iter(words for _, words in found)

    def apply(self, recipe: str | Path) -> None:
        """Put a recipe into force: one that comes along by its name, a file, or a text.

        Raises:
            RecipeError: it is none; `file:line: section.member: reason`.
            FileNotFoundError: there is no such file, and no recipe of that name.
        """
        if isinstance(recipe, str) and "\n" in recipe:
            read = read_recipe(recipe, "recipe")
        else:
            read = load(recipe_file(str(recipe)))
        self._do(lambda: apply_recipe(self._core, read, str(recipe)[:200]))

    def back_to_normal(self) -> None:
        """Straighten clock, keys, faults and leniency at once."""
        self._do(lambda: all_parts.back_to_normal(self._core))


def _span(by: Span) -> timedelta:
    return parse_duration(by) if isinstance(by, str) else by
