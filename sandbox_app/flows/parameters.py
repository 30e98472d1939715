"""The parameters of a query or form, decoded once, in the order they came."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

_CONTROL = {chr(code) for code in range(32)} - {"\t"} | {"\x7f"}
_LONGEST = 16 * 1024
_MOST = 200


class UnreadableParameters(ValueError):
    """A query or form that no well-behaved client sends; the message says what is wrong with it.

    Source: RFC 6749 section 3.1 for repeated parameters; the rest is our own caution.
    """


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names and values as sent, repeated ones excluded."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, encoded: str) -> "Parameters":
        """Read `application/x-www-form-urlencoded` text.

        Raises:
            UnreadableParameters: broken UTF-8, control characters, a repeated or an over-long one.
        """
        try:
            pairs = parse_qsl(
                encoded, keep_blank_values=True, errors="strict", max_num_fields=_MOST
            )
        except UnicodeDecodeError as error:
            raise UnreadableParameters("a parameter is not UTF-8") from error
        except ValueError as error:
            raise UnreadableParameters(f"more than {_MOST} parameters") from error
        _refuse_unreadable(pairs)
        return cls(tuple(pairs))

    def get(self, name: str) -> str | None:
        """The value of `name`; an empty one counts as absent, as browsers and SDKs mean it."""
        return next((value for key, value in self.pairs if key == name and value), None)

    def has(self, name: str) -> bool:
        """Whether `name` was sent at all, even empty."""
        return any(key == name for key, _ in self.pairs)

    def names(self) -> Iterator[str]:
        """Every name, in the order sent."""
        return (name for name, _ in self.pairs)

    def encoded(self) -> str:
        """The same parameters in the same order, values encoded anew (contract AZ-20)."""
        return urlencode(self.pairs)

    def over(self, weaker: "Parameters") -> "Parameters":
        """These parameters, completed by those of `weaker` that are not among them."""
        own = set(self.names())
        return Parameters(
            (*self.pairs, *((name, value) for name, value in weaker.pairs if name not in own))
        )


def _refuse_unreadable(pairs: list[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for name, value in pairs:
        shown = name[:40]
        if name in seen:
            raise UnreadableParameters(f"{shown!r} is sent more than once")
        if len(name) > _LONGEST or len(value) > _LONGEST:
            raise UnreadableParameters(f"{shown!r} is longer than {_LONGEST} characters")
        if not (_CONTROL.isdisjoint(value) and _CONTROL.isdisjoint(name)):
            raise UnreadableParameters(f"{shown!r} holds a control character")
        seen.add(name)
