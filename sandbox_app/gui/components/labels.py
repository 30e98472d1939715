"""Texts: plain always, coloured by palette, wrapped without collapsing, or cut in the middle."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from sandbox_app.gui.components.painting import paint_icon, paint_text_elided
from sandbox_app.gui.components.plain_text import one_line, plain_tooltip
from sandbox_app.gui.theme import Role, Theme, Token, Typeface, metrics

_NARROWEST_TEXT: Final = 24


class Label(QLabel):
    """One text in a role of the type scale and a colour of the theme; never mark-up.

    Args:
        selectable: the text can be marked and copied with mouse and keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role | Typeface = Role.BODY,
        token: Token = "text",
        *,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._token: Token = token
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Inside a field Qt would take the field's colour for writing.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_token(self, token: Token) -> None:
        """Change the colour."""
        self._token = token
        self._restyle()

    def set_role(self, role: Role | Typeface) -> None:
        """Change size and weight."""
        self._role = role
        self._restyle()

    def ring_box(self) -> tuple[QRect, int]:
        """See `focus_ring.Ringed`; only a selectable label ever gets focus."""
        return self.rect(), self._theme.px(metrics.RADIUS_CHECK)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        palette = QPalette()
        colour = self._theme.color(self._token)
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        disabled = self._theme.color("disabled")
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, disabled)
        self.setPalette(palette)


class WrapLabel(Label):
    """A text of several lines that never collapses in a scroll area.

    It asks for its natural width on one line and takes what it gets; its minimum height always
    is what the text needs at the width it has.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role | Typeface = Role.BODY,
        token: Token = "text",
        *,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        # Until a layout has given it a width, any height it claims would be a guess.
        self._placed = False
        super().__init__(theme, text, role, token, selectable=selectable, parent=parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Change the text and claim the height it needs."""
        super().setText(text)
        self._claim_height()

    def sizeHint(self) -> QSize:
        """The whole text on one line, line breaks of its own kept."""
        lines = self.text().split("\n")
        width = max(self._theme.text_width(self._role, line) for line in lines) + 1
        return QSize(width, self.fontMetrics().lineSpacing() * len(lines))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed; the height follows."""
        return QSize(self._theme.px(_NARROWEST_TEXT), self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width needs a new height."""
        super().resizeEvent(event)
        self._placed = True
        self._claim_height()

    def _restyle(self) -> None:
        super()._restyle()
        self._claim_height()

    def _claim_height(self) -> None:
        if self._placed:
            # A minimum set before would count as needed again.
            self.setMinimumHeight(0)
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class ElidedLabel(Label):
    """One line cut to the room there is: in the middle for ids and addresses, else at the end.

    The whole text is in the tooltip (escaped) while it is cut, and always in the accessible name.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role | Typeface = Role.BODY,
        token: Token = "text",
        *,
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        super().__init__(theme, text, role, token, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Change the text."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The whole text."""
        width = self._theme.text_width(self._role, one_line(self.text())) + 1
        return QSize(width, self._theme.metrics(self._role).height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        least = min(self.sizeHint().width(), self._theme.px(_NARROWEST_TEXT))
        return QSize(least, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the whole text while it is cut."""
        if isinstance(event, QHelpEvent) and not self.toolTip():
            if self.width() < self.sizeHint().width() - 1:
                QToolTip.showText(event.globalPos(), plain_tooltip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text as far as it fits."""
        painter = QPainter(self)
        token: Token = self._token if self.isEnabled() else "disabled"
        paint_text_elided(
            painter,
            self._theme,
            self.rect(),
            self.text(),
            self._role,
            token,
            self.alignment() | Qt.AlignmentFlag.AlignVCenter,
            self._mode,
        )
        painter.end()


class IconLabel(QWidget):
    """An icon that only shows something; decoration unless given a name."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        token: Token = "text2",
        size: int = 16,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._token: Token = token
        self._size = size
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_icon(self, icon: str, token: Token = "text2") -> None:
        """Change the drawing and its colour."""
        self._icon_name = icon
        self._token = token
        self.update()

    def sizeHint(self) -> QSize:
        """The icon's square."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon."""
        painter = QPainter(self)
        rect = QRect(0, 0, self.width(), self.height())
        paint_icon(painter, self._theme, rect, self._icon_name, self._token, self._size)
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
