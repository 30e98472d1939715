"""What PyYAML says of a text that is no YAML, in the words of people who write templates."""

import re

import yaml

_UNENDED = "a quotation mark is missing: the text that begins here never ends"
_CUT_OFF = "the text ends before its last ] or }"
_MANY = r"there is a \1 too many"
_WHERE_IT_BEGINS: tuple[tuple[str, str], ...] = (
    (r"expected ',' or '(.)', but got '<stream end>'", r"what begins here lacks its closing \1"),
    (r"could not find expected ':'", "a colon is missing after this name"),
    (r"found unexpected (end of stream|document separator)", _UNENDED),
)
"""Mistakes that PyYAML only sees further down."""

_WHERE_IT_IS_SEEN: tuple[tuple[str, str], ...] = (
    (r"found character '\\t'.*", "a tab stands here; YAML is indented with spaces"),
    (r"expected (?:<block end>|'<document start>'), but found '([]}])'", _MANY),
    (
        r"expected <block end>, but found .*",
        "this does not go with what is above it: look at indentation and quotation marks",
    ),
    (r"expected '<document start>', but found .*", "the template ended before this"),
    (
        r"mapping values are not allowed here",
        "a colon too many: does its value need quotes, or the line above a colon of its own?",
    ),
    (r"expected ',' or '(.)', but got .*", r"a comma or the closing \1 is missing before this"),
    (
        r"found character '(.)' that cannot start any token",
        r"no value can begin with \1: put it in quotes",
    ),
    (r"expected the node content, but found '(.)'", r"a value is missing before \1"),
    (
        r"expected the node content, but found '<stream end>'",
        "the text ends before its last ] or }",
    ),
)


def plainly(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line, and the problem in plain words; as PyYAML has it where that is plain already."""
    problem = error.problem or "this is not YAML"
    seen, begun = error.problem_mark or error.context_mark, error.context_mark
    for patterns, mark in ((_WHERE_IT_BEGINS, begun or seen), (_WHERE_IT_IS_SEEN, seen)):
        for pattern, sentence in patterns:
            if (found := re.fullmatch(pattern, problem)) is not None:
                return _line(mark), found.expand(sentence)
    return _line(seen), problem


def _line(mark: yaml.Mark | None) -> int:
    return int(mark.line) + 1 if mark is not None else 1
