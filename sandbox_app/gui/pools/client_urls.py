"""The callback or sign-out URLs of a client: a verdict for each, and warnings about near misses."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import IconLabel, UrlList, Verdict, WrapLabel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.client_rules import why_not_a_callback

_ONLY_HTTPS = "must be https"


class ClientUrls(QWidget):
    """A `UrlList` that judges like the operations, with a line below for what only looks alike.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme, name: str, *, hint: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.list = UrlList(theme, name, verdict=verdict, hint=hint, placeholder=placeholder)
        self.list.edited.connect(self._edited)
        self.warning = WrapLabel(theme, "", Role.STATUS, "warn")
        self._warned = QWidget()
        row = QHBoxLayout(self._warned)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(IconLabel(theme, "warning", "warn", 16, name="Warning"))
        row.addWidget(self.warning, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.HALF))
        column.addWidget(self.list)
        column.addWidget(self._warned)
        self._warn()

    @property
    def speaks(self) -> bool:
        """Whether the fault is said at an entry already."""
        return any(self.list.verdicts)

    def values(self) -> tuple[str, ...]:
        """The entries."""
        return self.list.values()

    def set_values(self, values: Sequence[str]) -> None:
        """Show others."""
        self.list.set_values(values)
        self._warn()

    def set_wrong(self, wrong: bool) -> None:
        """Mark all entries where the fault is not one entry's."""
        self.list.set_wrong(wrong and not self.speaks)

    def _first(self) -> QWidget:
        """Where the keyboard goes: the first entry at fault, else the first, else the link."""
        pairs = zip(self.list.fields, self.list.verdicts, strict=True)
        wrong = next((field for field, found in pairs if found), None)
        return wrong or next(iter(self.list.fields), None) or self.list.add_button

    def _edited(self) -> None:
        self._warn()
        self.edited.emit()

    def _warn(self) -> None:
        sentence = near_miss(self.values())
        self.warning.setText(sentence)
        self._warned.setVisible(bool(sentence))
        self.setFocusProxy(self._first())


def verdict(url: str) -> Verdict | None:
    """What the operations would refuse about a URL, in their words, and a way out."""
    why = why_not_a_callback(url)
    if why is None:
        return None
    sentence = f"{why[0].upper()}{why[1:]}."
    if why.startswith(_ONLY_HTTPS):
        return Verdict(sentence, "Change to https", f"https{url[len('http') :]}")
    if url != url.strip():
        return Verdict(sentence, "Remove the blanks", url.strip())
    if "#" in url:
        return Verdict(sentence, "Remove the fragment", url.partition("#")[0])
    return Verdict(sentence)


def near_miss(urls: Sequence[str]) -> str:
    """A sentence about two URLs that differ in what people overlook; empty where none do."""
    for one, other in pairwise(sorted(set(urls), key=lambda url: (_alike(url), url))):
        if _alike(one) == _alike(other):
            what = "a slash at the end" if one.rstrip("/") == other.rstrip("/") else "case"
            return f"{one} and {other} differ by {what}: only an exact match counts (AZ-4)."
    return ""


def _alike(url: str) -> str:
    return url.rstrip("/").casefold()
