"""Which tab of the details is open, and whether the person chose it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from sandbox_app.gui.components import Tabs
from sandbox_app.gui.theme import Theme

TABS = [
    ("diagram", "Diagram"),
    ("why", "Why"),
    ("request", "Request"),
    ("response", "Response"),
    ("tokens", "Tokens"),
    ("raw", "Raw"),
]


class TabChoice(QObject):
    """A tab suits what is shown until the person chooses one; then that one stays.

    Signals:
        opened: str, another tab is in sight.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tabs = Tabs(theme, "Details", TABS)
        self._own = self._proposing = self._staying = False
        self.tabs.chosen.connect(self._chosen)

    @property
    def key(self) -> str:
        """The tab in sight."""
        return self.tabs.current_key

    @property
    def own(self) -> str:
        """The tab the person chose; empty as long as they chose none."""
        return self.key if self._own else ""

    def choose(self, key: str) -> None:
        """Stay with a tab, as if the person had chosen it."""
        if key in dict(TABS):
            self._own = True
            self.tabs.set_current(key)

    def propose(self, key: str) -> bool:
        """Open a tab that suits, where the person left the choice; whether another was opened."""
        if self._own or self._staying or key == self.key:
            return False
        self._proposing = True
        self.tabs.set_current(key)
        self._proposing = False
        return True

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Whatever is shown meanwhile, the tab stays, without counting as chosen."""
        self._staying = True
        try:
            yield
        finally:
            self._staying = False

    def _chosen(self, key: str) -> None:
        self._own = self._own or not self._proposing
        self.opened.emit(key)
