"""Ways in which a text is spoilt on its way, told without the text."""

import base64
import binascii
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus, unquote

_PLACEHOLDERS = frozenset(
    {
        "undefined",
        "null",
        "none",
        "nil",
        "changeme",
        "change-me",
        "secret",
        "password",
        "todo",
        "xxx",
        "client_secret",
        "clientsecret",
        "your-client-secret",
        "your_client_secret",
        "yourclientsecret",
    }
)
_MARKS = ("${", "{{", "<", "process.env", "import.meta", "os.environ")


def spoilt(sent: str) -> Iterator[tuple[str, str]]:
    """Texts that may have been meant, each with what happened to it; the likeliest first."""
    yield sent.strip(), "with white space around it"
    if len(sent) > 1 and sent[0] in "\"'`" and sent[0] == sent[-1]:
        yield sent[1:-1], "with quotation marks around it"
    yield sent.replace(" ", "+"), "with its + as a space: it was not percent-encoded in the form"
    if "%" in sent:
        yield unquote(sent), "percent-encoded once too often"
    yield sent.rstrip("\\n"), "with a line break written out behind it"
    decoded = _decoded(sent)
    if decoded is not None:
        yield decoded, "as base64"
        yield decoded.partition(":")[2], "as the whole Basic value, base64 of id:secret"


def damaged(meant: str) -> Iterator[tuple[str, str]]:
    """What a text becomes by usual mistakes, each with its name; never the text itself."""
    made: tuple[tuple[Callable[[str], str], str], ...] = (
        (str.lower, "in lower case"),
        (str.upper, "in upper case"),
        (quote_plus, "percent-encoded once too often"),
        (quote, "percent-encoded once too often"),
    )
    for change, words in made:
        result = change(meant)
        if result != meant:
            yield result, words


def is_placeholder(sent: str) -> bool:
    """Whether this is what stands where a setting was forgotten."""
    return sent.strip().lower() in _PLACEHOLDERS or sent.strip().startswith(_MARKS)


def _decoded(sent: str) -> str | None:
    try:
        return base64.b64decode(sent, validate=True).decode()
    except (ValueError, binascii.Error):
        return None
