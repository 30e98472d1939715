"""How much traffic is kept: what there is, what may stay, and what would go before it does."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, FormRow, IconLabel, Label, NumberField, WrapLabel
from sandbox_app.gui.live.paging import Spawn
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.keeping import (
    LEAST_MEGABYTES,
    LEAST_REQUESTS,
    MOST_MEGABYTES,
    MOST_REQUESTS,
    Keeping,
    Kept,
    size_words,
)
from sandbox_app.workbench.live.words import count_words, grouped, local_date

_LOOK_AGAIN_MS = 500
_WIDEST_FORM = 480
_ROOM = "The oldest go first. Freed room is used again; the file itself does not become smaller."


class KeepingPanel(Panel):
    """Two numbers, and what they mean for what is there."""

    def __init__(
        self, theme: Theme, keeping: Keeping, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Traffic to keep", parent)
        self._keeping = keeping
        self._spawn = spawn
        self._kept: Kept | None = None
        self._left = False
        self.now = Label(theme, "Being counted…", Role.NAME)
        self.requests = NumberField(
            theme,
            "Requests",
            keeping.requests,
            minimum=LEAST_REQUESTS,
            maximum=MOST_REQUESTS,
        )
        self.megabytes = NumberField(
            theme,
            "Megabytes",
            keeping.megabytes,
            minimum=LEAST_MEGABYTES,
            maximum=MOST_MEGABYTES,
        )
        self._rows = [
            FormRow(
                theme,
                "Requests",
                self.requests,
                f"At most so many stay, {grouped(LEAST_REQUESTS)} to {grouped(MOST_REQUESTS)}.",
            ),
            FormRow(
                theme,
                "Megabytes",
                self.megabytes,
                f"And at most so much, {grouped(LEAST_MEGABYTES)} to {grouped(MOST_MEGABYTES)}.",
            ),
        ]
        self._mark = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        self.effect = WrapLabel(theme, "", Role.BODY, "text2")
        self.apply = Button(theme, "Keep this much", variant="primary")
        self.revert = Button(theme, "Revert")
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.look)
        for field in (self.requests, self.megabytes):
            field.edited.connect(self._tell)
            field.returnPressed.connect(self._apply)
        self.apply.clicked.connect(self._apply)
        self.revert.clicked.connect(self._revert)
        self._lay_out()
        self._tell()
        self.look()

    def look(self) -> None:
        """Find out what is there now."""
        self._spawn(self._look())

    def leave(self) -> None:
        """What was asked for is no longer waited for."""
        self._left = True
        self._again.stop()

    async def _look(self) -> None:
        # Asked before: what is erased while it is counted must be counted again.
        erasing = self._keeping.erasing
        kept = await self._keeping.look()
        if self._left:
            return
        self._kept = kept
        self.now.setText(f"{kept.words}{'; the oldest are being erased' if erasing else ''}")
        if erasing:
            self._again.start()
        self._tell()

    def _tell(self) -> None:
        """Say what the numbers would do."""
        for row, field in zip(self._rows, (self.requests, self.megabytes), strict=True):
            blank = "A number is needed." if field.value() is None else ""
            row.show_error(field.problem or blank)
        wanted = self._wanted()
        self.revert.setEnabled(wanted != (self._keeping.requests, self._keeping.megabytes))
        self.apply.setEnabled(wanted is not None and self.revert.isEnabled())
        gone = self._kept.erased_by(*wanted) if self._kept is not None and wanted else None
        loses = gone is not None and not self._keeping.erasing
        self._mark.set_icon("warning" if loses else "info", "warn" if loses else "text2")
        if gone is None or not loses:
            self.effect.setText("Nothing of it goes." if wanted and self._kept else "")
            self._mark.setVisible(bool(self.effect.text()))
            return
        self._mark.show()
        self.effect.setText(
            f"About {count_words(gone.requests, 'request')} would be erased, "
            f"{size_words(gone.bytes)}, with their marks and notes: "
            f"all from before {local_date(gone.before)}. They cannot be brought back."
        )

    def _wanted(self) -> tuple[int, int] | None:
        requests, megabytes = self.requests.value(), self.megabytes.value()
        if requests is None or megabytes is None:
            return None
        wrong = self.requests.problem or self.megabytes.problem
        return None if wrong else (requests, megabytes)

    def _apply(self) -> None:
        wanted = self._wanted()
        if wanted is not None and self.apply.isEnabled():
            self._keeping.keep(*wanted)
            self._tell()
            self.look()

    def _revert(self) -> None:
        self.requests.set_value(self._keeping.requests)
        self.megabytes.set_value(self._keeping.megabytes)
        self._tell()

    def _lay_out(self) -> None:
        theme = self._theme
        self.content.addWidget(Label(theme, "In this workspace now", Role.LABEL, "text2"))
        self.content.addWidget(self.now)
        form = QWidget()
        form.setMaximumWidth(theme.px(_WIDEST_FORM))
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, theme.px(metrics.GRID), 0, theme.px(metrics.GRID))
        rows.setSpacing(theme.px(12))
        for row in self._rows:
            rows.addWidget(row)
        self.content.addWidget(form)
        effect = QHBoxLayout()
        effect.setSpacing(theme.px(6))
        effect.addWidget(self._mark)
        effect.addWidget(self.effect, 1)
        self.content.addLayout(effect)
        self.content.addWidget(WrapLabel(theme, _ROOM, Role.HELP, "text2"))
        self.content.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.revert)
        self.foot.addWidget(self.apply)
