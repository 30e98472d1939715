"""Keeps text from elsewhere plain: Qt guesses mark-up in tooltips and mnemonics in labels."""

from html import escape
from typing import Final

_LONGEST_TOOLTIP: Final = 1000


def plain_tooltip(text: str) -> str:
    """A tooltip that shows `text` letter by letter, line breaks kept, cut after 1000 characters.

    Qt shows any tooltip that looks like mark-up as mark-up, images from files included; so it
    gets mark-up of ours with the text escaped inside.
    """
    if not text:
        return ""
    shown = text if len(text) <= _LONGEST_TOOLTIP else text[:_LONGEST_TOOLTIP] + "…"
    return f'<p style="white-space: pre-wrap">{escape(shown)}</p>'


def without_mnemonic(text: str) -> str:
    """For buttons, tabs and menu entries: an ampersand stays an ampersand."""
    return text.replace("&", "&&")


def one_line(text: str) -> str:
    """The text with every control character and line break shown as one space."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
