"""The corpus: requests as text files, each with the answer that it has to get.

A file begins with `# expect: STATUS RULE` and a sentence. Below, a line end stands for CRLF and a
head that no blank line ends is ended by one. `\\n`, `\\r`, `\\\\` and `\\xNN` stand for bytes,
`{text*9}` for nine times the text and `{length}` for the size of the body. A last line `...` means
that the request is cut off there, so that nothing is added.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([nr\\]))")
_REPEATED = re.compile(r"\{([^{}]*)\*(\d+)\}")
_EXPECTED = re.compile(r"# expect: (\d{3}) (\S+)")
_SIMPLE = {"n": "\n", "r": "\r", "\\": "\\"}
_CUT = "\n..."


@dataclass(frozen=True, slots=True)
class Case:
    """One request; `rule` is `-` where nothing refuses it."""

    name: str
    status: int
    rule: str
    sent: bytes


def read(path: Path) -> Case:
    """The case in a file.

    Raises:
        ValueError: the file does not say what is expected.
    """
    text = path.read_text(encoding="utf-8")
    expected = _EXPECTED.match(text)
    if expected is None:
        raise ValueError(f"{path.name} does not begin with '# expect: STATUS RULE'")
    lines = text.removesuffix("\n").split("\n")
    while lines and lines[0].startswith("#"):
        del lines[0]
    return Case(path.stem, int(expected[1]), expected[2], encoded("\n".join(lines)))


def cases() -> list[Case]:
    """All of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def encoded(text: str) -> bytes:
    """The bytes that the text stands for."""
    cut = text.endswith(_CUT)
    text = text.removesuffix(_CUT)
    head, blank, body = text.partition("\n\n")
    tail = _bytes(body)
    start = _bytes(head.replace("{length}", str(len(tail))))
    return start + tail if cut and not blank else start + b"\r\n\r\n" + tail


def decoded(sent: bytes) -> str:
    """Text that stands for the bytes; for writing down what a search has found."""
    text = sent.decode("latin-1").replace("\\", "\\\\")
    text = "".join(c if " " <= c <= "~" or c in "\r\n" else f"\\x{ord(c):02x}" for c in text)
    lines = text.replace("{", "\\x7b").replace("\r\n", "\0")
    lines = lines.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\n")
    head, blank, body = lines.partition("\n\n")
    return f"{head}\n\n{body}" if blank else f"{head}{_CUT}"


def _bytes(text: str) -> bytes:
    text = _REPEATED.sub(lambda match: match[1] * int(match[2]), text).replace("\n", "\r\n")
    # Each character is one byte, except what is not in Latin-1.
    plain = _ESCAPE.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _SIMPLE[match[2]], text
    )
    return plain.encode("latin-1")
