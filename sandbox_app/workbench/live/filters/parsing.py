"""The text of a filter into what it means, with a place and a remedy where it has none."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from sandbox_app.workbench.live.filters.nodes import And, Node, Not, Or, Term, Word
from sandbox_app.workbench.live.filters.terms import OPERATORS, Operator
from sandbox_app.workbench.live.marks import Marks

LONGEST = 2_000
_DEEPEST = 50
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<SIGN>[()!&|])
      | "(?P<QUOTED>(?:[^"\\]|\\.)*)(?P<CLOSED>"?)
      | ~(?P<OPERATOR>[A-Za-z]*)
      | (?P<WORD>[^\s()!&|"]+)
    )""",
    re.VERBOSE | re.DOTALL,
)


class FilterError(ValueError):
    """A filter that means nothing yet; the message says what is missing or wrong.

    Attributes:
        at: where, in characters from 0.
    """

    def __init__(self, at: int, because: str) -> None:
        super().__init__(because)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str, marks: Marks | None = None) -> Node | None:
    """What the text means; `None` where it is empty.

    Args:
        marks: what is noted about rows; `None` where nothing can be noted.

    Raises:
        FilterError: it means nothing, such as an operator that does not exist.
    """
    if len(text) > LONGEST:
        raise FilterError(LONGEST, f"a filter has at most {LONGEST} characters")
    reader = _Reader(_tokens(text), len(text), marks)
    if reader.next is None:
        return None
    node = reader.alternatives(0)
    if reader.next is not None:
        raise FilterError(reader.next.at, f"nothing is open that “{reader.next.text}” could close")
    return node


class _Reader:
    """Reads tokens from the left; each method reads one kind of thing."""

    def __init__(self, tokens: list[_Token], end: int, marks: Marks | None) -> None:
        self._tokens = tokens
        self._end = end
        self._marks = marks
        self._at = 0

    @property
    def next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def alternatives(self, depth: int) -> Node:
        parts = [self._all_of(depth)]
        while self._is("|"):
            self._at += 1
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while self.next is not None and not self._is("|") and not self._is(")"):
            if self._is("&"):
                self._at += 1
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int) -> Node:
        token = self.next
        if depth > _DEEPEST:
            raise FilterError(token.at if token else self._end, "too many parentheses")
        if token is None:
            raise FilterError(self._end, "something is missing at the end")
        self._at += 1
        if token.kind == "SIGN":
            return self._after_sign(token, depth)
        if token.kind == "OPERATOR":
            return self._term(token)
        return Word(token.text.lower())

    def _after_sign(self, token: _Token, depth: int) -> Node:
        if token.text == "!":
            return Not(self._one(depth + 1))
        if token.text != "(":
            raise FilterError(token.at, f"something is missing before “{token.text}”")
        inside = self.alternatives(depth + 1)
        if not self._is(")"):
            raise FilterError(token.at, "this parenthesis is never closed")
        self._at += 1
        return inside

    def _term(self, token: _Token) -> Term:
        operator = OPERATORS.get(token.text.lower())
        if operator is None:
            raise FilterError(token.at, _unknown(token.text))
        argument = ""
        if operator.argument:
            follows = self.next
            if follows is None or follows.kind not in ("WORD", "QUOTED"):
                raise FilterError(token.at, f"~{operator.name} takes a {operator.argument}")
            argument = follows.text
            self._at += 1
        try:
            return self._made(operator, argument)
        except ValueError as error:
            raise FilterError(token.at, str(error)) from error

    def _made(self, operator: Operator, argument: str) -> Term:
        if operator.summary is not None:
            return Term(operator, argument, summary=operator.summary(argument))
        if operator.detail is not None:
            return Term(operator, argument, detail=operator.detail(argument))
        marks = self._marks
        if marks is None:
            raise ValueError(
                f"~{operator.name} finds what was noted by hand in Live, and only there"
            )
        assert operator.mark is not None
        test = operator.mark(argument)
        return Term(
            operator, argument, summary=lambda exchange: any(map(test, marks.about(exchange)))
        )

    def _is(self, sign: str) -> bool:
        token = self.next
        return token is not None and token.kind == "SIGN" and token.text == sign


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at, end)
        assert found is not None, "every character begins something"
        kind = next(it for it in ("SIGN", "QUOTED", "OPERATOR", "WORD") if found[it] is not None)
        if kind == "QUOTED" and not found["CLOSED"]:
            raise FilterError(found.start("QUOTED") - 1, "this quotation mark has no partner")
        start = found.start(kind) - (kind in ("QUOTED", "OPERATOR"))
        value = re.sub(r"\\(.)", r"\1", found[kind]) if kind == "QUOTED" else found[kind]
        tokens.append(_Token(kind, value, start))
        at = found.end()
    return tokens


def _unknown(name: str) -> str:
    if not name:
        return "an operator is missing after ~"
    near = get_close_matches(name.lower(), OPERATORS, 1, 0.5)
    return f"there is no operator ~{name[:20]}" + (f"; ~{near[0]} is one" if near else "")
