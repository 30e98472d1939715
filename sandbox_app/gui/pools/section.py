"""One branch of a pool in the tree: the table in the middle, the editor at the right."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.gui.forms import Setting
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core


class Section(QObject):
    """One kind of thing that a pool has; the place shows one section at a time.

    `middle` stands between tree and editor and is `None` where there is but one of the thing;
    `right` is the editor, or what stands in for it while nothing is chosen. Neither has a parent
    until the place takes them.

    Signals:
        count_changed: the number in the tree may be another now.
        failed: str, a sentence about something that could not be done, for the bar at the top.
        done: str, a sentence about something that was done and shows nowhere else.
        url_wanted: str, to be opened in the browser.
        pool_made: str, the id of a new pool, to be looked at.
        pool_setting_wanted: str, a member of the pool looked at, which governs what is shown.
        group_users_wanted: str, the name of a group whose users shall be listed.
    """

    count_changed = Signal()
    failed = Signal(str)
    done = Signal(str)
    url_wanted = Signal(str)
    pool_made = Signal(str)
    pool_setting_wanted = Signal(str)
    group_users_wanted = Signal(str)

    key: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self.theme = theme
        self.core = core
        self.pool_id = ""
        self.origin = ""
        self.serving = True
        self.middle: QWidget | None = None
        self.right = QWidget()

    @abstractmethod
    def show_pool(self, pool_id: str) -> None:
        """Show that pool's; drafts of other pools are kept."""
        raise NotImplementedError

    @abstractmethod
    def changed(self, events: list[ConfigurationChanged]) -> None:
        """The configuration of the pool shown is another now; called once for many changes."""
        raise NotImplementedError

    def show_origin(self, origin: str) -> None:
        """Where the sandbox listens now, "http://localhost:9400"."""
        self.origin = origin

    def show_serving(self, serving: bool) -> None:
        """Whether the sandbox answers now."""
        self.serving = serving

    def open(self, key: str, member: str = "") -> None:
        """Choose the thing of that key and, if named, bring a member of it to the eye."""

    def settings(self) -> Sequence[Setting]:
        """What can be set here, for a search by name."""
        return ()

    def open_setting(self, member: str) -> None:
        """Bring a setting of the thing looked at to the eye."""

    def create(self) -> None:
        """Begin a new one."""

    def take_users(self, group: str, subs: list[str]) -> None:
        """Users were dragged onto a group; only the section of the users minds."""

    def show_group(self, group: str) -> None:
        """List a group's users; only the section of the users minds."""

    def has_drafts(self) -> bool:
        """Whether something here is not saved."""
        return False

    def search(self, text: str) -> None:
        """Look for a text among the rows."""

    def save_state(self) -> dict[str, object]:
        """What to remember until the next start; plain values."""
        return {}

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave, as far as it makes sense."""
