"""A sequence as Mermaid text, to paste into documents that draw it."""

from collections.abc import Iterable

from sandbox_app.workbench.live.sequence.parts import Chip, Kind, Lane, Pause, State, Step
from sandbox_app.workbench.live.sequence.sequence import Sequence
from sandbox_app.workbench.live.words import duration_words

_NAMES = {Lane.BROWSER: "B", Lane.APP: "A", Lane.POOL: "P", Lane.PROVIDER: "I"}
_LONGEST_VALUE = 200
_ARROWS = {Kind.REQUEST: "->>", Kind.ANSWER: "-->>", Kind.UNSEEN: "--)"}
_SPECIAL = {"#": "#35;", ";": "#59;", "<": "#60;", ">": "#62;", '"': "#34;", "%": "#37;"}


def mermaid_text(sequence: Sequence, *, masked: bool = True) -> str:
    """The whole diagram.

    Args:
        masked: leave the values of codes, tokens and the like out; otherwise they are written
            out, up to 200 characters each.
    """
    return "\n".join(("sequenceDiagram", *_lines(sequence, masked))) + "\n"


def _lines(sequence: Sequence, masked: bool) -> Iterable[str]:
    lanes = sequence.lanes
    for lane in lanes:
        title, more = sequence.name_of(lane)
        name = f"{title} ({more})" if more else title
        yield f"    participant {_NAMES[lane]} as {_escaped(name)}"
    for row in sequence.rows:
        if isinstance(row, Pause):
            ends = ",".join(dict.fromkeys((_NAMES[lanes[0]], _NAMES[lanes[-1]])))
            words = f"{row.words}, {duration_words(row.seconds * 1000)}"
            yield f"    Note over {ends}: {_escaped(words)}"
        else:
            yield _message(row, masked)


def _message(step: Step, masked: bool) -> str:
    arrow = _ARROWS[step.kind]
    if step.refused or step.state in (State.GONE, State.DROPPED):
        arrow = "--x"
    words = [step.label or step.kind]
    if step.chips:
        words.append(f"[{', '.join(_chip(chip, masked) for chip in step.chips)}]")
    if step.caption:
        words.append(f"({step.caption})")
    ends = f"{_NAMES[step.source]}{arrow}{_NAMES[step.target]}"
    return f"    {ends}: {step.number}. {_escaped(' '.join(words))}"


def _chip(chip: Chip, masked: bool) -> str:
    if masked or not chip.value:
        return chip.name
    value = chip.value
    cut = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    return f"{chip.name}={cut}"


def _escaped(words: str) -> str:
    """On one line, and with nothing in it that Mermaid would read as its own."""
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    return "".join(_SPECIAL.get(letter, letter) for letter in plain)
