"""The panel that stands in place of what is looked at, until it is closed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from sandbox_app.gui.templates.panel import Panel


class PanelPages(QObject):
    """Shows one panel at a time, on top of what is there.

    Args:
        pages: where it is shown.

    Signals:
        closing: the panel that is open is about to go.
    """

    closing = Signal()

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._pages = pages
        self._before: QWidget | None = None
        self.panel: Panel | None = None
        """The one that is open."""

    def open(self, panel: "Panel") -> None:
        """Show a panel in place of what is looked at, until it is closed."""
        self.close()
        self._before = self._pages.currentWidget()
        self.panel = panel
        panel.closed.connect(self.close)
        self._pages.addWidget(panel)
        self._pages.setCurrentWidget(panel)
        panel.setFocus()

    def close(self) -> None:
        """Take the panel away; what was looked at before is shown again."""
        if self.panel is None:
            return
        self.panel.leave()
        self.closing.emit()
        was_shown = self._pages.currentWidget() is self.panel
        self._pages.removeWidget(self.panel)
        self.panel.deleteLater()
        self.panel = None
        if was_shown and self._before is not None:
            self._pages.setCurrentWidget(self._before)

    def forget(self) -> None:
        """Take the panel away; nothing is gone back to."""
        self._before = None
        self.close()

    def leave(self) -> None:
        """The workspace is left: nothing is read any more."""
        if self.panel is not None:
            self.panel.leave()
