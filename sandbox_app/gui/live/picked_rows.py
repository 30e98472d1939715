"""What a selection of the list stands for: how many rows, and which, from the top down."""

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QItemSelection

from sandbox_app.gui.live.row_layout import Place
from sandbox_app.gui.live.traffic_model import Row, TrafficModel
from sandbox_app.workbench.live.words import count_words

_Placed = tuple[Place, Row]


def picked_count(selection: QItemSelection) -> int:
    """How many rows are selected; counted by runs, not by rows."""
    return sum(span.height() for span in selection.toList())


def picked_rows(selection: QItemSelection, model: TrafficModel[Any]) -> Iterator[Row]:
    """The selected rows in the order they are shown, made as they are asked for."""
    spans = sorted((span.parent().row(), span.top(), span.bottom()) for span in selection.toList())
    by_place = itemgetter(0)
    for _, row in merge(_logins(spans, model), _requests(spans, model), key=by_place):
        yield row


def picked_words(selection: QItemSelection, *, foldable: bool) -> str:
    """ "2 logins and 1 request selected"."""
    below = sum(span.height() for span in selection.toList() if span.parent().isValid())
    above = picked_count(selection) - below
    counts = ((above, "login" if foldable else "request"), (below, "request"))
    words = " and ".join(count_words(count, thing) for count, thing in counts if count)
    return f"{words} selected"


def _logins(spans: list[tuple[int, int, int]], model: TrafficModel[Any]) -> Iterator[_Placed]:
    for parent, top, bottom in spans:
        if parent < 0:
            for row, what in enumerate(model.rows_between(top, bottom), top):
                yield Place(row), what


def _requests(spans: list[tuple[int, int, int]], model: TrafficModel[Any]) -> Iterator[_Placed]:
    for parent, top, bottom in spans:
        above = model.index(parent, 0)
        login = model.login_at(above)
        if login is None:
            continue
        for child in range(top, bottom + 1):
            exchange = model.exchange_at(model.index(child, 0, above))
            yield Place(parent, child), (login, exchange)
