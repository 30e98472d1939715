"""What a sequence diagram is made of: lanes, steps, the chips on them, and pauses between them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

ChipKind = Literal["accent", "neutral", "bad"]

SHOWN = 12
"""Characters of a value that a chip shows where nothing is masked."""


class Lane(StrEnum):
    """Who takes part, from left to right."""

    BROWSER = "Browser"
    APP = "App"
    POOL = "User pool"
    PROVIDER = "Identity provider"

    @property
    def position(self) -> int:
        """0 for the leftmost of all there can be."""
        return _ORDER.index(self)


_ORDER = tuple(Lane)


class Kind(StrEnum):
    """What an arrow stands for."""

    REQUEST = "request"
    ANSWER = "answer"
    UNSEEN = "unseen"
    """Nobody here sees it: it happens between the browser and the app."""


class State(StrEnum):
    """What became of an answer; everything else is always sent."""

    SENT = "sent"
    HELD = "held"
    GONE = "gone"
    """The client went away before it was answered."""

    DROPPED = "dropped"
    """The sandbox cut the connection instead of answering."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A token, a code or another value that travels along.

    Args:
        name: what it is called; never the value.
        icon: "key" for tokens, "link" for what ties steps together, "lock" for what is secret.
        value: what was sent, empty where it was masked before it was recorded.
        is_token: whether it can be looked at decoded.
    """

    name: str
    icon: str
    value: str = ""
    kind: ChipKind = "accent"
    is_token: bool = False

    def text(self, *, masked: bool, letters: int = SHOWN) -> str:
        """The name, and the beginning of the value where it may be shown.

        Args:
            letters: of the value.
        """
        if masked or not self.value:
            return self.name
        cut = f"{self.value[:letters]}…" if len(self.value) > letters + 1 else self.value
        return f"{self.name} {cut}"


@dataclass(frozen=True, slots=True)
class Story:
    """What a step means, for a room: a title, three sentences, and where it is written."""

    title: str
    sentences: tuple[str, str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One arrow.

    Args:
        number: 1 for the first arrow of the login.
        verb: method or status, empty where neither is known.
        words: path, goal or a few words; never a query.
        at: seconds since the login began, on the sandbox's clock; `None` where nobody saw it.
        caption: said beside an arrow that is not what it seems.
        is_faulty: whether the sandbox did something wrong on purpose; the caption says what.
        is_repeated: whether the window sent it again; the caption says so.
        exchange_id: of the exchange it belongs to; an unseen leg belongs to the one that caused it
            or that it caused.
    """

    number: int
    kind: Kind
    source: Lane
    target: Lane
    verb: str
    words: str
    exchange_id: str
    story: Story
    chips: tuple[Chip, ...] = ()
    at: float | None = None
    refused: bool = False
    state: State = State.SENT
    caption: str = ""
    about: str = ""
    is_faulty: bool = False
    is_repeated: bool = False

    @property
    def label(self) -> str:
        """Verb and words in one."""
        return f"{self.verb} {self.words}".strip()

    @property
    def heading(self) -> str:
        """The arrow in one line: "200 to POST /oauth2/token"."""
        return self.about or self.label


@dataclass(frozen=True, slots=True)
class Pause:
    """More than a second in which nothing was sent; `seconds` on the sandbox's clock."""

    words: str
    seconds: float


Row = Step | Pause
