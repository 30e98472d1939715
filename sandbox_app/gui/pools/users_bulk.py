"""What can be done with many users at once, how far it is, and with whom it failed."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import (
    Banner,
    BannerKind,
    Button,
    CheckBox,
    Combo,
    ErrorBar,
    Field,
    FormArea,
    FormRow,
    Label,
)
from sandbox_app.gui.pools.users_people import let_others_run
from sandbox_app.gui.pools.users_work import WorkLine
from sandbox_app.gui.records import Column, ListRecordModel, Record, RecordTable
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench import edits
from sandbox_app.workbench.people import Action, BulkReport, actions, bulk

Spawn = Callable[[Coroutine[Any, Any, None]], object]

ASKS_FROM = 1_000
"""Deleting more than so many users is asked about first."""

_FAILED = (Column("user", "User", 144, strong=True), Column("why", "Why", 240, grows=True))


class BulkPanel(QWidget):
    """Stands in for the editor while several users are selected.

    Signals:
        finished: an action ended; the rows may be others now.
    """

    finished = Signal()

    def __init__(self, theme: Theme, core: Core, spawn: Spawn) -> None:
        super().__init__()
        self._theme, self._core, self._spawn = theme, core, spawn
        self._pool_id = ""
        self._subs: Sequence[str] = ()
        self.report: BulkReport | None = None
        self.title = Label(theme, "", Role.TITLE)
        self.message = ErrorBar(theme)
        self.work = WorkLine(theme)
        self.result = Banner(theme, "ok", "")
        self._failed = ListRecordModel(_FAILED)
        self.failed = RecordTable(theme, "Users it failed with", _FAILED, self._failed, inset=0)
        self.group = Combo(theme, "Group")
        self.attribute = Combo(theme, "Attribute")
        self.value = Field(theme, "Value of the attribute", placeholder="Value")
        self.password = Field(theme, "Password for all", mono=True, placeholder="Password")
        self.permanent = CheckBox(theme, "Permanent")
        self.buttons: dict[str, Button] = {}
        self._rows: list[QWidget] = []
        self._build()

    def show_users(self, pool_id: str, subs: Sequence[str]) -> None:
        """Whom it is about; a result of before stays until the next action."""
        if self.work.busy:
            return
        if list(subs[:1]) != list(self._subs[:1]) or len(subs) != len(self._subs):
            self.result.hide()
            self.failed.hide()
            self.message.hide()
        self._pool_id, self._subs = pool_id, subs
        self.title.setText(f"{len(subs):,} users selected")
        self.show_pool()

    def show_pool(self) -> None:
        """Groups and attributes to choose from."""
        pool = self._core.store.pools.get(self._pool_id)
        if pool is None:
            return
        groups = self._core.store.groups.of_pool(self._pool_id)
        self.group.set_choices([(one.group_name, one.group_name) for one in groups])
        names = [one.name for one in pool.schema_attributes if one.mutable and one.name != "sub"]
        self.attribute.set_choices([(name, name) for name in names if name != "identities"])
        for key in ("add", "remove"):
            self.buttons[key].setEnabled(bool(groups))

    def run(self, action: Action) -> None:
        """Do it with everybody selected, as one edit."""
        if self.work.busy or not self._subs:
            return
        self.message.hide()
        self.result.hide()
        self.failed.hide()
        subs = list(self._subs)
        self.work.begin(action.label, len(subs))
        for row in self._rows:
            row.setEnabled(False)
        self._spawn(self._run(action, subs))

    def delete(self, *, sure: bool = False) -> None:
        """Delete everybody selected; very many only when that was confirmed."""
        number = len(self._subs)
        if number > ASKS_FROM and not sure:
            self.message.show_message(
                f"This deletes {number:,} users. It can be undone.",
                severity="warn",
                action=(f"Delete {number:,} users", lambda: self.delete(sure=True)),
            )
            return
        self.run(actions.delete())

    async def _run(self, action: Action, subs: Sequence[str]) -> None:
        try:
            with edits.step(self._core, f"{action.label}: {_users(len(subs))}"):
                report = await bulk(
                    self._core,
                    self._pool_id,
                    subs,
                    action,
                    self.work.progress,
                    self.work.cancelled,
                    let_others_run,
                )
        finally:
            self.work.end()
            for row in self._rows:
                row.setEnabled(True)
        self._show_report(action, report)
        self.finished.emit()

    def _show_report(self, action: Action, report: BulkReport) -> None:
        self.report = report
        parts = [f"done with {_users(len(report.done))}"]
        if report.failed:
            parts.append(f"refused for {_users(len(report.failed))}")
        if report.cancelled:
            parts.append(f"cancelled before {_users(len(report.left))}")
        kind: BannerKind = "bad" if report.failed else "warn" if report.cancelled else "ok"
        self.result.set_verdict(kind, action.label, f"{', '.join(parts).capitalize()}.")
        self.result.show()
        self._failed.set_records(
            [Record(one.sub, {"user": one.username, "why": one.why}) for one in report.failed]
        )
        self.failed.setVisible(bool(report.failed))

    # Inside.

    def _button(self, key: str, words: str, make: Callable[[], Action | None]) -> Button:
        button = Button(self._theme, words)

        def pressed() -> None:
            action = make()
            if action is not None:
                self.run(action)

        button.clicked.connect(pressed)
        self.buttons[key] = button
        return button

    def _build(self) -> None:
        theme = self._theme
        delete = Button(theme, "Delete users", variant="danger", icon="bin")
        delete.clicked.connect(lambda: self.delete())
        self.buttons["delete"] = delete
        b = self._button
        verify_phone = b("phone", "Verify phone", lambda: actions.verify("phone_number"))
        rows: tuple[tuple[str, tuple[tuple[QWidget, ...], ...]], ...] = (
            (
                "Sign-in",
                (
                    (
                        b("enable", "Enable", actions.enable),
                        b("disable", "Disable", actions.disable),
                    ),
                    (b("sign_out", "Sign out everywhere", actions.sign_out),),
                ),
            ),
            (
                "Verified",
                ((b("email", "Verify e-mail", lambda: actions.verify("email")), verify_phone),),
            ),
            (
                "Group",
                (
                    (self.group,),
                    (b("add", "Add", self._adding), b("remove", "Remove", self._removing)),
                ),
            ),
            (
                "Attribute",
                (
                    (self.attribute,),
                    (self.value, b("attribute", "Set attribute", self._setting)),
                ),
            ),
            (
                "Password",
                (
                    (self.password, b("password", "Set password", self._password)),
                    (self.permanent,),
                ),
            ),
            ("Delete", ((delete,),)),
        )
        content = QWidget()
        area = FormArea()
        column = QVBoxLayout(content)
        for label, lines in rows:
            row = FormRow(theme, label, _below(theme, lines))
            self._rows.append(row)
            area.rows.append(row)
            column.addWidget(row)
        column.addWidget(self.work)
        column.addWidget(self.result)
        column.addWidget(self.failed, 1)
        column.addStretch(0)
        self.failed.setMinimumHeight(theme.px(160))
        self.result.hide()
        self.failed.hide()
        area.setWidget(content)
        head = QWidget()
        line = QHBoxLayout(head)
        self._head, self._line, self._column = head, line, column
        line.addWidget(self.title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.message)
        whole.addWidget(area, 1)
        self.message.hide()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        left, right = px(metrics.PANE_LEFT), px(metrics.PANE_RIGHT)
        self._head.setFixedHeight(px(metrics.PANE_HEADER))
        self._line.setContentsMargins(left, 0, right, 0)
        self._column.setContentsMargins(left, px(metrics.GRID), right, px(metrics.GRID))
        self._column.setSpacing(px(metrics.FORM_ROW_GAP))

    def _adding(self) -> Action | None:
        name = self.group.current_key
        return actions.add_to_group(name) if name else None

    def _removing(self) -> Action | None:
        name = self.group.current_key
        return actions.remove_from_group(name) if name else None

    def _setting(self) -> Action | None:
        name = self.attribute.current_key
        return actions.set_attribute(name, self.value.text()) if name else None

    def _password(self) -> Action | None:
        text = self.password.text()
        if not text:
            self.password.setFocus()
            return None
        return actions.set_password(text, permanent=self.permanent.isChecked())


def _users(number: int) -> str:
    return f"{number:,} user" if number == 1 else f"{number:,} users"


def _below(theme: Theme, lines: Sequence[Sequence[QWidget]]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(metrics.HALF))
    for widgets in lines:
        row = QHBoxLayout()
        row.setSpacing(theme.px(metrics.GRID))
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, Field) else 0)
        if not any(isinstance(widget, Field) for widget in widgets):
            row.addStretch(1)
        column.addLayout(row)
    return holder
