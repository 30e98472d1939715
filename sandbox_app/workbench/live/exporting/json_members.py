"""Secret members of JSON in any text: whole, cut off, or held in strings of other JSON."""

import re
from collections.abc import Callable

from sandbox_app.workbench.live.exporting.covering import Covering, Redaction
from sandbox_app.workbench.live.exporting.json_texts import (
    end_of_escaped,
    held_json,
    json_string,
    without_members,
    written,
)
from sandbox_app.workbench.live.exporting.secret_names import is_secret, label_of

_MEMBER = re.compile(
    r'"((?:[^"\\]|\\.){1,80})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,{}\[\]"]+)', re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_ESCAPED_NAME = re.compile(r'(?<!\\)(\\+")([^"\\]{1,80})\1\s*:\s*')
_BARE = re.compile(r'[^\s,{}\[\]"\\]+')
_NOTHING = ('""', "null", "true", "false")


class JsonMembers:
    """Covers the values of secret members.

    Args:
        text: covers what else is secret in the JSON that a string holds.
    """

    def __init__(self, covering: Covering, text: Callable[[str], str]) -> None:
        self._covering = covering
        self._text = text

    def without_secrets(self, text: str) -> str:
        """The text with every such value covered."""
        if '\\"' in text:
            text = _STRING.sub(self._held, text)
            text = self._escaped_members(text)
        return _MEMBER.sub(self._member, text)

    def without_removed(self, text: str) -> str:
        """The text, or if it is JSON and secrets are removed, with such members gone.

        Masked, lists and objects stay: what they say is met here, and then found in all texts.
        """
        rest = without_members(text, lambda name, value: self._cover(value, name))
        return rest if self._covering.how is Redaction.REMOVE else text

    def _cover(self, value: str, name: str) -> str:
        return self._covering.cover(value, label_of(name))

    def _member(self, found: re.Match[str]) -> str:
        name, value = json_string(f'"{found[1]}"'), found[3]
        if not is_secret(name) or value in _NOTHING:
            return found[0]
        plain = json_string(value) if value.startswith('"') else value
        return f'"{found[1]}"{found[2]}"{self._cover(plain, name)}"'

    def _held(self, found: re.Match[str]) -> str:
        """A JSON string that holds JSON: its members are as secret as any."""
        inner = held_json(found[0])
        if inner is None:
            return found[0]
        shown = self._text(self.without_removed(inner))
        return found[0] if shown == inner else written(shown)

    def _escaped_members(self, text: str) -> str:
        """The same where the text was cut off and cannot be read as JSON any more."""
        parts: list[str] = []
        done = 0
        for found in _ESCAPED_NAME.finditer(text):
            if found.start() < done or not is_secret(found[2]):
                continue
            mark, start = found[1], found.end()
            if text.startswith(mark, start):
                start += len(mark)
                end = end_of_escaped(text, mark, start)
                covered = self._cover(text[start:end], found[2])
            else:
                bare = _BARE.match(text, start)
                end = bare.end() if bare is not None else start
                value = text[start:end]
                plain = not value or value in _NOTHING
                covered = value if plain else f"{mark}{self._cover(value, found[2])}{mark}"
            parts += (text[done:start], covered)
            done = end
        return "".join((*parts, text[done:]))
