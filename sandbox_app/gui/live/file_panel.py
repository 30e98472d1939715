"""Logins of an archive, to choose one that something in Live is compared with."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import (
    Button,
    ElidedLabel,
    EmptyState,
    IconLabel,
    Label,
    VerdictLine,
    WrapLabel,
)
from sandbox_app.gui.components.file_question import ask_for_file
from sandbox_app.gui.live.comparing import Side
from sandbox_app.gui.live.file_reading import FileReading, OneFile
from sandbox_app.gui.live.list_view import TrafficList
from sandbox_app.gui.live.logins_model import LoginsModel
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.comparing.logins import best_match, counterpart
from sandbox_app.workbench.live.importing.entries import NotAnArchive
from sandbox_app.workbench.live.importing.reading import ImportedArchive
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.words import count_words

FILES = "HTTP archives (*.har *.json);;All files (*)"
_TELL_MS = 100
_ASIDE = "It is looked at and nothing else: never sent, and never kept with this sandbox's traffic."


class FilePanel(Panel):
    """Reads an archive and lists the logins in it.

    Args:
        beside: the folder where choosing a file begins.

    Signals:
        read: ImportedArchive, a file was read.
        compare_wanted: (the side in Live, the side in the file), each a login and perhaps one
            request of it.
    """

    read = Signal(object)
    compare_wanted = Signal(object, object)

    def __init__(
        self, theme: Theme, reading: FileReading, beside: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Compare with a HAR file", parent)
        self._reading = reading
        self._beside = beside
        self._file: OneFile | None = None
        self._this: Side | None = None
        self.archive: ImportedArchive | None = None
        self._book = TrafficBook()
        self.name = ElidedLabel(theme, "", Role.MONO, "text", middle=True)
        self.choose = Button(theme, "Choose file…", icon="folder")
        self.this = ElidedLabel(theme, "", Role.HELP, "text2")
        self.wrong = VerdictLine(theme)
        self.progress = Label(theme, "", Role.BODY, "text2")
        self.stop = Button(theme, "Give up", icon="cross")
        self.list = TrafficList(theme)
        self.notes = WrapLabel(theme, "", Role.HELP, "text2")
        self.run = Button(theme, "Compare", variant="primary", icon="compare")
        self.nothing = EmptyState(
            theme,
            "compare",
            "Choose an archive",
            "A HAR file that a browser, mitmproxy or another sandbox saved, also one of a sign-in "
            "with the real service.",
        )
        self._pages = QStackedWidget()
        self._tell = QTimer(self)
        self._tell.setInterval(_TELL_MS)
        self._tell.timeout.connect(self._show_progress)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show_parts()

    # What others call.

    def show_this(self, login: Login, exchange: Exchange | None, words: str) -> None:
        """What in Live the file is compared with."""
        self._this = (login, exchange)
        self.this.setText(f"To be compared with {words}. Choose another at the left.")
        self._choose_best()
        self._show_parts()

    def ask(self) -> None:
        """Ask for a file."""
        ask_for_file(self.window(), "Compare with", self._beside, self.show_file, files=FILES)

    def show_file(self, path: Path) -> None:
        """Read a file and list what is in it."""
        self.leave()
        self.archive = None
        self.wrong.say("")
        self.name.setText(path.name)
        self._tell.start()
        # Told at once where nothing has to be waited for.
        file: OneFile | None = None
        ended: list[bool] = []

        def told(outcome: ImportedArchive | NotAnArchive | None) -> None:
            ended.append(True)
            if isValid(self) and (file is None or self._file is file):
                self._told(outcome)

        file = self._reading.read(path, told)
        self._file = None if ended else file
        self._show_progress()
        self._show_parts()

    def show_archive(self, archive: ImportedArchive) -> None:
        """List what is in a file that was read before."""
        self.archive = archive
        self.name.setText(archive.name)
        self._book = TrafficBook()
        self._book.absorb(exchange for exchange, _ in archive.recorded)
        model = LoginsModel(self._book, parent=self.list)
        self.list.show_model(model)
        self.notes.setText(" ".join(archive.notes))
        self._choose_best()
        self._show_parts()

    def leave(self) -> None:
        """Nobody waits for the file any more."""
        if self._file is not None:
            self._file.give_up()
        self._file = None

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._file is not None

    # Files that are dropped.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file is welcome."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        self.show_file(Path(event.mimeData().urls()[0].toLocalFile()))

    # Inside.

    def _told(self, outcome: ImportedArchive | NotAnArchive | None) -> None:
        self._file = None
        self._tell.stop()
        if isinstance(outcome, ImportedArchive):
            self.show_archive(outcome)
            self.read.emit(outcome)
            if not outcome.recorded:
                self.wrong.say(f"There is no request to a user pool in {outcome.name}.")
        elif outcome is not None:
            self.wrong.say(f"{self.name.text()} cannot be compared with. {outcome}")
        self._show_parts()

    def _choose_best(self) -> None:
        if self.archive is None or self._this is None or not self._book.logins:
            return
        login, exchange = self._this
        best = best_match(self._book.logins, login) or self._book.logins[-1]
        step = counterpart(exchange, best) if exchange is not None else None
        self.list.choose(best, step)

    def _chosen(self) -> Side | None:
        model = self.list.model()
        if self.archive is None or not isinstance(model, LoginsModel):
            return None
        index = self.list.currentIndex()
        login = model.login_at(index)
        return (login, model.exchange_at(index)) if login is not None else None

    def _compare(self) -> None:
        chosen = self._chosen()
        if chosen is None or self._this is None:
            return
        exchange, (login, step) = self._this[1], chosen
        if exchange is not None and step is None:
            step = counterpart(exchange, login)
            if step is None:
                words = f"{exchange.method} {exchange.path[:60]}"
                self.wrong.say(f"That login has no {words}: choose one of its requests.")
                return
        self.compare_wanted.emit(self._this, (login, step))

    def _show_progress(self) -> None:
        if self._file is not None:
            self.progress.setText(f"Being read: {self._file.done:.0%}".replace("%", " %"))

    def _show_parts(self) -> None:
        found = self.archive is not None and bool(self.archive.recorded)
        page = self._waiting if self.is_reading else self.list if found else self.nothing
        self._pages.setCurrentWidget(page)
        self.name.setVisible(bool(self.name.text()))
        # Where there is nothing to see yet, one button is enough.
        self.choose.setVisible(page is self.list)
        self._notes_row.setVisible(found and bool(self.notes.text()))
        self.this.setVisible(self._this is not None)
        self.count.setText(count_words(len(self._book.logins), "login") if found else "")
        self.run.setEnabled(found and self._this is not None and self._chosen() is not None)

    def _connect(self) -> None:
        self.choose.clicked.connect(self.ask)
        self.stop.clicked.connect(self.leave_reading)
        self.run.clicked.connect(self._compare)
        self.list.activated.connect(lambda _index: self._compare())
        self.list.chosen.connect(lambda *_: self._show_parts())

    def leave_reading(self) -> None:
        """Give up; another file may be chosen."""
        self.leave()
        self._tell.stop()
        self.name.setText("")
        self._show_parts()

    def _lay_out(self) -> None:
        theme = self._theme
        first = Button(theme, "Choose file…", variant="primary", icon="folder")
        first.clicked.connect(self.ask)
        self.nothing.add_button(first)
        self.count = Label(theme, "", Role.HELP, "text3")
        row = QHBoxLayout()
        row.setSpacing(theme.px(metrics.GRID))
        row.addWidget(self.name, 1)
        row.addStretch(0)
        row.addWidget(self.count)
        row.addWidget(self.choose)
        self._waiting = QWidget()
        waiting = QHBoxLayout(self._waiting)
        waiting.addStretch(1)
        waiting.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignVCenter)
        waiting.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        waiting.addStretch(1)
        self._notes_row = QWidget()
        notes = QHBoxLayout(self._notes_row)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.setSpacing(theme.px(6))
        info = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        notes.addWidget(info, 0, Qt.AlignmentFlag.AlignTop)
        notes.addWidget(self.notes, 1)
        for page in (self.nothing, self._waiting, self.list):
            self._pages.addWidget(page)
        self.list.setAccessibleName("Logins in the file, newest first")
        self.content.addLayout(row)
        for part in (self.this, self.wrong, self._notes_row):
            self.content.addWidget(part)
        self.content.addWidget(self._pages, 1)
        self.foot.addWidget(Label(theme, _ASIDE, Role.HELP, "text2"), 1)
        self.foot.addWidget(self.run)
