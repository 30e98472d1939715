"""The head of a table: what it lists, a search that opens when it is wanted, and New."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel, Field, IconButton
from sandbox_app.gui.theme import Role, Theme, metrics


class ListHeader(QWidget):
    """64 high; the search field takes the title's place while there is something in it.

    Signals:
        new_wanted: the person wants a new one.
        searched: str, what is searched for now.
        list_wanted: the keyboard shall go to the rows.
    """

    new_wanted = Signal()
    searched = Signal(str)
    list_wanted = Signal()

    def __init__(self, theme: Theme, title: str, noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = ElidedLabel(theme, title, Role.TITLE)
        self.field = Field(theme, f"Search {title}", placeholder=f"Search {title}", icon="search")
        self.open_search = IconButton(theme, "search", f"Search {title}", side=32)
        self.new = Button(theme, "New", icon="plus")
        self.new.setAccessibleName(f"New {noun}")
        self.field.hide()
        self.field.textChanged.connect(self.searched)
        self.field.installEventFilter(self)
        self.open_search.clicked.connect(lambda: self._show_field(True))
        self.new.clicked.connect(lambda: self.new_wanted.emit())
        self._row = QHBoxLayout()
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self.title, 1, middle)
        self._row.addWidget(self.field, 1, middle)
        self._row.addWidget(self.open_search, 0, middle)
        self._row.addWidget(self.new, 0, middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.field.text()

    def search(self, text: str) -> None:
        """Search for a text; an empty one shows everything."""
        self.field.setText(text)
        self._show_field(bool(text), focus=bool(text))

    def type(self, letters: str) -> None:
        """Letters typed elsewhere go on in the field."""
        self._show_field(True)
        self.field.setText(self.field.text() + letters)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc ends the search; Down and Enter lead to the rows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.search("")
                self.list_wanted.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list_wanted.emit()
                return True
        if event.type() == QEvent.Type.FocusOut and not self.field.text():
            self._show_field(False)
        return False

    def _show_field(self, shown: bool, *, focus: bool = True) -> None:
        self.field.setVisible(shown)
        self.title.setVisible(not shown)
        self.open_search.setVisible(not shown)
        if shown and focus:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), 0, px(12), 0)
        self._row.setSpacing(px(metrics.HALF))
        self.setFixedHeight(px(metrics.PANE_HEADER))
