"""How a pool's key set is answered, where that is bent."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST_DELAY = timedelta(minutes=10)
CACHE_HEADERS = (
    "Cache-Control",
    "Pragma",
    "Expires",
    "Age",
    "ETag",
    "Last-Modified",
    "Vary",
)
"""What may be chosen; the names are compared without regard to case."""

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySetAnswer:
    """What the key set endpoint does instead of the usual; every member has its usual value.

    Attributes:
        only: the kids that may be shown; empty for an empty set, `None` for all published ones.
        delay: how long the answer is held back, real time, up to ten minutes.
        status: 200, or an error from 400 to 599, which comes without keys.
        content_type: in place of the usual one.
        cache_headers: in place of the usual `Cache-Control`, `Pragma` and `Expires`; names are
            those of `CACHE_HEADERS`, and an empty tuple leaves the usual ones out.

    Raises:
        ValueError: a member is not as said above; the message is for a person.
    """

    only: tuple[str, ...] | None = None
    delay: timedelta = timedelta(0)
    status: int = 200
    content_type: str | None = None
    cache_headers: tuple[tuple[str, str], ...] | None = None

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.delay <= LONGEST_DELAY:
            raise ValueError("a key set can be held back for up to ten minutes")
        if self.status != 200 and not 400 <= self.status <= 599:
            raise ValueError("a key set is answered with 200, or with an error from 400 to 599")
        if self.content_type is not None:
            _check_text(self.content_type)
        known = [name.lower() for name in CACHE_HEADERS]
        for name, value in self.cache_headers or ():
            if name.lower() not in known:
                raise ValueError(f"{name[:40]} is no cache header; {', '.join(CACHE_HEADERS)} are")
            _check_text(value)


def _check_text(text: str) -> None:
    if len(text) > _LONGEST_TEXT or not text.isascii() or not text.isprintable():
        raise ValueError(
            f"a header holds up to {_LONGEST_TEXT} printable ASCII characters in one line"
        )


USUAL = KeySetAnswer()
"""Nothing is bent."""
