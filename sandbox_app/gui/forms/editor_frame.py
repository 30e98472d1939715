"""The frame of an editor: head, pages of rows under tabs, room below them, and the bar."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

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
from sandbox_app.gui.forms.drafts import Setting
from sandbox_app.gui.forms.form import Form
from sandbox_app.gui.forms.save_bar import SaveBar
from sandbox_app.gui.theme import Role, Theme, metrics


class EditorFrame(QWidget):
    """Lays an editor out; what it edits is for the editor to say.

    Signals:
        member_edited: str, the path of the member the person changed.
        menu_wanted: QMenu, about to open below the button at the right of the head; to be filled.
    """

    member_edited = Signal(str)
    menu_wanted = Signal(QMenu)

    noun = "record"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = ElidedLabel(theme, "", Role.TITLE)
        self.subtitle = Label(theme, "", Role.BODY, "text2")
        self.identifier = CopyValue(theme, "id", "", token="text2")
        self.more = IconButton(theme, "more", f"More for this {self.noun}", side=32)
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
        self._build()
        self.tabs.chosen.connect(self.show_page)

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
        form.edited.connect(self.member_edited)
        self._forms[key] = form
        self.add_view(key, title, form)
        return form

    def add_view(self, key: str, title: str, page: QWidget) -> None:
        """Another page that edits nothing by itself, and its tab."""
        self.tabs.add(key, title)
        self._keys.append(key)
        self.pages.addWidget(page)
        self._tab_row.setVisible(len(self._keys) > 1)

    def settings(self) -> tuple[Setting, ...]:
        """Everything that can be edited here, from tab to tab."""
        return tuple(
            Setting(member, form.row(member).label)
            for form in self._forms.values()
            for member in form.members
        )

    def add_action(self, button: Button | IconButton) -> None:
        """A button at the right of the header, before the one with the menu."""
        place = self.head.indexOf(self.more)
        self.head.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignVCenter)

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

    def mark_pages(self, wrong: Collection[str]) -> None:
        """Mark the tabs of the pages that have a row of one of these members."""
        self.tabs.set_marked(
            key for key, form in self._forms.items() if any(one in wrong for one in form.members)
        )

    def reveal_first(self, wrong: Collection[str]) -> None:
        """Bring the topmost row of these members to the eye and the keyboard."""
        first = next((member for member in self.members if member in wrong), "")
        if first:
            self.reveal(first)

    def focus_first(self) -> None:
        """Put the keyboard where editing begins."""
        for key, form in self._forms.items():
            member = form.first_editable
            if member:
                self.show_page(key)
                form.reveal(member)
                return

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        self.head.addWidget(self.title, 0, middle)
        self.head.addWidget(self.subtitle, 0, middle)
        self.head.addStretch(1)
        self.head.addWidget(self.identifier, 0, middle)
        self.head.addWidget(self.more, 0, middle)
        self.more.clicked.connect(self._open_menu)
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

    def _open_menu(self) -> None:
        menu = QMenu(self.more)
        self.menu_wanted.emit(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _restyle(self) -> None:
        px = self._theme.px
        self._head_box.setFixedHeight(px(metrics.PANE_HEADER))
        self.head.setContentsMargins(px(metrics.PANE_LEFT), 0, px(metrics.PANE_RIGHT), 0)
        self.head.setSpacing(px(metrics.GRID))
