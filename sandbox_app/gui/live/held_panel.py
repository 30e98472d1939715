"""An answer that waits at the breakpoint: what it is, and release, edit or drop."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.events import AnswerHeld, AnswerLetGo, ConditionsChanged
from sandbox_app.domain.holding import HeldAnswer
from sandbox_app.gui.components import (
    Button,
    CodeEdit,
    ElidedLabel,
    Field,
    IconLabel,
    Label,
    VerdictLine,
)
from sandbox_app.gui.settling import Settling
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.breakpoint import edited, end_break, stopped

_STATUS = 72


class HeldPanel(QWidget):
    """Shows the oldest answer that waits; hidden while none does."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._shown: HeldAnswer | None = None
        self.title = ElidedLabel(theme, "", Role.NAME, "warn")
        self.more = Label(theme, "", Role.HELP, "text2")
        self.release = Button(theme, "Release", variant="primary", size="small", icon="send")
        self.edit = Button(theme, "Edit answer", size="small")
        self.drop = Button(theme, "Drop connection", size="small", variant="danger")
        self.end = Button(theme, "End breakpoint", size="small")
        self.status = Field(theme, "Status", mono=True)
        self.headers = CodeEdit(theme, "Headers, one a line", lines=5)
        self.body = CodeEdit(theme, "Body", lines=7)
        self.binary = Label(theme, "The body is no text and stays as it is.", Role.HELP, "text2")
        self.wrong = VerdictLine(theme)
        self._editor = QWidget()
        self._connect()
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)
        self._changed = Settling(self)
        self._changed.settled.connect(self.refresh)
        self._subscriptions = [
            core.bus.subscribe(kind, lambda _: self._changed.touch())
            for kind in (AnswerHeld, AnswerLetGo, ConditionsChanged)
        ]
        self._editor.hide()
        self.hide()

    def leave(self) -> None:
        """Hear of nothing any more; the breakpoint goes with the window that could release."""
        for stop in self._subscriptions:
            stop()
        self._subscriptions.clear()
        self._changed.stop()
        if self._core.conditions.breakpoint is not None:
            end_break(self._core)

    def refresh(self) -> None:
        """Show what waits now; one that is being edited stays."""
        waiting = stopped(self._core)
        self.setVisible(bool(waiting))
        if not waiting:
            self._shown = None
            return
        if self._shown not in waiting:
            self._show(waiting[0])
        others = len(waiting) - 1
        self.more.setText(f"{others} more" if others else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of something that is unlike the real service."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("warn_soft"))
        edge = self._theme.color("warn_line")
        painter.fillRect(0, self.height() - 1, self.width(), 1, edge)
        painter.end()

    def _show(self, held: HeldAnswer) -> None:
        self._shown = held
        exchange = held.exchange
        client = f" for {exchange.client_name}" if exchange.client_name else ""
        words = f"Held: {exchange.method} {exchange.path} is answered {held.answer.status}{client}"
        self.title.setText(words)
        self.setAccessibleName(words)
        self._editor.hide()
        self.edit.setVisible(True)
        self.release.setText("Release")
        self.wrong.say("")

    def _begin_edit(self) -> None:
        held = self._shown
        if held is None:
            return
        answer = held.answer
        self.status.setText(str(answer.status))
        self.headers.setPlainText("\n".join(f"{name}: {value}" for name, value in answer.headers))
        text = _text(answer.body)
        self.body.setVisible(text is not None)
        self.binary.setVisible(text is None)
        self.body.setPlainText(text or "")
        self._editor.show()
        self.edit.hide()
        self.release.setText("Release edited")
        self.status.setFocus(Qt.FocusReason.OtherFocusReason)

    def _release(self) -> None:
        held = self._shown
        if held is None:
            return
        if self._editor.isHidden():
            held.release()
            return
        body = None if self.body.isHidden() else self.body.toPlainText()
        try:
            answer = edited(self.status.text(), self.headers.toPlainText(), body, held.answer)
        except ValueError as error:
            self.wrong.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        else:
            held.release(answer)

    def _drop(self) -> None:
        if self._shown is not None:
            self._shown.drop()

    def _connect(self) -> None:
        self.release.clicked.connect(self._release)
        self.edit.clicked.connect(self._begin_edit)
        self.drop.clicked.connect(self._drop)
        self.end.clicked.connect(lambda: end_break(self._core))

    def _build(self) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        self._row = QHBoxLayout()
        self._row.addWidget(IconLabel(theme, "hand", "warn", metrics.ICON_ROW, name="Held"))
        self._row.addWidget(self.title, 1)
        self._row.addWidget(self.more, 0, middle)
        for button in (self.release, self.edit, self.drop, self.end):
            self._row.addWidget(button, 0, middle)
        fields = QVBoxLayout(self._editor)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(theme.px(metrics.HALF))
        top = QHBoxLayout()
        top.addWidget(Label(theme, "Status", Role.HELP, "text2"))
        top.addWidget(self.status)
        top.addWidget(self.wrong, 1)
        top.addStretch(1)
        fields.addLayout(top)
        parts: tuple[QWidget, ...] = (
            Label(theme, "Headers", Role.HELP, "text2"),
            self.headers,
            Label(theme, "Body", Role.HELP, "text2"),
            self.body,
            self.binary,
        )
        for part in parts:
            fields.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self._editor)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(16), px(8), px(12), px(9))
        self._column.setSpacing(px(metrics.GRID))
        self._row.setSpacing(px(metrics.GRID))
        self.status.setFixedWidth(px(_STATUS))


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
