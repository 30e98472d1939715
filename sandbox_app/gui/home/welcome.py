"""The head of Home: what state the sandbox is in, and the one thing to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, Chip, Label, WrapLabel
from sandbox_app.gui.home.flow_sketch import FlowSketch
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench import demo

_WIDEST_LEAD = 480

_TRY_IT = (
    "Sign in once with the demo app. Every request appears in Live, "
    "decoded and explained while you go."
)
_NO_DEMO = (
    "No app client of this workspace is marked for the demo app. "
    "Connect an app of your own below, or look at the demo workspace."
)
_STOPPED = "Nothing answers on its addresses until you start it."
_STARTING = "The first start makes keys and a certificate, which takes a moment."


class Welcome(QWidget):
    """Headline, one sentence, one large button, and a sketch of what will happen.

    Signals:
        demo_wanted: run a demo sign-in in the browser.
        start_wanted: start serving.
        demo_workspace_wanted: open the workspace that has the demo app.
    """

    demo_wanted = Signal()
    start_wanted = Signal()
    demo_workspace_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = ServerState(phase=Phase.STARTING, http="")
        self._has_demo = True
        self.headline = Label(theme, "", Role.HEADLINE)
        self._lead = WrapLabel(theme, "", Role.LEAD, "text2")
        self.action = Button(theme, "", variant="primary", size="big", icon="play")
        self._after = Label(theme, "opens your browser", Role.BODY, "text2")
        self.action.clicked.connect(self._act)
        self._credentials = QWidget()
        self._user = self._copied(demo.USERNAME, "user", "Copy the user name")
        self._password = self._copied(demo.PASSWORD, "copy", "Copy the password")
        self.sketch = FlowSketch(theme)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_server(self, state: ServerState) -> None:
        """Take over what the server does now."""
        self._state = state
        self._show()

    def show_demo(self, *, has_demo: bool) -> None:
        """Whether the workspace has a client for the demo app."""
        self._has_demo = has_demo
        self._show()

    def show_credentials(self, work: bool) -> None:
        """Whether the credentials of the demo template can be offered."""
        self._credentials.setVisible(work)

    def set_narrow(self, narrow: bool) -> None:
        """Without room for the sketch it goes."""
        self.sketch.setVisible(not narrow)

    def _show(self) -> None:
        phase = self._state.phase
        runs = phase is Phase.SERVING
        headline, lead = {
            Phase.STARTING: ("Your user pool is starting", _STARTING),
            Phase.SERVING: ("Your user pool is running", _TRY_IT if self._has_demo else _NO_DEMO),
            Phase.STOPPED: ("Your user pool is stopped", _STOPPED),
        }[phase]
        self.headline.setText(headline)
        self._lead.setText(lead)
        demo_possible = self._has_demo or not runs
        self.action.setText(
            "Start serving"
            if phase is Phase.STOPPED
            else "Run a demo sign-in"
            if demo_possible
            else "Open the demo workspace"
        )
        self.action.set_icon("play" if demo_possible else "folder")
        self.action.set_variant("primary" if demo_possible else "default")
        self.action.setEnabled(phase is not Phase.STARTING)
        self._after.setVisible(runs and self._has_demo)

    def _act(self) -> None:
        if self._state.phase is Phase.STOPPED:
            self.start_wanted.emit()
        elif self._has_demo:
            self.demo_wanted.emit()
        else:
            self.demo_workspace_wanted.emit()

    def _build(self) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.action)
        self._buttons.addWidget(self._after, 0, middle)
        self._buttons.addStretch(1)
        self._who = QHBoxLayout(self._credentials)
        self._who.setContentsMargins(0, 0, 0, 0)
        self._who.addWidget(Label(theme, "Sign in as", Role.BODY, "text2"), 0, middle)
        self._who.addWidget(self._user, 0, middle)
        self._who.addWidget(Label(theme, "with password", Role.BODY, "text2"), 0, middle)
        self._who.addWidget(self._password, 0, middle)
        self._who.addStretch(1)
        self._credentials.hide()
        self._column = QVBoxLayout()
        self._words = QVBoxLayout()
        self._words.addWidget(self.headline)
        self._words.addWidget(self._lead)
        self._column.addLayout(self._words)
        self._column.addLayout(self._buttons)
        self._column.addWidget(self._credentials)
        self._column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._column, 1)
        row.addWidget(self.sketch, 0, Qt.AlignmentFlag.AlignTop)

    def _copied(self, text: str, icon: str, name: str) -> Chip:
        chip = Chip(
            self._theme, text, "neutral", icon=icon, mono=True, clickable=True, tooltip=name
        )
        chip.setAccessibleName(f"{name}, {text}")

        def copy() -> None:
            QGuiApplication.clipboard().setText(text)
            QToolTip.showText(chip.mapToGlobal(chip.rect().bottomLeft()), "Copied", chip)

        chip.clicked.connect(copy)
        return chip

    def _restyle(self) -> None:
        px = self._theme.px
        self._lead.setMaximumWidth(px(_WIDEST_LEAD))
        self._column.setSpacing(px(18))
        self._words.setSpacing(px(6))
        self._buttons.setSpacing(px(12))
        self._who.setSpacing(px(metrics.GRID))
        self._show()
