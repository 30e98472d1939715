"""The Request and Response tabs: start line, parameters, headers and body of one message."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.gui.components import CodeView, CopyValue, Label, WrapLabel
from sandbox_app.gui.live.facts_table import Fact, FactsTable
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.live.scrolling import ScrollingColumn
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.workbench.live import messages
from sandbox_app.workbench.live.filters.values import (
    header_terms,
    like_this,
    parameter_terms,
)
from sandbox_app.workbench.live.messages import Pairs

_LINE, _FEWEST_LINES, _MOST_LINES = 20, 2, 24
_BODY_GAP = 8
_PAIR = ("Name", "Value")

Terms = Callable[[str, str], tuple[str, ...]]
"""Makes terms from a name and a value."""


class _Table(QWidget):
    """A titled table that vanishes when it is empty."""

    def __init__(self, theme: Theme, view: ScrollingColumn, title: str, name: str) -> None:
        super().__init__()
        self.title = Label(theme, title, Role.NAME)
        self.table = FactsTable(theme, name, _PAIR)
        self.gap = QWidget()
        self.gap.setFixedHeight(theme.px(16))
        for part in (self.title, self.table, self.gap):
            view.column.addWidget(part)

    def show_pairs(self, pairs: Pairs, terms: Terms) -> None:
        self.table.set_facts([Fact(pair, terms=terms(*pair)) for pair in pairs])
        for part in (self.title, self.table, self.gap):
            part.setVisible(bool(pairs))


class MessageView(ScrollingColumn):
    """One direction of an exchange.

    Args:
        name: "Request" or "Response".

    Signals:
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
    """

    value_asked = Signal(object, object, object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._start = CopyValue(theme, "first line", "", stretch=True)
        self.column.addWidget(self._start)
        self.column.addSpacing(theme.px(12))
        self.query = _Table(theme, self, "Query", "Query parameters")
        self.form = _Table(theme, self, "Form", "Form fields")
        self.redirect = _Table(theme, self, "Redirect carries", "Parameters of the redirect")
        self._title = Label(theme, "Body", Role.NAME)
        self._note = WrapLabel(theme, "", Role.HELP, "warn", selectable=True)
        self._json = CodeView(theme, f"{name} body, JSON", syntax="json", wrap=True)
        self._plain = CodeView(theme, f"{name} body", wrap=True)
        self._gap = QWidget()
        self._gap.setFixedHeight(theme.px(_BODY_GAP))
        for part in (self._title, self._note, self._gap, self._json, self._plain):
            self.column.addWidget(part)
        self.column.addSpacing(theme.px(16))
        self.headers = _Table(theme, self, "Headers", f"{name} headers")
        self._line = ShownValue("")
        self._offer_menus()
        self.column.addStretch(1)

    @property
    def body_text(self) -> str:
        """The body as it is shown."""
        return self._plain.text if self._json.isHidden() else self._json.text

    @property
    def note(self) -> str:
        """What is said about the part of the body that is not shown."""
        return self._note.text()

    def show_request(self, exchange: Exchange, detail: ExchangeDetail) -> None:
        """What came in."""
        line = messages.request_line(exchange, detail)
        self._show_line(line, like_this(exchange, "m"), like_this(exchange, "u"))
        self.query.show_pairs(messages.query_of(detail.target), parameter_terms)
        self.redirect.show_pairs((), parameter_terms)
        self._show_message(detail.request)

    def show_response(self, exchange: Exchange, detail: ExchangeDetail) -> None:
        """What went out."""
        self._show_line(messages.status_line(exchange, detail), like_this(exchange, "c"))
        self.query.show_pairs((), parameter_terms)
        location = messages.header(detail.response.headers, "location")
        self.redirect.show_pairs(messages.location_parameters(location), parameter_terms)
        self._show_message(detail.response)

    def _show_message(self, message: Message) -> None:
        form = messages.form_of(message)
        self.form.show_pairs(form, parameter_terms)
        self.headers.show_pairs(message.headers, header_terms)
        body = messages.body_of(message)
        shown = bool(body.text) and (not form or bool(body.note))
        is_json = body.syntax == "json"
        self._title.setVisible(shown or bool(body.note))
        self._note.setText(body.note)
        self._note.setVisible(bool(body.note))
        self._gap.setVisible(shown)
        for view, wanted in ((self._json, is_json), (self._plain, not is_json)):
            view.set_text(body.text if shown and wanted else "")
            view.setVisible(shown and wanted)
            view.setFixedHeight(self._height_for(body.text.splitlines()))
        self.verticalScrollBar().setValue(0)

    def _show_line(self, line: str, *terms: str) -> None:
        self._start.set_value(line)
        self._line = ShownValue(line, terms)

    def _offer_menus(self) -> None:
        for table in (self.query, self.form, self.redirect, self.headers):
            table.table.value_asked.connect(self.value_asked)
        custom = Qt.ContextMenuPolicy.CustomContextMenu
        self._start.setContextMenuPolicy(custom)
        self._start.customContextMenuRequested.connect(self._line_asked)
        self._json.setContextMenuPolicy(custom)
        self._json.customContextMenuRequested.connect(self._member_asked)

    def _line_asked(self, at: QPoint) -> None:
        self.value_asked.emit(self._line, QMenu(self), self._start.mapToGlobal(at))

    def _member_asked(self, at: QPoint) -> None:
        """What can be done with the member on that line, before what can be done with any text."""
        line = self._json.cursorForPosition(at).block().text()
        member = messages.member_of(line)
        menu = self._json.createStandardContextMenu()
        where = self._json.viewport().mapToGlobal(at)
        if member is None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)
            return
        name, value = member
        self.value_asked.emit(ShownValue(value, parameter_terms(name, value)), menu, where)

    def _height_for(self, lines: Sequence[str]) -> int:
        wrapped = sum(1 + len(line) // 90 for line in lines[:_MOST_LINES])
        count = min(max(wrapped, _FEWEST_LINES), _MOST_LINES)
        return self._theme.px(_LINE * count + 32)
