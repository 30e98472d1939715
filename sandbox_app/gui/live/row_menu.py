"""Menus of rows and of values: copy one, filter for it, or hide everything that has it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import without_mnemonic
from sandbox_app.gui.live.wrapping import cut
from sandbox_app.workbench.live.filters.values import can_be_typed, like_this

_VALUES = ("client", "user", "pool", "grant", "m", "u", "c", "s", "rule", "login")
_LONGEST_SHOWN = 60

Narrow = Callable[[str, bool], None]
"""Hears of a term, and whether it shall hide."""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value somewhere in the details.

    Attributes:
        text: what is copied.
        terms: may find others that have it.
        of: the exchange whose other values are offered as well.
    """

    text: str
    terms: tuple[str, ...] = ()
    of: Exchange | None = None


def add_filters(menu: QMenu, exchange: Exchange, wanted: Narrow) -> None:
    """Append *Show only* and *Hide* with a term for each value the exchange has."""
    terms = [term for name in _VALUES if can_be_typed(term := like_this(exchange, name)) and term]
    for words, hide in (("Show only", False), ("Hide", True)):
        inner = menu.addMenu(words)
        for term in terms:
            inner.addAction(_shown(term)).triggered.connect(_caller(wanted, term, hide))


def add_value(menu: QMenu, value: ShownValue, wanted: Narrow) -> None:
    """Append *Copy value*, and *Show only* and *Hide* with each of its terms."""
    if menu.actions():
        menu.addSeparator()
    copy = menu.addAction("Copy value")
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(value.text))
    copy.setEnabled(bool(value.text))
    for words, hide in (("Show only", False), ("Hide", True)):
        for term in value.terms:
            action = menu.addAction(f"{words} {_shown(term)}")
            action.triggered.connect(_caller(wanted, term, hide))
    if value.of is not None:
        menu.addSeparator()
        add_filters(menu, value.of, wanted)


def _shown(term: str) -> str:
    return without_mnemonic(cut(term, _LONGEST_SHOWN))


def _caller(wanted: Narrow, term: str, hide: bool) -> Callable[[], None]:
    return lambda: wanted(term, hide)
