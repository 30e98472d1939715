"""Tells what is in the token that the pointer rests on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect

from sandbox_app.gui.components import HoverCard
from sandbox_app.gui.live.diagram.canvas import DiagramCanvas
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Chip
from sandbox_app.workbench.live.tokens import in_short


class TokenCard(QObject):
    """Shows and hides the card of one diagram.

    Args:
        now: epoch seconds of the sandbox's clock.
    """

    def __init__(self, theme: Theme, canvas: DiagramCanvas, now: Callable[[], float]) -> None:
        super().__init__(canvas)
        self._theme = theme
        self._canvas = canvas
        self._now = now
        self._made: HoverCard | None = None
        canvas.chip_rested_on.connect(self._show)
        canvas.chip_left.connect(self._hide)
        canvas.installEventFilter(self)

    @property
    def shown(self) -> HoverCard | None:
        """The card, while it is to be seen."""
        return self._made if self._made is not None and self._made.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card lies in the window and would stay when the diagram goes."""
        if event.type() == QEvent.Type.Hide:
            self._hide()
        return False

    def _show(self, chip: Chip, box: QRect) -> None:
        rows = in_short(chip.value, self._now())
        if self._made is None:
            self._made = HoverCard(self._theme, self._canvas.window())
        self._made.set_facts(f"{chip.name} token" if rows else f"{chip.name} token, opaque", rows)
        corner = self._canvas.viewport().mapTo(self._canvas.window(), box.topLeft())
        self._made.show_below(QRect(corner, box.size()))

    def _hide(self) -> None:
        if self._made is not None:
            self._made.hide()
