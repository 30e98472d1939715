"""The two panes of Live and what stands in them while there is nothing to show."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, EmptyState
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.workbench.live.words import passed_words

_LIST_WIDTH = 384
_WIDEST_LIST = 4_000
_APPEARS = "Every request to this sandbox appears here as it happens, grouped into logins."


class Panes(QStackedWidget):
    """The list with its footer at the left, pages about what is chosen at the right.

    Args:
        rows: the list.
        footer: stands below it, also while it is empty.
        detail: what is shown of a row that is looked at.

    Signals:
        demo_wanted: a demo sign-in shall be run in the browser.
        connect_wanted: the person wants to connect an app of their own.
        unfilter_wanted: the filter that hides everything shall go.
    """

    demo_wanted = Signal()
    connect_wanted = Signal()
    unfilter_wanted = Signal()

    def __init__(self, theme: Theme, rows: QWidget, footer: QWidget, detail: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._detail = detail
        self._own_left = 0
        self._moving = False
        self._pause: tuple[bool, int] = (False, 0)
        self._unrecorded: tuple[bool, int] = (False, 0)
        self.no_traffic = self._make_no_traffic()
        self.filtered_out = EmptyState(theme, "filter", "Nothing passes the filter", "")
        unfilter = Button(theme, "Clear the filter")
        unfilter.clicked.connect(lambda: self.unfilter_wanted.emit())
        self.filtered_out.add_button(unfilter)
        self._nothing_chosen = EmptyState(
            theme,
            "live",
            "Nothing chosen",
            "Choose a login at the left to see why it went the way it did.",
        )
        self.left, self.right = QStackedWidget(), QStackedWidget()
        self.left.addWidget(rows)
        self.left.addWidget(self.filtered_out)
        beside = QWidget()
        below = QVBoxLayout(beside)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.left, 1)
        below.addWidget(footer)
        self.right.addWidget(self._nothing_chosen)
        self.right.addWidget(detail)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(beside)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.installEventFilter(self)
        self.splitter.splitterMoved.connect(self._line_moved)
        self.addWidget(self.splitter)
        self.addWidget(self.no_traffic)
        theme.changed.connect(self._share_width)

    @property
    def nothing_is_chosen(self) -> bool:
        """Whether the right pane is free for whatever comes first."""
        return self.right.currentWidget() is self._nothing_chosen

    def show_detail(self) -> None:
        """Show what is looked at."""
        self.right.setCurrentWidget(self._detail)

    def show_nothing_chosen(self) -> None:
        """Ask for a row to be chosen."""
        self.right.setCurrentWidget(self._nothing_chosen)

    def show_traffic(self, there_is: bool) -> None:
        """Show both panes, or how traffic may come about."""
        self.setCurrentWidget(self.splitter if there_is else self.no_traffic)

    def show_pause(self, paused: bool, waiting: int) -> None:
        """Whether requests wait instead of appearing, and how many do."""
        self._pause = paused, waiting
        self._say_why_empty()

    def show_recording(self, paused: bool, passed: int) -> None:
        """Whether requests are not recorded, and how many were not."""
        self._unrecorded = paused, passed
        self._say_why_empty()

    def show_rows(self) -> None:
        """Show the list at the left."""
        self.left.setCurrentWidget(self._rows)

    def show_filtered_out(self, why: str) -> None:
        """Say in a sentence why the list is empty."""
        self.filtered_out.set_words("Nothing passes the filter", why)
        self.left.setCurrentWidget(self.filtered_out)

    @property
    def own_left(self) -> int:
        """The width the person gave to the list, in pixels; 0 as long as they gave none."""
        return self._own_left

    def restore_left(self, width: object) -> None:
        """Take up a width of the last time, if it is one."""
        if isinstance(width, int) and not isinstance(width, bool) and 0 < width < _WIDEST_LIST:
            self._own_left = width
            self._share_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the width anew once the two panes have one; hidden they have none."""
        if event.type() == QEvent.Type.Resize:
            self._share_width()
        return False

    # Inside.

    def _say_why_empty(self) -> None:
        (paused, waiting), (unrecorded, passed) = self._pause, self._unrecorded
        if waiting:
            wait = "requests wait" if waiting != 1 else "request waits"
            words = f"{waiting} {wait}. Resume above to see it here."
            self.no_traffic.set_words("The list is paused", words)
        elif unrecorded:
            words = f"{passed_words(passed)} Record again above to see what comes."
            self.no_traffic.set_words("Recording is paused", words)
        elif paused:
            words = "What comes waits. Resume above to see it here."
            self.no_traffic.set_words("The list is paused", words)
        else:
            self.no_traffic.set_words("No traffic yet", _APPEARS)

    def _make_no_traffic(self) -> EmptyState:
        made = EmptyState(
            self._theme,
            "live",
            "No traffic yet",
            _APPEARS,
        )
        demo = Button(self._theme, "Run a demo sign-in", variant="primary", icon="play")
        demo.clicked.connect(lambda: self.demo_wanted.emit())
        connect = Button(self._theme, "Connect my app", icon="link")
        connect.clicked.connect(lambda: self.connect_wanted.emit())
        made.add_button(demo)
        made.add_button(connect)
        return made

    def _share_width(self) -> None:
        self.left.setMinimumWidth(self._theme.px(220))
        self.right.setMinimumWidth(self._theme.px(360))
        width = self.splitter.width()
        narrow = width < self._theme.px(metrics.FOLD_BELOW - metrics.RAIL)
        usual = self._theme.px(metrics.NARROW_LEFT_PANE + 16 if narrow else _LIST_WIDTH)
        left = self._own_left or usual
        self._moving = True
        self.splitter.setSizes([left, max(1, width - left)])
        self._moving = False

    def _line_moved(self) -> None:
        if not self._moving:
            self._own_left = self.splitter.sizes()[0]
