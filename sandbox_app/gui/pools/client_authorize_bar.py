"""The authorize URL that a client's settings lead to, a line for each step of it."""

from typing import Final
from urllib.parse import quote_plus

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, CopyButton, ElidedLabel, WrapLabel
from sandbox_app.gui.components.painting import paint_hairline, paint_text_elided
from sandbox_app.gui.components.plain_text import plain_tooltip
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.editing.client_authorize import AuthorizeUrl

_LINE: Final = 24
_INDENT: Final = 14
_LIVE: Final = "redirect_uri"

Piece = tuple[str, Token]


class AuthorizeBar(QWidget):
    """The URL, a button that copies it and one that opens it.

    Signals:
        open_wanted: str, the URL.
    """

    open_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = AuthorizeUrl("", ())
        self.title = ElidedLabel(theme, "Authorize URL with these settings", Role.NAME)
        self.copy = _Copy(theme)
        self.open = Button(theme, "Open sign-in page", size="small", icon="open-outside")
        self.open.clicked.connect(lambda: self.open_wanted.emit(self._shown.url))
        self.lines = UrlLines(theme)
        self.reason = WrapLabel(theme, "", Role.HELP, "text2")
        head = QHBoxLayout()
        head.setSpacing(theme.px(metrics.GRID))
        head.addWidget(self.title, 1)
        head.addWidget(self.copy)
        head.addWidget(self.open)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.lines)
        self._column.addWidget(self.reason)
        self.setAccessibleName("Authorize URL with these settings")
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def url(self) -> str:
        """The URL shown; empty while there is none."""
        return self._shown.url

    def show_url(self, shown: AuthorizeUrl, why_not_open: str = "") -> None:
        """Show another one.

        Args:
            why_not_open: what keeps it from being opened, the URL itself aside.
        """
        self._shown = shown
        why = shown.why_not or why_not_open
        self.lines.show_url(shown)
        self.lines.setVisible(bool(shown.parameters))
        self.copy.set_text(shown.url)
        self.copy.setEnabled(bool(shown.url))
        self.open.setEnabled(bool(shown.url) and not why)
        self.open.setToolTip(plain_tooltip(why))
        self.open.setAccessibleDescription(why)
        self.reason.setText(why)
        self.reason.setVisible(bool(why))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sunken ground below a hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        line = self.rect()
        line.setHeight(1)
        paint_hairline(painter, self._theme, line)
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(
            px(metrics.PANE_LEFT), px(12), px(metrics.PANE_RIGHT), px(12)
        )
        self._column.setSpacing(px(metrics.HALF))


class _Copy(Button):
    """A small button with words that copies."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Copy", size="small", icon="copy")
        self._button = CopyButton(theme, "authorize URL", parent=self)
        self._button.hide()
        self.setAccessibleName("Copy authorize URL")
        self.clicked.connect(lambda: self._button.click())

    def set_text(self, text: str) -> None:
        """What will be copied."""
        self._button.set_text(text)


class UrlLines(QWidget):
    """A URL broken at its parameters; a line that is too long is cut in its middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = AuthorizeUrl("", ())
        self._lines: list[list[Piece]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._break)

    def show_url(self, shown: AuthorizeUrl) -> None:
        """Break another one."""
        self._shown = shown
        self.setToolTip(plain_tooltip(shown.url))
        self.setAccessibleName(shown.url)
        self._break()

    @property
    def texts(self) -> list[str]:
        """The lines as they read."""
        return [_words(line) for line in self._lines]

    def sizeHint(self) -> QSize:
        """As many lines as there are."""
        return QSize(self._theme.px(320), self._theme.px(_LINE) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Client and response type share a line where there is room for both."""
        super().resizeEvent(event)
        self._break()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, names quieter than values."""
        painter = QPainter(self)
        px = self._theme.px
        for number, line in enumerate(self._lines):
            left = px(_INDENT) if number else 0
            for position, (text, token) in enumerate(line):
                last = position == len(line) - 1
                room = QRect(left, number * px(_LINE), max(0, self.width() - left), px(_LINE))
                mode = Qt.TextElideMode.ElideMiddle if last else Qt.TextElideMode.ElideRight
                left += paint_text_elided(
                    painter, self._theme, room, text, Role.MONO, token, elide=mode
                )
        painter.end()

    def _break(self) -> None:
        lines = _lines(self._shown, together=True)
        room = self.width() - self._theme.px(_INDENT)
        if len(lines) > 1 and room < self._theme.text_width(Role.MONO, _words(lines[1])):
            lines = _lines(self._shown, together=False)
        self._lines = lines
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _words(line: list[Piece]) -> str:
    return "".join(text for text, _ in line)


def _lines(shown: AuthorizeUrl, *, together: bool) -> list[list[Piece]]:
    """The endpoint, then a line per parameter; client and response type `together` in one."""
    if not shown.parameters:
        return []
    lines: list[list[Piece]] = [[(shown.endpoint, "text")]]
    for number, (name, value) in enumerate(shown.parameters):
        value_token: Token = "accent_text" if name == _LIVE else "text"
        pieces: list[Piece] = [
            (f"{'&' if number else '?'}{name}=", "text2"),
            (quote_plus(value) or "…", value_token),
        ]
        if name == "response_type" and number and together:
            lines[-1] += pieces
        else:
            lines.append(pieces)
    return lines
