"""A text as a literal of another language, so that it says the same there whatever is in it."""

import json
import re
import shlex

_BARE = re.compile(r"[A-Za-z0-9_./:@%+,=?-]+")
_OPENS_ANEW = {"\u2028": r"\u2028", "\u2029": r"\u2029", "\x85": r"\x85", "\x7f": r"\x7f"}


def js(text: str) -> str:
    """JavaScript and TypeScript, in single quotes; ECMA-262 section 12.9.4."""
    inner = json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{_escaped_breaks(inner)}'"


def python(text: str) -> str:
    """Python."""
    return repr(text)


def yaml(text: str) -> str:
    """YAML, in double quotes; YAML 1.2 section 5.7. Spring's placeholders are not its concern."""
    return f'"{_escaped_wide(json.dumps(text, ensure_ascii=False)[1:-1])}"'


def toml(text: str) -> str:
    """TOML, a basic string; TOML 1.0 "String"."""
    return f'"{_escaped_wide(json.dumps(text, ensure_ascii=False)[1:-1])}"'


def shell(text: str) -> str:
    """A word for a POSIX shell."""
    return shlex.quote(text)


def dotenv(text: str) -> str | None:
    """A value that shells and the dotenv readers of Node.js, Python and Docker Compose read alike.

    `None` where they disagree, as they do on backslashes, and on `$` beside a single quote.
    """
    if _BARE.fullmatch(text) or not text:
        return text
    if not re.search(r"['\\\x00-\x1f\x7f\x85\u2028\u2029]|\$\{", text):
        return f"'{text}'"
    if not re.search(r'["\\$`\x00-\x1f\x7f\x85\u2028\u2029]', text):
        return f'"{text}"'
    return None


def _escaped_breaks(text: str) -> str:
    for character, escape in _OPENS_ANEW.items():
        text = text.replace(character, escape)
    return text


def _escaped_wide(text: str) -> str:
    """Whatever is neither plain ASCII nor a printable letter, as YAML and TOML both escape it."""
    return "".join(
        character
        if character.isprintable() and character != "\ufeff"
        else f"\\u{ord(character):04x}"
        if ord(character) < 0x10000
        else f"\\U{ord(character):08x}"
        for character in text
    )
