"""The editor of one record: pages of rows, a draft that is never lost, Save and Revert."""

from abc import abstractmethod

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.gui.forms.drafts import DraftState, Subject
from sandbox_app.gui.forms.editor_frame import EditorFrame
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import Request
from sandbox_app.workbench.editing.trying import problems, problems_of

_CHECK_AFTER_MS = 120


class RecordEditor(EditorFrame):
    """Shows one record at a time and remembers the drafts of the others.

    A subclass adds pages in its constructor and says how its kind of record is loaded, tried and
    saved. What an operation refuses is shown at the row it is about; the same operation, rolled
    back, checks the draft while the person types.

    Signals:
        saved: Subject, made or changed; its key is the record's, also of a new one.
        discarded: a new record was given up.
        state_changed: Subject; whether it has a draft, or problems, is different now.
        duplicate_wanted, delete_wanted: str, the key of the record shown.
    """

    saved = Signal(object)
    discarded = Signal()
    state_changed = Signal(object)
    duplicate_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, theme: Theme, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._core = core
        self._states: dict[Subject, DraftState] = {}
        self.subject = Subject("")
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_AFTER_MS)
        self._check.timeout.connect(self.check)
        # Of all editors only the one that is seen hears it.
        save = QShortcut(QKeySequence.StandardKey.Save, self)
        save.activated.connect(lambda: self.save())
        self.member_edited.connect(self._edited)
        self.menu_wanted.connect(self.fill_menu)
        self.bar.save_wanted.connect(self.save)
        self.bar.revert_wanted.connect(self.revert)
        self.bar.problem_wanted.connect(self._show_first_problem)

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

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the record as a whole."""
        key = self.subject.key
        menu.addAction("Duplicate", lambda: self.duplicate_wanted.emit(key))
        menu.addSeparator()
        menu.addAction("Delete", lambda: self.delete_wanted.emit(key))

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

    # For subclasses.

    def set_draft(self, draft: Request) -> None:
        """Change the draft by program, as if the person had."""
        self.state.draft = draft
        self._show_state()
        self._check.start()

    def show_refusal(self, error: ApiError) -> None:
        """Show what an operation refused, at its row or above the page."""
        self.state.problems = problems_of(error, self.members)
        self._show_problems()
        self._show_first_problem()
        self.state_changed.emit(self.subject)

    # Inside.

    def _show_first_problem(self) -> None:
        self.reveal_first([one.member for one in self.state.problems])

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
        self.more.setVisible(not self.subject.new)
        self.show_head(draft)
        self.drafted(draft)
        self._show_problems()

    def _show_problems(self) -> None:
        state = self.state
        shown = self.state.shown_problems(new=self.subject.new)
        by_member = {problem.member: problem.sentence for problem in shown}
        for form in self._forms.values():
            form.show_problems(by_member)
        self.mark_pages(by_member)
        if "" in by_member:
            self.message.show_message(by_member[""])
        elif not state.changed_outside:
            self.message.hide()
        self._show_count()

    def _show_count(self) -> None:
        state, new = self.state, self.subject.new
        shown = state.shown_problems(new=new)
        self.bar.show_state(len(shown), state.changes(self.members), creating=new)
        if new:
            self.bar.set_verb(f"Create {self.noun}", discard="Discard")
        else:
            self.bar.set_verb("Save")
