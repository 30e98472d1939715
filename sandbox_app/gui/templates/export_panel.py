"""A pool as a template: what it will say, with or without users and secrets."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import (
    Button,
    CodeView,
    Combo,
    IconLabel,
    Label,
    Segments,
    Switch,
    WrapLabel,
)
from sandbox_app.gui.components.file_question import ask_for_file
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.exporting import Format, export_pool

MOST_USERS = 2000
"""Users that can be written down without holding up the server for long."""

_SECRETS = (
    "It holds client secrets, and passwords as hashes that work as passwords when imported: "
    "keep it as you keep secrets."
)
_NO_SECRETS = "Clients get secrets of their own, and users have no password, when it is imported."


class ExportPanel(Panel):
    """Shows the template as it will be written.

    Signals:
        write_wanted: (Path, str), a file to be written, readable by its owner alone.
    """

    write_wanted = Signal(object, object)

    def __init__(self, theme: Theme, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Export pool as template", parent)
        self._core = core
        self.pool = Combo(theme, "Pool")
        self.users = Switch(theme, "With users", True)
        self.secrets = Switch(theme, "With secrets", True)
        self.format = Segments(theme, "Format", [("yaml", "YAML"), ("json", "JSON")], small=False)
        self.code = CodeView(theme, "Template")
        self._mark = IconLabel(theme, "info", "text2", metrics.ICON_INLINE)
        self._note = WrapLabel(theme, "", Role.HELP, "text2")
        self.copy = Button(theme, "Copy", icon="copy")
        self.save = Button(theme, "Save as…", variant="primary", icon="export")
        self._build()
        self.pool.chosen.connect(lambda _key: self._show())
        self.format.chosen.connect(lambda _key: self._show())
        for switch in (self.users, self.secrets):
            switch.clicked.connect(lambda *_: self._show())
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask)

    @property
    def text(self) -> str:
        """The template shown."""
        return self.code.text

    def show_pool(self, pool_id: str) -> None:
        """Offer the workspace's pools, this one first."""
        pools = [(pool.id, pool.name) for pool in self._core.store.pools.all()]
        self.pool.set_choices(pools)
        self.pool.set_current(pool_id)
        self._show()

    def _show(self) -> None:
        pool_id = self.pool.current_key
        pool = self._core.store.pools.get(pool_id)
        for button in (self.copy, self.save):
            button.setEnabled(pool is not None)
        if pool is None:
            self.code.set_text("")
            return
        few = self._core.store.users.count(pool_id) <= MOST_USERS
        self.users.setEnabled(few)
        with_users, with_secrets = self.users.isChecked() and few, self.secrets.isChecked()
        self.code.set_text(
            export_pool(
                self._core,
                pool_id,
                users=with_users,
                secrets=with_secrets,
                format=self._format,
            )
        )
        self._mark.set_icon(
            "warning" if with_secrets else "info", "warn" if with_secrets else "text2"
        )
        note = _SECRETS if with_secrets else _NO_SECRETS
        if not few:
            note += f" More than {MOST_USERS:,} users: export them as CSV instead."
        self._note.setText(note)

    @property
    def _format(self) -> Format:
        return "json" if self.format.current_key == "json" else "yaml"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copy.set_icon("check")
        self.copy.setText("Copied")
        QTimer.singleShot(1200, self.copy, self._offer_copy)

    def _offer_copy(self) -> None:
        self.copy.set_icon("copy")
        self.copy.setText("Copy")

    def _ask(self) -> None:
        pool = self._core.store.pools.get(self.pool.current_key)
        if pool is None:
            return
        name = "".join(letter if letter.isalnum() else "-" for letter in pool.name)
        ask_for_file(
            self.window(),
            "Save template",
            self._core.store.path.parent,
            self.save_to,
            name=f"{name}.{self._format}",
        )

    def save_to(self, path: Path) -> None:
        """Want the template written there."""
        self.write_wanted.emit(path, self.text)

    def _build(self) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(metrics.GRID))
        row.addWidget(Label(theme, "Pool", Role.BODY, "text2"))
        row.addWidget(self.pool)
        row.addSpacing(theme.px(16))
        row.addWidget(self.format)
        row.addSpacing(theme.px(16))
        for switch, words in ((self.users, "Users"), (self.secrets, "Secrets")):
            row.addWidget(Label(theme, words, Role.BODY, "text2"))
            row.addWidget(switch)
            row.addSpacing(theme.px(8))
        row.addStretch(1)
        note = QHBoxLayout()
        note.setSpacing(theme.px(6))
        note.addWidget(self._mark)
        note.addWidget(self._note, 1)
        self.pool.setMinimumWidth(theme.px(160))
        self.content.addLayout(row)
        self.content.addLayout(note)
        self.content.addWidget(self.code, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.save)
