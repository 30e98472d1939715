"""Exchanges as an HTTP Archive: what it will say, with secrets masked, removed or as recorded."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Button, CodeView, IconLabel, Label, Segments, WrapLabel
from sandbox_app.gui.components.file_question import ask_for_file
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.exporting.covering import Redaction, tally_words
from sandbox_app.workbench.live.exporting.har import Archive, Noted, Recorded, nothing_noted
from sandbox_app.workbench.live.words import count_words

_BUDGET = 0.008
"""Seconds of one turn of the event loop that are spent on the archive."""

_SHOWN = 200_000
"""Characters of it that are shown; more would hold up the window."""

_FILES = "HTTP archives (*.har);;All files (*)"
_CHOICES: list[tuple[str, str] | tuple[str, str, str]] = [
    (Redaction.MASK.value, "Masked"),
    (Redaction.REMOVE.value, "Removed"),
    (Redaction.NONE.value, "As recorded"),
]
_KEPT = "Names and e-mail addresses of users stay."
_OPEN = (
    "It holds codes, tokens and cookies that may still work: keep it as you keep secrets. "
    "Passwords and client secrets were never recorded."
)


class HarPanel(Panel):
    """Shows the archive as it will be written.

    Signals:
        write_wanted: (Path, str), a file to be written, readable by its owner alone.

    Args:
        noted: what goes along as comments.
    """

    write_wanted = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        beside: Path,
        noted: Noted = nothing_noted,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "Export as HAR", parent)
        self._beside = beside
        self._noted = noted
        self._recorded: Sequence[Recorded] = ()
        self._lost = 0
        self._archive = Archive((), Redaction.MASK)
        self._steps: Iterator[None] = iter(())
        self.text = ""
        self.secrets = Segments(theme, "Secrets", _CHOICES, small=False)
        self._mark = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        self.note = WrapLabel(theme, "", Role.HELP, "text2")
        self.code = CodeView(theme, "Archive")
        self.save = Button(theme, "Save as…", variant="primary", icon="export")
        self._going = QTimer(self)
        self._going.setInterval(0)
        self._going.timeout.connect(self._go_on)
        self._lay_out()
        self.secrets.chosen.connect(lambda _key: self._start())
        self.save.clicked.connect(self._ask)

    def show_exchanges(self, title: str, recorded: Sequence[Recorded], lost: int = 0) -> None:
        """Offer an archive of these.

        Args:
            lost: how many more were wanted, but are left out or no longer recorded.
        """
        self.title.setText(title)
        self._recorded, self._lost = recorded, lost
        self._start()

    @property
    def is_ready(self) -> bool:
        """Whether the archive is complete."""
        return not self._going.isActive()

    def save_to(self, path: Path) -> None:
        """Want the archive written there."""
        self.write_wanted.emit(path, self.text)

    # Inside.

    def _start(self) -> None:
        self._archive = Archive(self._recorded, Redaction(self.secrets.current_key), self._noted)
        self._steps = self._archive.steps()
        self.text = ""
        self.save.setEnabled(False)
        self._going.start()
        self._go_on()

    def _go_on(self) -> None:
        """As much as one turn allows; the rest follows in the next ones."""
        began = perf_counter()
        for _ in self._steps:
            if perf_counter() - began > _BUDGET:
                self.note.setText("Being written…")
                return
        self._going.stop()
        self._show()

    def _show(self) -> None:
        redactor = self._archive.redactor
        self.text = self._archive.text
        labels = tuple(dict.fromkeys(label for label in redactor.labels if label))
        self.code.set_text(self.text[:_SHOWN], labels[:200])
        self.save.setEnabled(bool(self._recorded))
        if redactor.how is Redaction.NONE:
            self._mark.set_icon("warning", "warn")
        else:
            self._mark.set_icon("info", "text2")
        self.note.setText(" ".join(self._sentences()))

    def _sentences(self) -> list[str]:
        redactor, sentences = self._archive.redactor, []
        if redactor.how is Redaction.NONE:
            sentences.append(_OPEN)
        else:
            verb = "Masked" if redactor.how is Redaction.MASK else "Removed"
            words = tally_words(redactor.tally)
            sentences += [f"{verb}: {words}." if words else "No secret was found.", _KEPT]
        if self._lost:
            verb = "is" if self._lost == 1 else "are"
            sentences.append(f"{count_words(self._lost, 'request')} {verb} not in it.")
        if len(self.text) > _SHOWN:
            sentences.append("Only the beginning is shown.")
        return sentences

    def _ask(self) -> None:
        ask_for_file(
            self.window(),
            "Save archive",
            self._beside,
            self.save_to,
            files=_FILES,
            name="login.har",
        )

    def _lay_out(self) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(metrics.GRID))
        row.addWidget(Label(theme, "Secrets", Role.BODY, "text2"))
        row.addWidget(self.secrets)
        row.addStretch(1)
        note = QHBoxLayout()
        note.setSpacing(theme.px(6))
        note.addWidget(self._mark)
        note.addWidget(self.note, 1)
        self.content.addLayout(row)
        self.content.addLayout(note)
        self.content.addWidget(self.code, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save)
