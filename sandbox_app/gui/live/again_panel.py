"""A request to be sent once more: what goes out, edited if wanted, and what came back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from sandbox_app.domain.sending_again import Heard, NotSent, SentAgain
from sandbox_app.gui.components import (
    Button,
    CodeEdit,
    ElidedLabel,
    Field,
    IconLabel,
    Label,
    Segments,
    VerdictLine,
    WrapLabel,
)
from sandbox_app.gui.live.again_buttons import CompareWithOriginal
from sandbox_app.gui.live.scrolling import ScrollingColumn
from sandbox_app.gui.live.sending import Sending
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.exporting.sending import SecretOf
from sandbox_app.workbench.live.repeating.draft import Draft
from sandbox_app.workbench.live.repeating.request import (
    WrongPart,
    checked,
    edited_words,
    outgoing,
)
from sandbox_app.workbench.live.words import status_words

_METHOD = 96
_ROOM_FOR_WORDS = 560
_STAYS = "The body is no plain text and goes out as it is."


class AgainPanel(Panel):
    """Shows a draft, sends it when told to, and says what came back.

    Args:
        secret_of: the configured secret of a client.

    Signals:
        show_wanted: str, the id of the exchange that was sent, to be looked at.
        compare_wanted: str, the same, to be compared with what it repeats.
    """

    show_wanted = Signal(str)
    compare_wanted = Signal(str)

    def __init__(
        self, theme: Theme, sending: Sending, secret_of: SecretOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Send again", parent)
        self._sending = sending
        self._secret_of = secret_of
        self._before: Draft | None = None
        self._again: SentAgain | None = None
        self._give_up: Callable[[], None] | None = None
        self.method = Field(theme, "Method", mono=True)
        self.target = Field(theme, "Path and query", mono=True)
        self.scheme = Segments(theme, "Over", [("http", "HTTP"), ("https", "HTTPS")], small=False)
        # A token or cookie is longer than any pane is wide.
        self.headers = CodeEdit(theme, "Headers, one a line", lines=7, wraps=True)
        self.body = CodeEdit(theme, "Body", lines=6, wraps=True)
        self.binary = Label(theme, _STAYS, Role.HELP, "text2")
        self.wrong = {part: VerdictLine(theme) for part in ("method", "target", "headers", "body")}
        self.notes = WrapLabel(theme, "", Role.HELP, "text2")
        self.answer_mark = IconLabel(theme, "check", "ok", metrics.ICON_ROW)
        self.answer = WrapLabel(theme, "", Role.NAME)
        self.show_it = Button(theme, "Show it", size="small", icon="live")
        self.compare = CompareWithOriginal(theme)
        self.stop = Button(theme, "Give up", icon="cross")
        self.send = Button(theme, "Send again", variant="primary", icon="send")
        self._lay_out()
        self._align()
        theme.changed.connect(self._align)
        self._connect()
        self._show_answer("", "check", "ok")
        self.stop.hide()

    def show_draft(self, title: str, draft: Draft) -> None:
        """Offer a request."""
        self.title.setText(title)
        self._before = draft
        self.method.setText(draft.method)
        self.target.setText(draft.target)
        self.scheme.set_current("https" if draft.secure else "http")
        self.headers.setPlainText(draft.headers)
        self.body.setPlainText(draft.body or "")
        self.body.setVisible(draft.body is not None)
        self.binary.setVisible(draft.body is None)
        self.notes.setText("\n".join(draft.notes))
        self._notes_row.setVisible(bool(draft.notes))
        self._check()

    @property
    def draft(self) -> Draft:
        """The request as it stands in the fields."""
        assert self._before is not None
        return replace(
            self._before,
            method=self.method.text(),
            target=self.target.text(),
            headers=self.headers.toPlainText(),
            body=None if self._before.body is None else self.body.toPlainText(),
            secure=self.scheme.current_key == "https",
        )

    @property
    def is_sending(self) -> bool:
        """Whether an answer is awaited."""
        return self._give_up is not None

    def begin(self) -> None:
        """Send what is in the fields, unless something is wrong with it."""
        draft, before = self.draft, self._before
        if before is None or self.is_sending or self._check():
            return
        try:
            request = outgoing(draft, self._secret_of)
        except WrongPart as wrong:
            self._say_wrong((wrong,))
            return
        self._again = again = SentAgain(before.of, before.at, edited_words(draft, before))
        self.send.setEnabled(False)
        self.stop.show()
        self._show_answer("Sent; the answer is awaited…", "clock", "accent_text")
        # Told at once where nothing can be sent, so it counts as under way before that.
        self._give_up = _nothing
        give_up = self._sending.send(request, again, self._heard)
        if self.is_sending:
            self._give_up = give_up

    # Inside.

    def _heard(self, heard: Heard | NotSent) -> None:
        if not isValid(self):
            # The panel was closed meanwhile; the list tells.
            return
        self._give_up = None
        self.stop.hide()
        self.send.setEnabled(True)
        if isinstance(heard, NotSent):
            self._show_answer(str(heard), "refused", "bad")
            return
        edited = self._again is not None and self._again.edited
        how = "Sent again, edited" if edited else "Sent again, as it was"
        if heard.trouble:
            status = f"status {heard.status}, but " if heard.status else ""
            self._show_answer(f"{how}: {status}{heard.trouble}", "warning", "warn")
        elif heard.status >= 400:
            self._show_answer(f"{how}: answered {status_words(heard.status)}.", "refused", "bad")
        else:
            self._show_answer(f"{how}: answered {status_words(heard.status)}.", "passed", "ok")
        recorded = self._again is not None and bool(self._again.exchange_id)
        self.show_it.setVisible(recorded)
        self.compare.setVisible(recorded)

    def _show_answer(self, words: str, icon: str, token: Token) -> None:
        self.answer_mark.set_icon(icon, token)
        self.answer.setText(words)
        self._answer_row.setVisible(bool(words))
        self.show_it.hide()
        self.compare.hide()

    def _check(self) -> bool:
        """Say beside each field what is wrong with it; whether anything is."""
        wrong = checked(self.draft) if self._before is not None else ()
        self._say_wrong(wrong)
        return bool(wrong)

    def _say_wrong(self, wrong: tuple[WrongPart, ...]) -> None:
        told = {one.part: one.sentence for one in wrong}
        for part, line in self.wrong.items():
            line.say(told.get(part, ""))
        self.method.set_wrong("method" in told)
        self.target.set_wrong("target" in told)
        self.send.setEnabled(not told and not self.is_sending)

    def _stop(self) -> None:
        if self._give_up is not None:
            self._give_up()

    def _connect(self) -> None:
        for field in (self.method, self.target):
            field.textChanged.connect(lambda _text: self._check())
            field.returnPressed.connect(self.begin)
        for edit in (self.headers, self.body):
            edit.textChanged.connect(lambda: self._check())
        self.send.clicked.connect(self.begin)
        self.stop.clicked.connect(self._stop)
        self.show_it.clicked.connect(lambda: self._want(self.show_wanted.emit))
        self.compare.clicked.connect(lambda: self._want(self.compare_wanted.emit))

    def _want(self, tell: Callable[[str], None]) -> None:
        if self._again is not None:
            tell(self._again.exchange_id)

    def _lay_out(self) -> None:
        theme = self._theme
        self._column = ScrollingColumn(theme, "The request")
        line = QHBoxLayout()
        line.setSpacing(theme.px(metrics.GRID))
        line.addWidget(self.method)
        line.addWidget(self.target, 1)
        line.addWidget(self.scheme)
        self._answer_row, self._notes_row = QWidget(), QWidget()
        answer = QHBoxLayout(self._answer_row)
        answer.setContentsMargins(0, 0, 0, 0)
        answer.setSpacing(theme.px(metrics.GRID))
        answer.addWidget(self.answer_mark, 0, Qt.AlignmentFlag.AlignVCenter)
        answer.addWidget(self.answer, 1)
        answer.addWidget(self.show_it)
        answer.addWidget(self.compare)
        notes = QHBoxLayout(self._notes_row)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.setSpacing(theme.px(6))
        info = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        notes.addWidget(info, 0, Qt.AlignmentFlag.AlignTop)
        notes.addWidget(self.notes, 1)
        column = self._column.column
        column.setSpacing(theme.px(metrics.HALF))
        column.addWidget(Label(theme, "Request line", Role.HELP, "text2"))
        column.addLayout(line)
        parts: tuple[tuple[QWidget, ...], ...] = (
            (self.wrong["method"], self.wrong["target"]),
            (Label(theme, "Headers", Role.HELP, "text2"), self.headers, self.wrong["headers"]),
            (Label(theme, "Body", Role.HELP, "text2"), self.body, self.binary, self.wrong["body"]),
            (self._notes_row,),
        )
        for group in parts:
            for part in group:
                column.addWidget(part)
            column.addSpacing(theme.px(metrics.GRID))
        column.addStretch(1)
        self.content.addWidget(self._answer_row)
        self.content.addWidget(self._column, 1)
        self.foot.addWidget(
            ElidedLabel(
                theme, "Goes to this sandbox alone; no redirect is followed.", Role.HELP, "text2"
            ),
            1,
        )
        self.foot.addWidget(self.stop)
        self.foot.addWidget(self.send)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What came back comes before the words of a button."""
        super().resizeEvent(event)
        self.compare.fold(self.width() < self._theme.px(_ROOM_FOR_WORDS))

    def _align(self) -> None:
        """The fields reach from the title to the closing cross."""
        px = self._theme.px
        self.method.setFixedWidth(px(_METHOD))
        self._column.column.setContentsMargins(0, px(4), px(metrics.GRID), px(16))


def _nothing() -> None:
    """Nothing is under way that could be given up."""
