"""The menu of a row: filter for a value it shows, or hide everything that has it."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import without_mnemonic
from sandbox_app.workbench.live.filters.completing import like_this

_VALUES = ("client", "user", "pool", "grant", "m", "u", "c", "s", "rule")


def add_filters(menu: QMenu, exchange: Exchange, wanted: Callable[[str, bool], None]) -> None:
    """Append *Show only* and *Hide* with a term for each value the exchange has.

    Args:
        wanted: hears of the term, and whether it shall hide.
    """
    terms = [term for name in _VALUES if (term := like_this(exchange, name))]
    for words, hide in (("Show only", False), ("Hide", True)):
        inner = menu.addMenu(words)
        for term in terms:
            inner.addAction(without_mnemonic(term)).triggered.connect(_caller(wanted, term, hide))


def _caller(wanted: Callable[[str, bool], None], term: str, hide: bool) -> Callable[[], None]:
    return lambda: wanted(term, hide)
