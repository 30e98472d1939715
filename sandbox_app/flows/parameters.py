"""The parameters of a query or form, decoded once, in the order they came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urlencode

_CONTROL = {chr(code) for code in range(32)} - {"\t"} | {"\x7f"}
_LONGEST = 16 * 1024
_MOST = 200


class UnreadableParameters(ValueError):
    """A query or form that no well-behaved client sends; the message says what is wrong with it.

    Source: RFC 6749 section 3.1 for repeated parameters; the rest is our own caution.
    """


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values by name, in the order sent; no name comes twice."""

    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, encoded: str) -> "Parameters":
        """Read `application/x-www-form-urlencoded` text.

        Raises:
            UnreadableParameters: broken UTF-8, control characters, a repeated or an over-long one.
        """
        if encoded.count("&") >= _MOST:
            raise UnreadableParameters(f"more than {_MOST} parameters")
        values: dict[str, str] = {}
        for pair in encoded.split("&"):
            if pair:
                name, _, value = pair.partition("=")
                name = _readable(name)
                if name in values:
                    raise UnreadableParameters(f"{name[:40]!r} is sent more than once")
                values[name] = _readable(value, name)
        return cls(values)

    def get(self, name: str) -> str | None:
        """The value of `name`; an empty one counts as absent, as browsers and SDKs mean it."""
        return self.values.get(name) or None

    def has(self, name: str) -> bool:
        """Whether `name` was sent at all, even empty."""
        return name in self.values

    def encoded(self) -> str:
        """The same parameters in the same order, values encoded anew (contract AZ-20)."""
        return urlencode(self.values)

    def over(self, weaker: "Parameters") -> "Parameters":
        """These parameters, completed by those of `weaker` that are not among them."""
        missing = {name: weaker.values[name] for name in weaker.values if name not in self.values}
        return Parameters({**self.values, **missing})


def _readable(encoded: str, name: str | None = None) -> str:
    """The text behind a value, or behind the name itself where `name` is left out."""
    text = encoded.replace("+", " ")
    if "%" in text:
        try:
            text = unquote_to_bytes(text).decode()
        except UnicodeDecodeError as error:
            raise UnreadableParameters("a parameter is not UTF-8") from error
    if len(text) > _LONGEST:
        raise UnreadableParameters(f"{(name or text)[:40]!r} is longer than {_LONGEST} characters")
    if not text.isprintable() and not _CONTROL.isdisjoint(text):
        raise UnreadableParameters(f"{(name or text)[:40]!r} holds a control character")
    return text
