"""The Tokens tab: every token of an exchange, its verdict above what is in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import (
    Banner,
    BannerKind,
    CopyValue,
    ElidedLabel,
    EmptyState,
    Label,
    Segments,
)
from sandbox_app.gui.live.facts_table import Fact, FactsTable
from sandbox_app.gui.live.scrolling import ScrollingColumn
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.workbench.live.filters.values import claim_terms
from sandbox_app.workbench.live.tokens import FoundToken, Judge, Judgement
from sandbox_app.workbench.live.words import count_words

Now = Callable[[], float]

_LOOKS: dict[bool | None, BannerKind] = {True: "ok", False: "bad", None: "info"}
_COLUMNS = ("Claim", "Value", "Meaning")


class TokenView(ScrollingColumn):
    """One token at a time, chosen on segments when there are several.

    Args:
        judge: says what a client would think of a token.
        now: epoch seconds of the sandbox's clock.

    Signals:
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
    """

    value_asked = Signal(object, object, object)

    def __init__(self, theme: Theme, judge: Judge, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Tokens", parent)
        self._judge, self._now = judge, now
        self._found: tuple[FoundToken, ...] = ()
        self._position = 0
        self._choice: Segments | None = None
        self._choices = QHBoxLayout()
        self._choices.addStretch(1)
        self._banner = Banner(theme, "ok", "")
        self._name = Label(theme, "", Role.NAME)
        self._place = ElidedLabel(theme, "", Role.BODY, "text2")
        self._header = ElidedLabel(theme, "", Role.MONO, "text")
        self._token = CopyValue(theme, "token", "", stretch=True)
        self._length = Label(theme, "", Role.HELP, "text2")
        self._payload = Label(theme, "Payload, in the order sent", Role.NAME)
        self._claims = FactsTable(theme, "Claims", _COLUMNS)
        self._claims.value_asked.connect(self.value_asked)
        self._empty = EmptyState(
            theme,
            "tokens",
            "No token here",
            "ID, access and refresh tokens of this request or its answer appear here, decoded.",
        )
        self._content = QWidget()
        self._build()

    @property
    def found(self) -> tuple[FoundToken, ...]:
        """The tokens there are to choose from."""
        return self._found

    @property
    def claims(self) -> FactsTable:
        """The claims of the token that is shown."""
        return self._claims

    @property
    def banner(self) -> Banner:
        """What a client would think of it."""
        return self._banner

    def show_tokens(self, found: Sequence[FoundToken]) -> None:
        """Show other tokens, the first of them open."""
        self._found = tuple(found)
        self._content.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._offer_choice()
        if found:
            self.open_token(0)

    def open_token(self, position: int) -> None:
        """Show one of them."""
        token = self._found[position]
        self._position = position
        self._show_judgement(self._judge(token.token))
        self._name.setText(token.name)
        self._place.setText(f"in the {token.place}")
        self._header.setText(f"Header {token.header_text}" if token.header_text else "")
        self._token.set_value(token.token)
        self._length.setText(count_words(len(token.token), "character"))
        self._explain(token)
        self.verticalScrollBar().setValue(0)

    def judge_again(self) -> None:
        """The clock or the keys were bent: what was said of the open token may hold no more."""
        if self._found:
            token = self._found[self._position]
            self._show_judgement(self._judge(token.token))
            self._explain(token)

    def _explain(self, token: FoundToken) -> None:
        claims = token.claims(self._now())
        payload = token.decoded.payload if token.decoded is not None else {}
        self._claims.set_facts(
            [
                Fact(
                    (claim.name, claim.value, claim.meaning),
                    claim.failing,
                    claim_terms(name, payload[name]),
                )
                for claim, name in zip(claims, payload, strict=True)
            ]
        )
        self._payload.setVisible(bool(claims))
        self._claims.setVisible(bool(claims))

    def open_named(self, name: str) -> None:
        """Show the first one whose name begins so: "ID", "Access", "Refresh"."""
        found = (at for at, token in enumerate(self._found) if token.name.startswith(name))
        at = next(found, None)
        if at is not None:
            if self._choice is not None:
                self._choice.set_current(str(at))
            self.open_token(at)

    def _show_judgement(self, judgement: Judgement) -> None:
        self._banner.set_verdict(_LOOKS[judgement.holds], judgement.title, judgement.sentence)

    def _offer_choice(self) -> None:
        if self._choice is not None:
            self._choices.removeWidget(self._choice)
            self._choice.hide()
            self._choice.deleteLater()
            self._choice = None
        if len(self._found) < 2:
            return
        choices: list[tuple[str, str] | tuple[str, str, str]] = [
            (str(position), name) for position, name in enumerate(_names(self._found))
        ]
        self._choice = Segments(self._theme, "Which token", choices)
        self._choice.chosen.connect(lambda key: self.open_token(int(key)))
        self._choices.insertWidget(0, self._choice)

    def _build(self) -> None:
        px = self._theme.px
        about = QHBoxLayout()
        about.setSpacing(px(8))
        about.addWidget(self._name)
        about.addWidget(self._place)
        about.addSpacing(px(16))
        # Whatever room the place leaves: the algorithm stands at the header's end.
        about.addWidget(self._header, 1)
        whole = QHBoxLayout()
        whole.setSpacing(px(12))
        whole.addWidget(self._token, 1)
        whole.addWidget(self._length, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(self._choices)
        column.addWidget(self._banner)
        column.addLayout(about)
        column.addLayout(whole)
        column.addWidget(self._payload)
        column.addWidget(self._claims)
        column.addStretch(1)
        self.column.addWidget(self._content)
        self.column.addWidget(self._empty, 1)
        self.column.addStretch(0)


def _names(found: Sequence[FoundToken]) -> list[str]:
    """Short names, numbered where two would be the same."""
    names: list[str] = []
    for token in found:
        name = token.name.removesuffix(" token")
        same = sum(1 for known in names if known.partition(" ")[0] == name)
        names.append(f"{name} {same + 1}" if same else name)
    return names
