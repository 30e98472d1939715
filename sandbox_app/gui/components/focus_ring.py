"""The ring around the control that has keyboard focus, drawn outside its box."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QWidget
from shiboken6 import isValid

from sandbox_app.gui.components.painting import paint_focus_ring
from sandbox_app.gui.theme import Theme, metrics

_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
)


@runtime_checkable
class Ringed(Protocol):
    """A control that wants a ring; the rectangle in its own coordinates and its radius."""

    def ring_box(self) -> tuple[QRect, int]:
        """The visible box (without the ring) in widget coordinates, and its corner radius."""


class RingOverlay(QWidget):
    """Paints one ring around one control, above everything, and follows it about.

    It lies in the nearest ancestor that has room for the ring, so a scroll area still clips it.
    """

    def __init__(self, theme: Theme, target: QWidget) -> None:
        super().__init__(target.window())
        self._theme = theme
        self._target = target
        self._radius = 0
        self._gone = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")
        self._watch()
        self.follow()

    def follow(self) -> None:
        """Take the place the control has now."""
        target = self._target
        if self._gone or not isValid(target) or not isinstance(target, Ringed):
            return
        box, radius = target.ring_box()
        reach = self._theme.px(metrics.RING) + self._theme.px(metrics.RING_GAP)
        wanted = box.adjusted(-reach, -reach, reach, reach)
        host = _roomy_ancestor(target, wanted)
        if self.parentWidget() is not host:
            self.setParent(host)
        self._radius = radius + reach
        self.setGeometry(QRect(target.mapTo(host, wanted.topLeft()), wanted.size()))
        self.setVisible(target.isVisibleTo(host))
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring alone; everything inside stays visible."""
        painter = QPainter(self)
        paint_focus_ring(painter, self._theme, self.rect(), self._radius)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control and everything it lies in."""
        if event.type() in _FOLLOWED:
            self.follow()
        return False

    def let_go(self) -> None:
        """Stop following, and go."""
        self._gone = True
        self.hide()
        self.deleteLater()

    def _watch(self) -> None:
        widget: QWidget | None = self._target
        while widget is not None:
            widget.installEventFilter(self)
            if widget.isWindow():
                break
            widget = widget.parentWidget()


class FocusRing(QObject):
    """Moves one ring to whichever of our controls gets focus from the keyboard.

    Make one per window and keep it. A click gives focus without a ring.
    """

    def __init__(self, theme: Theme, application: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._overlay: RingOverlay | None = None
        application.focusChanged.connect(self._moved)
        theme.changed.connect(self._refresh)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._overlay is not None:
            # The ring dies with the pane it lies in; that is not an error.
            if isValid(self._overlay):
                self._overlay.let_go()
            self._overlay = None
        if new is None or new.window() is not self._window or not isinstance(new, Ringed):
            return
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._overlay = RingOverlay(self._theme, new)

    def _refresh(self) -> None:
        if self._overlay is not None and isValid(self._overlay):
            self._overlay.follow()


def _roomy_ancestor(target: QWidget, wanted: QRect) -> QWidget:
    host = target.parentWidget() or target
    while not host.isWindow() and not _clips(host):
        placed = QRect(target.mapTo(host, wanted.topLeft()), wanted.size())
        # A splitter would take the ring for one more pane.
        if host.rect().contains(placed) and not isinstance(host, QSplitter):
            break
        parent = host.parentWidget()
        if parent is None:
            break
        host = parent
    return host


def _clips(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
