"""A filter taken apart: words and operators as leaves, joined by and, or and not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.filters.contents import DetailTest
from sandbox_app.workbench.live.filters.terms import Operator

_DENIALS = {
    "is": "is not",
    "was": "was not",
    "holds": "does not hold",
    "belongs": "does not belong",
    "took": "did not take",
    "refused": "did not refuse",
}
"""What operators say, and its opposite."""


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word, looked for in everything a row shows; lower-case."""

    text: str

    def __str__(self) -> str:
        return quoted(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """An operator with its argument. Exactly one of the tests is there.

    Attributes:
        hits: for a `detail` test, the ids of exchanges that were read and passed.
        read: the ids of all exchanges that were read.
    """

    operator: Operator
    argument: str
    summary: Callable[[Exchange], bool] | None = None
    detail: DetailTest | None = None
    hits: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)

    @property
    def test(self) -> Callable[[Exchange], bool]:
        """What `passes` comes to."""
        return self.summary or self.passes

    def passes(self, exchange: Exchange) -> bool:
        """Whether it holds; what has not been read yet does not pass."""
        if self.summary is not None:
            return self.summary(exchange)
        return exchange.id in self.hits

    def __str__(self) -> str:
        argument = f" {quoted(self.argument)}" if self.operator.argument else ""
        return f"~{self.operator.name}{argument}"


@dataclass(frozen=True, slots=True)
class Not:
    """What does not pass the other."""

    inner: "Node"

    def __str__(self) -> str:
        return f"!{_bound(self.inner)}"


@dataclass(frozen=True, slots=True)
class And:
    """What passes all."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        return " ".join(_bound(it) if isinstance(it, Or) else str(it) for it in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """What passes one."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        return " | ".join(str(it) for it in self.parts)


Node = Word | Term | Not | And | Or


def terms_of(node: Node) -> Iterator[Term]:
    """Every operator in it."""
    match node:
        case Term():
            yield node
        case Not(inner):
            yield from terms_of(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from terms_of(part)


def in_words(node: Node) -> str:
    """What it finds, as a sentence goes on after "requests where"."""
    match node:
        case Word(text):
            return f"“{text}” occurs"
        case Term():
            return node.operator.meaning.replace("{}", f"“{node.argument}”")
        case Not(Word(text)):
            return f"“{text}” does not occur"
        case Not(Term() as term):
            return denied(term.operator.meaning).replace("{}", f"“{term.argument}”")
        case Not(inner):
            return f"not ({in_words(inner)})"
        case And(parts):
            return " and ".join(
                f"({in_words(it)})" if isinstance(it, Or) else in_words(it) for it in parts
            )
        case Or(parts):
            return " or ".join(in_words(it) for it in parts)


def denied(meaning: str) -> str:
    """The opposite of what an operator means: "the method is not {}", "no body holds {}"."""
    if meaning.startswith("a "):
        return f"no {meaning.removeprefix('a ')}"
    verb = next(verb for verb in _DENIALS if f" {verb} " in f"{meaning} ")
    return f"{meaning} ".replace(f" {verb} ", f" {_DENIALS[verb]} ", 1).rstrip()


def quoted(text: str) -> str:
    """The text as one word of a filter, in quotes where it would not be one otherwise."""
    plain = (
        text and not text.startswith("~") and not any(it in '"()!&|' or it.isspace() for it in text)
    )
    if plain:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _bound(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)
