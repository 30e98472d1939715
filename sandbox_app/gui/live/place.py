"""The Live place: the list of logins at the left, what happened in one of them at the right."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.clock import Clock
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.live.arrivals import Arrivals
from sandbox_app.gui.live.choosing import Choosing
from sandbox_app.gui.live.detail import Detail
from sandbox_app.gui.live.filter_field import SUSPEND
from sandbox_app.gui.live.list_view import TrafficList
from sandbox_app.gui.live.listing import Listing
from sandbox_app.gui.live.marking import Marking, is_marking_key
from sandbox_app.gui.live.menus import Menus
from sandbox_app.gui.live.older_footer import OlderFooter
from sandbox_app.gui.live.panel_pages import PanelPages
from sandbox_app.gui.live.panes import Panes
from sandbox_app.gui.live.powers import Powers
from sandbox_app.gui.live.remembering import Remembering
from sandbox_app.gui.live.reusing import Reusing
from sandbox_app.gui.live.several import Several
from sandbox_app.gui.live.toolbar import LiveToolbar
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.book import CAPACITY, Changes, RecordedTraffic, TrafficBook
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks
from sandbox_app.workbench.live.tokens import Judge
from sandbox_app.workbench.live.words import count_words

_COMPLETED_FROM = 5_000
"""Exchanges that values to complete in the filter are taken from, the newest ones."""

NO_POWERS = Powers()
"""Behind a place that shows traffic and can do nothing else."""


class LivePlace(QWidget):
    """What is happening, request by request, and why.

    Args:
        traffic: the log that details are read from, and that Clear empties.
        judge: says what a careful client would think of a token.
        clock: the sandbox's, for how long tokens are still good.
        powers: what the workspace behind it can do.
        versions: lines about this program for a copied refusal.

    Signals:
        demo_wanted: a demo sign-in shall be run in the browser.
        connect_wanted: the person wants to connect an app of their own.
        break_wanted: str, answers that pass this filter shall be kept back.
        newest_wanted: what just happened shall be told now.
        cleared: all traffic was forgotten, also what was still on its way here.
        present_wanted: Login, to be shown to a room.
        told: str, something was done that is not to be seen otherwise.
        write_wanted: (Path, str), a file to be written, readable by its owner alone.
        fix_wanted: Fix, a change that lets a refused request pass.
        setting_wanted: the Place of a setting, to be shown.
    """

    demo_wanted = Signal()
    connect_wanted = Signal()
    break_wanted = Signal(str)
    newest_wanted = Signal()
    cleared = Signal()
    present_wanted = Signal(object)
    told = Signal(str)
    write_wanted = Signal(object, object)
    fix_wanted = Signal(object)
    setting_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        traffic: RecordedTraffic,
        judge: Judge,
        clock: Clock,
        powers: Powers = NO_POWERS,
        *,
        versions: tuple[str, ...] = (),
        capacity: int = CAPACITY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._traffic = traffic
        self._powers = powers
        self.marks = Marks(powers.marks)
        self._book = TrafficBook(capacity, self.marks)
        self.toolbar = LiveToolbar(theme, lambda: self._book.newest(_COMPLETED_FROM), self.marks)
        self.arrivals = Arrivals(self._take_in, self._show_pause, self)
        self.list = TrafficList(theme, lambda: clock.now().timestamp())
        self.detail = Detail(
            theme, traffic.detail, judge, lambda: clock.now().timestamp(), versions, powers.why
        )
        self.footer = OlderFooter(theme)
        self.listing = Listing(
            self._book, self.list, self.footer, traffic.detail, powers.older, powers.spawn, self
        )
        self.panes = Panes(theme, self.list, self.footer, self.detail)
        self._build()
        self.panels = PanelPages(self.panes.right)
        self.reusing = Reusing(
            theme,
            self.panels,
            traffic.detail,
            powers,
            self.marks.words_about,
            self.find_exchange,
        )
        self.detail.again.set_can_send(powers.sending is not None)
        self.marking = Marking(theme, self.marks, self.detail.notes)
        self.several = Several(self.list, self.reusing, self.marking, self)
        self.menus = Menus(
            self,
            self.detail,
            self.reusing,
            self.marking,
            self.several,
            self.listing.logins,
            self.listing.exchanges,
            self.toolbar.filter,
            self.marks,
        )
        self._choosing = Choosing(
            self._book,
            self.list,
            self.toolbar.filter,
            self.panes,
            self.detail,
            self.marking,
            self.panels,
            self.reusing.comparing,
        )
        self._remembering = Remembering(self.toolbar, self.listing, self.panes, self.detail)
        self._connect()
        self._settle()

    # What the main window calls.

    def load(self) -> None:
        """Show the newest of what earlier runs recorded."""
        self.listing.load(self._traffic)

    def absorb(self, exchanges: Iterable[Exchange]) -> None:
        """Take in finished exchanges, oldest first; while paused they wait."""
        self.arrivals.come(exchanges)

    def _take_in(self, exchanges: Iterable[Exchange]) -> None:
        was_empty = not self._book.logins
        changes = self.listing.take_in(exchanges)
        self.reusing.comparing.went_on(updated.login for updated in changes.updated)
        self._tell_updated(changes)
        if was_empty and changes.inserted and self.panes.nothing_is_chosen:
            # Nothing was looked at, so nothing is stolen: show the first login as it goes.
            self._choosing.show_open(changes.inserted[-1])
        self.listing.complete(changes)

    def leave(self) -> None:
        """The workspace is about to be closed: read nothing of it any more."""
        self.listing.leave()
        self.panels.leave()

    def add_panel(self, panel: QWidget) -> None:
        """Put a panel between toolbar and list."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, panel)

    def greet(self) -> None:
        """The place is entered: with nothing chosen yet, show the newest login."""
        self._choosing.show_newest()

    def show_login(self, login_id: str) -> bool:
        """Bring a login to the eye, whatever the filter hides; false if it is not known."""
        return self._choosing.show_login(login_id)

    def compare_with_file(self) -> None:
        """Ask for an archive to compare what is looked at with, or else the newest login."""
        self.greet()
        row = self.detail.row
        if row is None:
            self.told.emit("There is nothing to compare a file with yet.")
            return
        self.reusing.comparing.with_file(*row, ask=True)

    def find_exchange(self, exchange_id: str) -> tuple[Login, Exchange] | None:
        """A request by its id with its login, also one of just now; `None` if it is not here."""
        found = self.listing.find(exchange_id)
        if found is None:
            self.newest_wanted.emit()
            found = self.listing.find(exchange_id)
        return found

    def judge_again(self) -> None:
        """The clock or the keys were bent: an open token may mean something else now."""
        self.detail.tokens.judge_again()

    def clear(self) -> None:
        """Forget all traffic and what was noted about it, here and in the workspace."""
        self._traffic.clear()
        self.marks.clear()
        self.marking.forget()
        self.arrivals.forget()
        self.listing.clear()
        self.detail.forget()
        self.reusing.comparing.forget()
        self.panels.forget()
        self.panes.show_nothing_chosen()
        self.list.forget()
        self._settle()
        self.cleared.emit()

    def ask_clear(self) -> None:
        """Forget all traffic, after a question where notes would be lost with it."""
        if not self.marks.notes:
            self.clear()
            return
        notes = count_words(self.marks.notes, "note")
        Confirmation(
            self._theme,
            self,
            "Clear the traffic?",
            f"{notes} in this workspace would be lost with it, and cannot be brought back.",
            "Clear traffic and notes",
            self.clear,
        ).open()

    def show_recording(self, paused: bool, passed: int) -> None:
        """Whether recording is paused, and how many requests passed meanwhile."""
        self.panes.show_recording(paused, passed)

    def show_keeping(self) -> None:
        """Show how much traffic is kept, to be changed."""
        keeping, spawn = self._powers.keeping, self._powers.spawn
        if keeping is None or spawn is None:
            return
        # Only now: few starts ever look at it.
        from sandbox_app.gui.live.keeping_panel import KeepingPanel

        panel = KeepingPanel(self._theme, keeping, spawn)
        self.panels.open(panel)
        panel.closed.connect(self._settle)
        self._settle()
        panel.requests.setFocus()

    def reconsider(self) -> None:
        """The configuration is another now: so may be what helps against a refusal."""
        self.detail.reconsider()

    def save_state(self) -> dict[str, object]:
        """What to remember until the next start; plain values only."""
        return self._remembering.save()

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave, as far as it makes sense."""
        self._remembering.restore(state)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F leads to the filter from anywhere in the place that does not take letters; M marks."""
        if is_marking_key(event) and self.list.acting is not None:
            self.several.press(event)
        elif event.key() == Qt.Key.Key_F and not event.modifiers():
            self.toolbar.filter.take_keys()
        else:
            super().keyPressEvent(event)

    # Inside.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.panes, 1)

    def _connect(self) -> None:
        bar = self.toolbar
        self.panes.demo_wanted.connect(self.demo_wanted)
        self.panes.connect_wanted.connect(self.connect_wanted)
        self.panes.unfilter_wanted.connect(bar.filter.clear)
        bar.filter_changed.connect(self.listing.set_filter)
        bar.list_wanted.connect(self.list.setFocus)
        bar.stop_wanted.connect(self.listing.stop)
        bar.filter.break_wanted.connect(self.break_wanted)
        self.listing.changed.connect(self._settle)
        self.listing.updated.connect(self._tell_updated)
        self.listing.progressed.connect(bar.show_search)
        self.list.menu_wanted.connect(self.menus.open_row)
        self.reusing.told.connect(self.told)
        self.several.told.connect(self.told)
        self.reusing.write_wanted.connect(self.write_wanted)
        self.reusing.refusal_wanted.connect(self._copy_refusal)
        repeating = self.reusing.repeating
        repeating.show_wanted.connect(self._choosing.show_exchange)
        self.detail.again.again_wanted.connect(repeating.open)
        self.detail.again.original_wanted.connect(repeating.compare_with_original)
        bar.mode_chosen.connect(self.listing.show_mode)
        bar.follow_wanted.connect(self.list.set_follows)
        bar.pause_wanted.connect(self.arrivals.pause)
        bar.clear_wanted.connect(self.ask_clear)
        self.list.follow_changed.connect(bar.show_follow)
        self.list.typed.connect(bar.filter.begin_with)
        self.list.activated.connect(lambda: self.detail.tabs.setFocus())
        self.marking.changed.connect(self.listing.tell_marked)
        self.marking.written.connect(self.list.setFocus)
        self.detail.shown.connect(self.list.set_shown)
        self.detail.present_wanted.connect(self.present_wanted)
        self.detail.fix_wanted.connect(self.fix_wanted)
        self.detail.setting_wanted.connect(self.setting_wanted)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(bar.filter.take_keys)
        suspend = QShortcut(QKeySequence(SUSPEND), self)
        suspend.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        suspend.activated.connect(bar.filter.toggle)

    def _tell_updated(self, changes: Changes) -> None:
        """What is looked at may have gone on."""
        if any(self.detail.concerns(updated.login) for updated in changes.updated):
            self.detail.refresh()

    def _show_pause(self, paused: bool, waiting: int) -> None:
        self.toolbar.show_pause(paused, waiting)
        self.panes.show_pause(paused, waiting)

    def _copy_refusal(self, login: Login, exchange: Exchange) -> None:
        if self.detail.copy_refusal_of(login, exchange):
            self.told.emit("Copied the refusal with its request and checks; secrets are masked.")
        else:
            self.told.emit("That request is no longer recorded.")

    def _settle(self) -> None:
        """Show the list or say why it is empty, and count."""
        self.toolbar.show_count(self.listing.words)
        self.panes.show_traffic(bool(self._book.logins) or self.panels.panel is not None)
        if self.listing.hides_all:
            self.panes.show_filtered_out(self.listing.why_empty())
        else:
            self.panes.show_rows()
