"""The editor of one record: pages of rows, a draft that is never lost, Save and Revert."""

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.gui.components import (
    Button,
    CopyValue,
    ElidedLabel,
    ErrorBar,
    IconButton,
    Label,
    TabRow,
    Tabs,
)
from sandbox_app.gui.forms.form import Form
from sandbox_app.gui.forms.save_bar import SaveBar
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import Request, member_at
from sandbox_app.workbench.editing.trying import Problem, problems, problems_of

_CHECK_AFTER_MS = 120


@dataclass(frozen=True, slots=True)
class Subject:
    """What an editor shows: a record of a pool by its key, or with an empty key a new one."""

    pool_id: str
    key: str = ""

    @property
    def new(self) -> bool:
        """Whether it is still to be made."""
        return not self.key


@dataclass(frozen=True, slots=True)
class Setting:
    """A member that can be edited, by its path and its label."""

    member: str
    label: str


@dataclass(slots=True)
class DraftState:
    """A record's saved request shape, what the person made of it, and what is wrong with that.

    `touched` are the members of a new record that the person has been at: what is still missing
    is no fault before that.
    """

    saved: Request
    draft: Request
    problems: tuple[Problem, ...] = ()
    changed_outside: bool = False
    touched: set[str] = field(default_factory=set)

    @property
    def dirty(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.saved


class RecordEditor(QWidget):
    """Shows one record at a time and remembers the drafts of the others.

    A subclass adds pages in its constructor and says how its kind of record is loaded, tried and
    saved. What an operation refuses is shown at the row it is about; the same operation, rolled
    back, checks the draft while the person types.

    Signals:
        saved: Subject, made or changed; its key is the record's, also of a new one.
        discarded: a new record was given up.
        state_changed: Subject; whether it has a draft, or problems, is different now.
    """

    saved = Signal(object)
    discarded = Signal()
    state_changed = Signal(object)

    noun = "record"

    def __init__(self, theme: Theme, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._states: dict[Subject, DraftState] = {}
        self.subject = Subject("")
        self.title = ElidedLabel(theme, "", Role.TITLE)
        self.subtitle = Label(theme, "", Role.BODY, "text2")
        self.identifier = CopyValue(theme, "id", "", token="text2")
        self.head = QHBoxLayout()
        self.tabs = Tabs(theme, "Parts of the editor", [])
        self._tab_row = TabRow(theme, self.tabs)
        self.message = ErrorBar(theme)
        self.pages = QStackedWidget()
        self.below = QVBoxLayout()
        """Room between the pages and the bar, for what the settings lead to."""
        self.bar = SaveBar(theme)
        self._forms: dict[str, Form] = {}
        self._keys: list[str] = []
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_AFTER_MS)
        self._check.timeout.connect(self.check)
        self._build()
        self.tabs.chosen.connect(self.show_page)
        self.bar.save_wanted.connect(self.save)
        self.bar.revert_wanted.connect(self.revert)

    # What a kind of record says.

    @abstractmethod
    def load(self, subject: Subject) -> Request | None:
        """The record's request shape as it is saved; `None` where it is gone."""
        raise NotImplementedError

    @abstractmethod
    def blank(self, subject: Subject) -> Request:
        """What a new record begins with."""
        raise NotImplementedError

    @abstractmethod
    def attempt(self, draft: Request) -> str:
        """Make or change the record by operations; its key. Also run to check, and rolled back.

        Raises:
            ApiError: a rule that the draft breaks.
        """
        raise NotImplementedError

    @abstractmethod
    def label(self, draft: Request) -> str:
        """What saving does, for Undo: "Change client web"."""
        raise NotImplementedError

    @abstractmethod
    def show_head(self, draft: Request) -> None:
        """Say in the header which record this is."""
        raise NotImplementedError

    def subject_of(self, key: str) -> Subject:
        """The record that was made or changed, by its key."""
        return Subject(self.subject.pool_id, key)

    def drafted(self, draft: Request) -> None:
        """The draft is another now: show what it leads to."""

    def member_added(self, member: str) -> None:
        """A person changed that member; a place to keep others in step with it."""

    # What places call.

    @property
    def state(self) -> DraftState:
        """How the record shown stands."""
        return self._states[self.subject]

    @property
    def draft(self) -> Request:
        """The record shown, with its unsaved changes."""
        return self._states[self.subject].draft

    def state_of(self, subject: Subject) -> DraftState | None:
        """How another record stands; `None` where it was never touched."""
        found = self._states.get(subject)
        return found if found is not None and (found.dirty or found.problems) else None

    def has_state(self, subject: Subject) -> bool:
        """Whether the record was shown before and is not given up."""
        return subject in self._states

    def focus_first(self) -> None:
        """Put the keyboard where editing begins."""
        for key, form in self._forms.items():
            member = form.first_editable
            if member:
                self.show_page(key)
                form.reveal(member)
                return

    def show_subject(self, subject: Subject, *, begin_with: Request | None = None) -> bool:
        """Show a record with its draft, if it has one; false where it is gone.

        Args:
            begin_with: what a new record begins with, in place of the usual.
        """
        known = self._states.get(subject)
        if known is None or (subject.new and begin_with is not None):
            saved = self.blank(subject) if subject.new else self.load(subject)
            if saved is None:
                return False
            draft = saved if begin_with is None else begin_with
            self._states[subject] = DraftState(saved, draft)
        self.subject = subject
        self.message.hide()
        self.refresh()
        self._show_state()
        if self.state.changed_outside:
            self._tell_of_change()
        self.check()
        return True

    def refresh(self) -> None:
        """Take in what is saved now; a draft stays, and says that it is no longer up to date."""
        for subject in [known for known in self._states if not known.new]:
            state, found = self._states[subject], self.load(subject)
            if found is None:
                del self._states[subject]
            elif found != state.saved:
                self._take_in(subject, state, found)
        if self.subject in self._states:
            self._show_state()

    def show_page(self, key: str) -> None:
        """Show one of the editor's pages."""
        self.tabs.set_current(key)
        if key in self._keys:
            self.pages.setCurrentIndex(self._keys.index(key))

    def reveal(self, member: str) -> None:
        """Bring the row of a member to the eye and the keyboard."""
        for key, form in self._forms.items():
            if member in form.members:
                self.show_page(key)
                form.reveal(member)

    def save(self) -> None:
        """Carry the draft out; what is refused is shown where it belongs."""
        if not self.bar.save.isEnabled():
            return
        self._check.stop()
        subject, draft = self.subject, self.draft
        self.state.touched.update(self.members)
        try:
            with edits.step(self._core, self.label(draft)):
                key = self.attempt(draft)
        except ApiError as error:
            self.show_refusal(error)
            return
        self._settled(subject, key)

    def revert(self) -> None:
        """Give the draft up."""
        subject = self.subject
        self._check.stop()
        if subject.new:
            del self._states[subject]
            self.subject = Subject("")
            self.state_changed.emit(subject)
            self.discarded.emit()
            return
        state = self.state
        state.draft, state.problems, state.changed_outside = state.saved, (), False
        self.message.hide()
        self._show_state()
        self.state_changed.emit(subject)

    def check(self) -> None:
        """Try the draft out and mark what is wrong with it."""
        state = self._states.get(self.subject)
        if state is None:
            return
        if state.dirty or self.subject.new:
            state.problems = problems(
                self._core, self.attempt, state.draft, state.saved, self.members
            )
        else:
            state.problems = ()
        self._show_problems()
        self.state_changed.emit(self.subject)

    def settings(self) -> tuple[Setting, ...]:
        """Everything that can be edited here, from tab to tab."""
        return tuple(
            Setting(member, form.row(member).label)
            for form in self._forms.values()
            for member in form.members
        )

    # For subclasses.

    @property
    def members(self) -> tuple[str, ...]:
        """Paths of all members that can be edited here."""
        return tuple(member for form in self._forms.values() for member in form.members)

    def form_of(self, member: str) -> Form:
        """The page that has the row of a member."""
        return next(form for form in self._forms.values() if member in form.members)

    def add_page(self, key: str, title: str) -> Form:
        """Another page of rows, and its tab."""
        form = Form(self._theme, title)
        form.edited.connect(self._edited)
        self._forms[key] = form
        self.add_view(key, title, form)
        return form

    def add_view(self, key: str, title: str, page: QWidget) -> None:
        """Another page that edits nothing by itself, and its tab."""
        self.tabs.add(key, title)
        self._keys.append(key)
        self.pages.addWidget(page)
        self._tab_row.setVisible(len(self._keys) > 1)

    def set_draft(self, draft: Request) -> None:
        """Change the draft by program, as if the person had."""
        self.state.draft = draft
        self._show_state()
        self._check.start()

    def show_refusal(self, error: ApiError) -> None:
        """Show what an operation refused, at its row or above the page."""
        self.state.problems = problems_of(error, self.members)
        self._show_problems()
        first = next((one.member for one in self.state.problems if one.member), "")
        if first:
            self.reveal(first)
        self.state_changed.emit(self.subject)

    def add_action(self, button: Button | IconButton) -> None:
        """A button at the right of the header."""
        self.head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    # Inside.

    def _settled(self, subject: Subject, key: str) -> None:
        made = self.subject_of(key)
        self._states.pop(subject, None)
        self.show_subject(made)
        self.saved.emit(made)

    def _edited(self, member: str) -> None:
        state = self._states.get(self.subject)
        if state is None:
            return
        state.draft = self.form_of(member).written_into(state.draft)
        state.touched.add(member)
        self.member_added(member)
        self.show_head(state.draft)
        self.drafted(state.draft)
        self._show_count()
        self._check.start()

    def _take_in(self, subject: Subject, state: DraftState, found: Request) -> None:
        if state.dirty and found != state.draft:
            state.saved, state.changed_outside = found, True
            if subject == self.subject:
                self._tell_of_change()
            return
        state.saved = state.draft = found
        state.problems = ()

    def _tell_of_change(self) -> None:
        self.message.show_message(
            f"This {self.noun} was changed elsewhere. Saving puts your version in its place.",
            severity="warn",
            action=("Show what is saved", self.revert),
        )

    def _show_state(self) -> None:
        draft = self.draft
        for form in self._forms.values():
            form.show_draft(draft)
        self.show_head(draft)
        self.drafted(draft)
        self._show_problems()

    def _show_problems(self) -> None:
        state = self.state
        shown = self._shown_problems()
        by_member = {problem.member: problem.sentence for problem in shown}
        for form in self._forms.values():
            form.show_problems(by_member)
        if "" in by_member:
            self.message.show_message(by_member[""])
        elif not state.changed_outside:
            self.message.hide()
        self._show_count()

    def _shown_problems(self) -> tuple[Problem, ...]:
        state = self.state
        if not self.subject.new:
            return state.problems
        touched = state.touched
        return tuple(
            one for one in state.problems if one.member in touched or (touched and not one.member)
        )

    def _show_count(self) -> None:
        state = self.state
        changes = sum(
            member_at(state.draft, member) != member_at(state.saved, member)
            for member in self.members
        )
        if state.dirty and not changes:
            changes = 1
        self.bar.show_state(len(self._shown_problems()), changes, creating=self.subject.new)
        if self.subject.new:
            self.bar.set_verb(f"Create {self.noun}", discard="Discard")
        else:
            self.bar.set_verb("Save")

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        self.head.addWidget(self.title, 0, middle)
        self.head.addWidget(self.subtitle, 0, middle)
        self.head.addStretch(1)
        self.head.addWidget(self.identifier, 0, middle)
        self._head_box = QWidget()
        self._head_box.setLayout(self.head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head_box)
        column.addWidget(self._tab_row)
        column.addWidget(self.message)
        column.addWidget(self.pages, 1)
        column.addLayout(self.below)
        column.addWidget(self.bar)
        self._tab_row.hide()
        self._restyle()
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._head_box.setFixedHeight(px(metrics.PANE_HEADER))
        self.head.setContentsMargins(px(metrics.PANE_LEFT), 0, px(metrics.PANE_RIGHT), 0)
        self.head.setSpacing(px(metrics.GRID))


def text_of(draft: Request, member: str) -> str:
    """A member's text, empty where it is not set."""
    value: Any = member_at(draft, member)
    return "" if value is None else str(value)
