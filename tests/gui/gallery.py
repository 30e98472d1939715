"""Shows every component in every state, to hold against the design's pictures.

python tests/gui/gallery.py --save FOLDER     pictures of both themes, no window needed
python tests/gui/gallery.py [light|dark]      the window itself
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox_app.gui.components import (
    Badge,
    Banner,
    Button,
    CheckBox,
    CheckList,
    Chip,
    CodeView,
    Combo,
    CopyValue,
    DurationField,
    ElidedLabel,
    EmptyState,
    ErrorBar,
    Field,
    FormRow,
    Glide,
    Hairline,
    HoverCard,
    IconButton,
    IconLabel,
    KeyHint,
    Label,
    Pill,
    RadioButton,
    Rail,
    RingOverlay,
    SecretField,
    Segments,
    Switch,
    TabRow,
    Tabs,
    UrlList,
    Verdict,
)
from sandbox_app.gui.components.painting import (
    OUTCOME_TOKENS,
    RIGHT,
    Outcome,
    paint_box,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.palette import Candidates, Hit, Palette, SearchButton
from sandbox_app.gui.records import Column, ListRecordModel, Record, RecordTable
from sandbox_app.gui.theme import Role, Theme

MIDDLE = Qt.TextElideMode.ElideMiddle


class Rows(QWidget):
    """List rows as a delegate would paint them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(184)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        states = (
            ("Normal", {}),
            ("Hover", {"hovered": True}),
            ("Selected", {"selected": True}),
            ("Focused", {"selected": True, "focused": True}),
        )
        for position, (word, state) in enumerate(states):
            rect = QRect(0, position * 46, self.width(), 44)
            paint_selection(painter, self._theme, rect, **state)
            token = "accent_text" if state.get("selected") else "text2"
            paint_icon(
                painter,
                self._theme,
                rect.adjusted(12, 0, -rect.width() + 30, 0),
                "tokens",
                token,
                18,
            )
            text = rect.adjusted(40, 4, -12, -22)
            paint_text_elided(painter, self._theme, text, word, Role.NAME, "text")
            text = rect.adjusted(40, 22, -12, -4)
            paint_text_elided(painter, self._theme, text, "alice  ·  web", Role.HELP, "text2")
            paint_text_elided(
                painter,
                self._theme,
                rect.adjusted(0, 0, -12, 0),
                "52 min",
                Role.HELP,
                "text2",
                RIGHT,
            )
        painter.end()


class Checks(QWidget):
    """Check rows as a delegate would paint them."""

    ROWS: tuple[tuple[Outcome, str, str, str], ...] = (
        ("passed", "AZ-1", "client_id is present", "7spa…q2kd"),
        ("refused", "AZ-4", "redirect_uri is registered", "one slash more"),
        ("warning", "AZ-8", "PKCE is missing, allowed here", ""),
        ("not-reached", "AZ-10", "Every scope is enabled", ""),
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for position, (outcome, rule, sentence, got) in enumerate(self.ROWS):
            rect = QRect(0, position * 30, self.width(), 30)
            token = OUTCOME_TOKENS[outcome]
            paint_icon(painter, self._theme, QRect(0, rect.top(), 18, 30), outcome, token, 18)
            paint_text_elided(
                painter, self._theme, rect.adjusted(30, 0, 0, 0), rule, Role.MONO, "text2"
            )
            told = "text3" if outcome == "not-reached" else "text"
            paint_text_elided(
                painter, self._theme, rect.adjusted(84, 0, 0, 0), sentence, Role.BODY, told
            )
            paint_text_elided(painter, self._theme, rect, got, Role.MONO, "text2", RIGHT)
        painter.end()


class Ground(QWidget):
    """A sunken ground to show an empty state on."""

    def __init__(self, theme: Theme, child: QWidget) -> None:
        super().__init__()
        self._theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(child)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, self.rect(), fill=self._theme.color("sunken"), radius=8)
        painter.end()


def hover(widget: Button) -> Button:
    """Freeze a button in its hovered state."""
    widget.findChildren(Glide)[0].at = 1.0
    return widget


def row(*widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    """Widgets side by side from the left."""
    line = QHBoxLayout()
    line.setSpacing(gap)
    for widget in widgets:
        line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    line.addStretch(1)
    return line


class Gallery(QWidget):
    """1280 by 800 like the design's picture; a second page holds what that has no room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rings: list[QWidget] = []
        self.resize(1280, 800)
        page = QVBoxLayout(self)
        page.setContentsMargins(32, 24, 32, 12)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for column, width in ((self._left(), 384), (self._middle(), 400), (self._right(), 368)):
            holder = QWidget()
            holder.setFixedWidth(width)
            column.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(column)
            columns.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        page.addLayout(columns)
        page.addStretch(1)
        page.addWidget(Hairline(theme))
        page.addSpacing(10)
        names = theme.icons.names()
        for start in range(0, len(names), 34):
            page.addLayout(
                row(
                    *(IconLabel(theme, name, size=20) for name in names[start : start + 34]), gap=15
                )
            )

    def head(self, text: str) -> Label:
        return Label(self.theme, text, Role.STATUS_STRONG, "text2")

    def disabled(self, widget: QWidget) -> QWidget:
        widget.setEnabled(False)
        return widget

    def focused(self, widget: QWidget) -> QWidget:
        self.rings.append(widget)
        return widget

    def _left(self) -> QVBoxLayout:
        t, column = self.theme, QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.head("Buttons, 32 px"))
        column.addLayout(
            row(
                Button(t, "Primary", variant="primary"),
                hover(Button(t, "Hover", variant="primary")),
                QWidget(),
                self.focused(Button(t, "Focus", variant="primary")),
                QWidget(),
                self.disabled(Button(t, "Disabled", variant="primary")),
            )
        )
        column.addLayout(
            row(
                Button(t, "Default", icon="copy"),
                hover(Button(t, "Hover")),
                QWidget(),
                self.focused(Button(t, "Focus")),
                QWidget(),
                self.disabled(Button(t, "Disabled")),
            )
        )
        column.addLayout(
            row(
                Button(t, "Quiet", variant="quiet", icon="pause"),
                Button(t, "Link", variant="link"),
                Button(t, "Delete pool", variant="danger", icon="bin"),
                Button(t, "Small", size="small", icon="copy"),
            )
        )
        column.addSpacing(8)
        column.addWidget(self.head("Fields, 30 px"))
        self.focus_field = Field(t, "Focused", "Focused")
        wrong = Field(t, "Wrong", "Wrong")
        wrong.set_wrong(True)
        for pair in (
            (Field(t, "Normal", "Normal"), self.focus_field),
            (wrong, self.disabled(Field(t, "Disabled", "Disabled"))),
        ):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(pair[0])
            line.addWidget(pair[1])
            column.addLayout(line)
        read_only = Field(t, "Read-only", "read only value", mono=True)
        read_only.setReadOnly(True)
        line = QHBoxLayout()
        line.addWidget(read_only)
        line.addWidget(Combo(t, "Client", [("spa", "spa"), ("web", "web")]))
        column.addLayout(line)
        form = FormRow(
            t,
            "Callback URL",
            Field(t, "", "http://app.example.com", mono=True),
            "Help: 12 px, one sentence, always visible.",
        )
        form.show_error("http is for localhost only.", "Change to https")
        column.addWidget(form)
        column.addSpacing(8)
        column.addWidget(self.head("Check boxes, radios, switches"))
        column.addLayout(
            row(
                CheckBox(t, "Label"),
                CheckBox(t, "Label", True),
                self.focused(CheckBox(t, "Label", True)),
                self.disabled(CheckBox(t, "Label")),
                self.disabled(CheckBox(t, "Label", True)),
            )
        )
        column.addLayout(
            row(
                RadioButton(t, "Label"),
                RadioButton(t, "Label", True),
                Switch(t, "A", True),
                Switch(t, "B"),
                self.disabled(Switch(t, "C", True)),
                self.focused(Switch(t, "D", says=False)),
            )
        )
        column.addSpacing(8)
        column.addWidget(self.head("Tabs, segments"))
        tabs = Tabs(t, "Detail", [("diagram", "Diagram"), ("why", "Why"), ("tokens", "Tokens")])
        tabs.set_current("why")
        tab_row = TabRow(t, tabs, inset=0)
        tab_row.add_right(Segments(t, "Show", [("l", "Logins"), ("r", "Requests")]))
        column.addWidget(tab_row)
        self.focused(tabs)
        return column

    def _middle(self) -> QVBoxLayout:
        t, column = self.theme, QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.head("Chips, 22 px"))
        column.addLayout(
            row(
                Chip(t, "ID", icon="tokens", clickable=True),
                Chip(t, "code", icon="link"),
                Chip(t, "verifier", icon="lock"),
                Chip(t, "~client web", mono=True),
                Chip(t, "alice", "neutral", icon="user"),
                gap=6,
            )
        )
        column.addLayout(
            row(
                Chip(t, "Signed in", "ok", icon="passed"),
                Chip(t, "Refused", "bad", icon="refused"),
                self.focused(Chip(t, "Held", "warn", icon="hand", clickable=True)),
                Chip(t, "Disabled user", "neutral", icon="minus"),
                gap=6,
            )
        )
        column.addSpacing(8)
        column.addWidget(self.head("Pill, badge, keys"))
        pill = Pill(t)
        pill.set_count(17)
        column.addLayout(
            row(
                pill,
                Badge(t, "unread", 2),
                KeyHint(t, "Ctrl K"),
                KeyHint(t, "F"),
                self.focused(IconButton(t, "copy", "Copy")),
                Segments(t, "Theme", [("l", "Light", "sun"), ("d", "Dark", "moon")], small=True),
                gap=10,
            )
        )
        column.addSpacing(8)
        column.addWidget(self.head("Check rows, 30 px"))
        column.addWidget(Checks(t))
        column.addSpacing(8)
        column.addWidget(self.head("Banners, 56 px"))
        for kind, title, text, action in (
            ("ok", "Valid for 52 min", "Signed by this pool’s current key.", "Copy as"),
            ("warn", "Not like the real service", "The clock is 2 h ahead.", "Back to normal"),
            ("bad", "Expired 3 min 12 s ago", "Otherwise sound.", "Mint a fresh one"),
        ):
            banner = Banner(t, kind, title, text)
            banner.add_button(Button(t, action))
            column.addWidget(banner)
        return column

    def _right(self) -> QVBoxLayout:
        t, column = self.theme, QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.head("List rows, 44 px"))
        column.addWidget(Rows(t))
        column.addSpacing(6)
        column.addWidget(self.head("Empty state"))
        empty = EmptyState(t, "live", "No logins yet", "Each sign-in appears here as one row.")
        empty.add_button(Button(t, "Run a demo sign-in", variant="primary", icon="play"))
        empty.add_button(Button(t, "Connect my app", icon="code"))
        ground = Ground(t, empty)
        ground.setFixedHeight(204)
        column.addWidget(ground)
        column.addSpacing(6)
        column.addWidget(self.head("Chip hover card"))
        card = HoverCard(t, self)
        card.set_facts(
            "ID token",
            (("sub", "8c2f51d0…b312"), ("aud", "web"), ("exp", "11:36:00")),
            verdict="valid, 52 min",
        )
        card.setFixedHeight(card.sizeHint().height())
        card.show()
        column.addWidget(card)
        return column

    def show_states(self) -> None:
        """Give every state that only a person can cause."""
        self.focus_field.setFocus()
        for widget in self.rings:
            RingOverlay(self.theme, widget)


class SecondPage(QWidget):
    """Rail, code, error bar, full-width banner, long texts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.resize(1024, 680)
        t = theme
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        rail = Rail(t)
        for key, word in (
            ("home", "Home"),
            ("live", "Live"),
            ("pools", "Pools"),
            ("tokens", "Tokens"),
            ("federation", "Federation"),
            ("mail", "Mail"),
            ("conditions", "Conditions"),
        ):
            rail.add(key, key, word)
        rail.set_current("live")
        rail.set_badge("mail", 2)
        self.rail_item = rail.findChildren(QWidget)[2]
        across.addWidget(rail)
        column = QVBoxLayout()
        column.setSpacing(12)
        across.addLayout(column)
        bar = ErrorBar(t)
        bar.show_message(
            "The workspace could not be saved: the disk is full. Free some space; nothing is lost "
            "as long as this window stays open, and every change is tried again.",
            action=("Try again", bar.dismiss),
        )
        column.addWidget(bar)
        banner = Banner(
            t,
            "warn",
            "Not like the real service now:",
            "the clock is 2 h ahead, and one fault is on.",
            full_width=True,
        )
        banner.add_button(Button(t, "Back to normal", icon="undo"))
        column.addWidget(banner)
        tabs = Tabs(
            t,
            "Detail",
            [(word, word) for word in ("Diagram", "Why", "Request", "Response", "Tokens", "Raw")],
        )
        column.addWidget(TabRow(t, tabs))
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 0, 16, 16)
        inner.setSpacing(12)
        column.addLayout(inner)
        inner.addWidget(Label(t, "Your user pool is running", Role.HEADLINE))
        big = Button(t, "Run a demo sign-in", variant="primary", size="big", icon="play")
        menu = Button(t, "Following", variant="quiet", trailing="chevron-down")
        says = Label(t, "opens your browser", Role.BODY, "text2")
        inner.addLayout(row(big, says, menu, gap=12))
        field = Field(
            t, "Filter", placeholder="Filter: a word, or ~client  ~user  ~err  ~rule", icon="filter"
        )
        field.add_trailing(Label(t, "8 logins", Role.HELP, "text2"))
        field.add_trailing(KeyHint(t, "F"))
        inner.addWidget(field)
        issuer = "http://localhost:9400/us-east-1_Demo00001"
        inner.addWidget(CopyValue(t, "issuer", issuer))
        narrow = QWidget()
        narrow.setFixedWidth(220)
        box = QVBoxLayout(narrow)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(CopyValue(t, "issuer", issuer, stretch=True))
        box.addWidget(
            ElidedLabel(t, "8c2f51d0-3a7e-4c11-9d20-5de1a7c0b312", Role.MONO, "text2", middle=True)
        )
        box.addWidget(Button(t, "Add this callback URL to a client with a long name"))
        inner.addWidget(narrow)
        inner.addWidget(
            FormRow(
                t,
                "Allowed callback URLs with a label that wraps",
                Field(t, "", issuer, mono=True),
                "Compared character by character with redirect_uri, and a help text so long that "
                "it takes two lines at this width, which must not collapse or push anything aside.",
            )
        )
        code = CodeView(t, "ID token payload", syntax="json")
        code.set_text(
            '{\n  "sub": "8c2f51d0",\n  "email_verified": true,\n  "exp": 1795432200,\n'
            '  "cognito:groups": ["admins", "a \\"b\\" 12"],\n  "x": null\n}'
        )
        snippet = CodeView(t, "Snippet")
        snippet.set_text(f"authority: '{issuer}',\nclient_id: '7spa4k1m',", (issuer, "7spa4k1m"))
        pair = QHBoxLayout()
        pair.addWidget(code)
        pair.addWidget(snippet)
        inner.addLayout(pair, 1)
        inner.addWidget(Chip(t, '<img src="file:///etc/hostname">', "neutral"))
        self.ring_targets = [
            big,
            tabs,
            menu,
            rail.findChildren(type(rail.add("x", "more", "More")))[0],
        ]

    def show_states(self) -> None:
        """Rings that only a person can cause."""
        theme = self.ring_targets[0]._theme
        for target in self.ring_targets:
            RingOverlay(theme, target)


class ThirdPage(QWidget):
    """A table of records, the controls of an editor, and the palette over them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.resize(1100, 680)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.table = self._table(theme)
        self.table.setFixedWidth(theme.px(328))
        across.addWidget(self.table)
        across.addWidget(Hairline(theme, vertical=True))
        form = QVBoxLayout()
        form.setContentsMargins(24, 8, 16, 16)
        form.setSpacing(16)
        across.addLayout(form, 1)
        self.search = SearchButton(theme)
        form.addWidget(self.search, 0, Qt.AlignmentFlag.AlignRight)
        for row in self._rows(theme):
            form.addWidget(row)
        form.addStretch(1)
        self.palette_card = Palette(theme, self)
        self.palette_card.set_anchor(self.search)
        commands = [
            Hit("run", "Run a demo sign-in", "opens your browser", "play", "Commands"),
            Hit("dark", "Switch to dark", "", "moon", "Commands"),
        ]
        clients = [Hit("web", "web", "confidential client · demo", "code", "App clients")]
        self.palette_card.set_sources([Candidates(commands), Candidates(clients)])

    def show_states(self) -> None:
        """The palette as it opens."""
        self.palette_card.open("d")

    def _table(self, theme: Theme) -> RecordTable:
        columns = (
            Column("name", "Client name", 96, strong=True),
            Column("kind", "Kind", 104),
            Column("flow", "Allowed flow", 104, grows=True),
        )
        records = [
            Record("spa", {"name": "spa", "kind": "Public", "flow": "code"}),
            Record("web", {"name": "web", "kind": "Confidential", "flow": "code"}, mark="refused"),
            Record("m2m", {"name": "m2m", "kind": "Confidential", "flow": "client credentials"}),
            Record("old", {"name": "old", "kind": "Public", "flow": "code"}, muted=True),
        ]
        table = RecordTable(theme, "App clients", columns, ListRecordModel((), records))
        table.select("web")
        return table

    def _rows(self, theme: Theme) -> list[FormRow]:
        urls = UrlList(theme, "Callback URLs", verdict=self._judge, hint="Compared as written.")
        urls.set_values(["http://localhost:3000/callback", "http://app.example.com/callback"])
        scopes = CheckList(
            theme, "Scopes", [(key, key, "") for key in ("openid", "email", "profile", "phone")]
        )
        scopes.set_values(["openid", "email", "gone/scope"])
        validity = DurationField(theme, "Validity")
        validity.set_value(60, "minutes")
        secret = SecretField(theme, "client secret", "not shown")
        return [
            FormRow(theme, "Client secret", secret, "Sent with every token request."),
            FormRow(theme, "Allowed callback URLs", urls),
            FormRow(theme, "Allowed OAuth scopes", scopes, "Any other is refused."),
            FormRow(theme, "Access token validity", validity, "5 minutes to 1 day."),
        ]

    def _judge(self, text: str) -> Verdict | None:
        if "localhost" in text:
            return None
        remedy = text.replace("http://", "https://")
        return Verdict("http is allowed for localhost only.", "Change to https", remedy)


def save(folder: Path, application: QApplication) -> None:
    """Write one picture per page and theme."""
    theme = Theme(application, mode="light")
    theme.motion = False
    theme.apply()
    theme.dress(application)
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        pages = {"components": Gallery, "second": SecondPage, "third": ThirdPage}
        for name, make in pages.items():
            page = make(theme)
            page.show()
            QTest.qWait(50)
            page.show_states()
            QTest.qWait(50)
            page.grab().save(str(folder / f"{name}-{mode}.png"))
            page.close()
    theme.set_mode("light")
    theme.set_scale(1.5)
    page = SecondPage(theme)
    page.resize(1280, 800)
    page.show()
    QTest.qWait(50)
    page.grab().save(str(folder / "second-150.png"))


def main() -> None:
    """See the module's docstring."""
    application = QApplication(sys.argv[:1])
    if "--save" in sys.argv:
        save(Path(sys.argv[sys.argv.index("--save") + 1]), application)
        return
    theme = Theme(application, mode="dark" if "dark" in sys.argv else "light")
    theme.apply()
    theme.dress(application)
    pages = [Gallery(theme), SecondPage(theme), ThirdPage(theme)]
    for position, page in enumerate(pages):
        page.move(QPoint(40 * position, 40 * position))
        page.show()
        page.show_states()
    application.exec()


if __name__ == "__main__":
    main()
