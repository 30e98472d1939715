"""Two values compared character by character, and the difference in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Literal
from urllib.parse import SplitResult, urlsplit

_LONGEST = 1_000
_ALIKE = 0.55
_LOOKED_AT = 8
_LONGEST_NAMED = 80
_CLOSE_WORK = 128**3
"""Steps of a close look; without a bound, a thousand characters made for it take seconds."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_STRICT = "Values are compared character by character."

Mark = tuple[int, int]
"""Start and length of characters that differ; a length of 0 is a place where some are missing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was sent beside what was expected.

    `others` counts the further values that would also have been accepted. Without marks the two
    have nothing to do with each other.
    """

    sent: str
    expected: str
    sent_marks: tuple[Mark, ...] = ()
    expected_marks: tuple[Mark, ...] = ()
    words: str = ""
    others: int = 0


def compare(sent: str, expected: str, *, several: Literal["", ", ", " "] = "") -> Comparison:
    """Compare a value with the one expected, or with the most similar of several.

    Args:
        several: what separates acceptable values in `expected`; empty if it is a single one.
    """
    candidates = [part for part in expected.split(several) if part] if several else [expected]
    found = nearest(sent, candidates)
    if found is None or sent == found:
        return Comparison(sent, expected)
    sent_marks, expected_marks = _marks(sent, found)
    words = f"{describe(sent, found)} {_STRICT}"
    return Comparison(sent, found, sent_marks, expected_marks, words, len(candidates) - 1)


def nearest(sent: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was most likely meant; `None` where none is much alike.

    URLs are nearer the fewer of their parts differ: the same callback under another name of this
    machine is nearer than another callback under the same name.
    """
    if not 0 < len(sent) <= _LONGEST:
        return None
    found = max(
        _promising(sent, candidates),
        key=lambda one: (-_distance(sent, one), _likeness(sent, one)),
        default=None,
    )
    return None if found is None or _likeness(sent, found) < _ALIKE else found


def mark_words(sent: str, strange: Iterable[str]) -> tuple[Mark, ...]:
    """Where the strange words stand in a list separated by spaces."""
    unwanted, marks, at = set(strange), [], 0
    for word in sent.split(" "):
        if word in unwanted:
            marks.append((at, len(word)))
        at += len(word) + 1
    return tuple(marks)


def describe(sent: str, expected: str) -> str:
    """The difference as a short sentence."""
    for holds, words in (
        (sent == expected + "/", "One trailing slash too many."),
        (sent + "/" == expected, "A trailing slash is missing."),
        (sent.strip() == expected, "Blanks around the value."),
        (sent.lower() == expected.lower(), "Only upper and lower case differ."),
    ):
        if holds:
            return words
    return _url_difference(sent, expected) or _counted(sent, expected)


def _url_difference(sent: str, expected: str) -> str:
    differing = _differing(sent, expected)
    if len(differing) == 1:
        name, was, wanted = differing[0]
        if max(len(was), len(wanted)) > _LONGEST_NAMED:
            return f"The {name} differs."
        return f"The {name} differs: {was or 'none'} instead of {wanted or 'none'}."
    *names, last = (name for name, _, _ in differing) if differing else [""]
    return f"The {', '.join(names)} and {last} differ." if 1 < len(differing) <= 3 else ""


def _differing(sent: str, expected: str) -> list[tuple[str, str, str]]:
    """Name and values of each part of two URLs that differs; none where one is no URL."""
    try:
        ours, theirs = urlsplit(sent), urlsplit(expected)
        ports = (ours.port, theirs.port)
    except ValueError:
        return []
    if not ours.scheme or not theirs.scheme:
        return []
    return [part for part in _parts(ours, theirs, ports) if part[1] != part[2]]


def _distance(sent: str, candidate: str) -> int:
    """How far apart two URLs are: two for each part, one for what people take for the same."""
    return sum(1 if _is_slip(*part) else 2 for part in _differing(sent, candidate))


def _is_slip(name: str, was: str, wanted: str) -> bool:
    if name == "host":
        return was in _LOOPBACK and wanted in _LOOPBACK
    return was.rstrip("/").lower() == wanted.rstrip("/").lower()


def _parts(
    ours: SplitResult, theirs: SplitResult, ports: tuple[int | None, int | None]
) -> tuple[tuple[str, str, str], ...]:
    return (
        ("scheme", ours.scheme, theirs.scheme),
        ("host", ours.hostname or "", theirs.hostname or ""),
        ("port", str(ports[0] or ""), str(ports[1] or "")),
        ("path", ours.path, theirs.path),
        ("query", ours.query, theirs.query),
        ("fragment", ours.fragment, theirs.fragment),
    )


def _counted(sent: str, expected: str) -> str:
    sent_marks, expected_marks = _marks(sent, expected)
    count = max(sum(size for _, size in sent_marks), sum(size for _, size in expected_marks))
    return "One character differs." if count == 1 else f"{count} characters differ."


def _marks(sent: str, expected: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    changed = _changed(sent, expected)
    return (
        tuple((start, end - start) for start, end, _, _ in changed),
        tuple((start, end - start) for _, _, start, end in changed),
    )


def _changed(sent: str, expected: str) -> list[tuple[int, int, int, int]]:
    """Where the two differ, as start and end in each; in one piece where that is too much work."""
    head = _common(sent, expected)
    ours, theirs = sent[head:], expected[head:]
    if tail := _common(ours[::-1], theirs[::-1]):
        ours, theirs = ours[:-tail], theirs[:-tail]
    sizes = len(ours), len(theirs)
    if sizes[0] * sizes[1] * min(sizes) > _CLOSE_WORK:
        return [(head, head + sizes[0], head, head + sizes[1])]
    return [
        (head + start, head + end, head + begin, head + stop)
        for kind, start, end, begin, stop in SequenceMatcher(
            None, ours, theirs, autojunk=False
        ).get_opcodes()
        if kind != "equal"
    ]


def _common(one: str, other: str) -> int:
    """Characters with which both begin."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _promising(sent: str, candidates: Iterable[str]) -> list[str]:
    """Those worth a close look, by a rough one; a client may have a hundred.

    Source: contract oidc 11, 100 callback and logout URLs per client.
    """
    rough = SequenceMatcher(None, "", sent, autojunk=False)

    def likeness_at_most(candidate: str) -> float:
        rough.set_seq1(candidate)
        return rough.quick_ratio()

    short = (candidate for candidate in candidates if len(candidate) <= _LONGEST)
    return nlargest(_LOOKED_AT, short, key=likeness_at_most)


def _likeness(sent: str, candidate: str) -> float:
    """From 0 to 1: how much of both stands in both, in the same order."""
    changed = sum(
        end - start + stop - begin for start, end, begin, stop in _changed(sent, candidate)
    )
    return 1 - changed / max(1, len(sent) + len(candidate))
