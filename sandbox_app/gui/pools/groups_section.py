"""Groups: their table and their editor."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.records.pools import Group
from sandbox_app.gui.components import Button, Label
from sandbox_app.gui.forms import RecordEditor, Subject, number_input, text_input
from sandbox_app.gui.forms.drafts import text_of
from sandbox_app.gui.pools.list_section import ListSection
from sandbox_app.gui.records import Column, Record
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations import groups
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.requests import Request, group_request


class GroupEditor(RecordEditor):
    """One group: its name once, what tokens say about it, and how many are in it.

    Signals:
        users_wanted: str, the name of the group whose users shall be listed.
    """

    users_wanted = Signal(str)

    noun = "group"

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__(theme, core)
        form = self.add_page("group", "Group")
        form.add(
            "GroupName",
            "Group name",
            text_input(theme, "Group name"),
            "What cognito:groups lists. It cannot be changed later.",
        )
        form.add(
            "Description",
            "Description",
            text_input(theme, "Description"),
            "For people; no token carries it.",
        )
        form.add(
            "Precedence",
            "Precedence",
            number_input(theme, "Precedence", placeholder="None"),
            "The lowest among a user's groups decides cognito:preferred_role. None comes last.",
        )
        form.add(
            "RoleArn",
            "IAM role ARN",
            text_input(theme, "IAM role ARN", mono=True),
            "Listed in cognito:roles of the ID tokens of the group's users.",
        )
        self.members_line = _MembersLine(theme)
        self.members_line.show_them.clicked.connect(
            lambda: self.users_wanted.emit(self.subject.key)
        )
        self._members_row = form.add_row(
            "Users",
            self.members_line,
            "Tick the group at a user, or drag users onto it in the tree.",
        )

    def load(self, subject: Subject) -> Request | None:
        """The group as it is saved."""
        group = self._core.store.groups.get(subject.pool_id, subject.key)
        return None if group is None else group_request(group)

    def blank(self, subject: Subject) -> Request:
        """A group without a name."""
        return {"UserPoolId": subject.pool_id, "GroupName": ""}

    def attempt(self, draft: Request) -> str:
        """Make the group, or change it."""
        if self.subject.new:
            groups.create_group(self._core, draft)
        else:
            groups.update_group(self._core, draft)
        return str(draft["GroupName"])

    def label(self, draft: Request) -> str:
        """Which edit it is."""
        return f"{'Create' if self.subject.new else 'Change'} group {draft.get('GroupName', '')}"

    def show_head(self, draft: Request) -> None:
        """The name, and how many users are in it."""
        subject = self.subject
        self.title.setText("New group" if subject.new else text_of(draft, "GroupName"))
        self.form_of("GroupName").lock("GroupName", not subject.new)
        self._members_row.setVisible(not subject.new)
        if not subject.new:
            self.members_line.words.setText(_members(self._core, subject))
        self.identifier.hide()


class GroupsSection(ListSection):
    """The groups of a pool."""

    key, title, icon, noun = "groups", "Groups", "group", "group"
    columns = (
        Column("name", "Group name", 120, grows=True, strong=True),
        Column("precedence", "Precedence", 104, align="right"),
        Column("role", "IAM role ARN", 160, mono=True, middle_elide=True, shown=False),
        Column("description", "Description", 160, shown=False),
    )
    nothing = ("No groups", "A group's users carry its name in the cognito:groups claim.")

    def __init__(self, theme: Theme, core: Core) -> None:
        editor = GroupEditor(theme, core)
        super().__init__(theme, core, editor)
        editor.users_wanted.connect(self.group_users_wanted)

    def records(self, pool_id: str) -> Iterable[Record]:
        """The pool's groups."""
        return (_record(group) for group in self.core.store.groups.of_pool(pool_id))

    def delete_one(self, pool_id: str, key: str) -> None:
        """Delete the group; its users leave it first, as the API demands."""
        request = {"UserPoolId": pool_id, "GroupName": key}
        with self.core.change():
            while subs := self.core.store.memberships.users_in(pool_id, key, limit=500):
                for sub in subs:
                    groups.admin_remove_user_from_group(self.core, request | {"Username": sub})
            groups.delete_group(self.core, request)

    def copy_of(self, key: str) -> Request:
        """The same under another name."""
        group = self.core.store.groups.get(self.pool_id, key)
        assert group is not None
        return group_request(group) | {"GroupName": f"{key}-copy"}


class _MembersLine(QWidget):
    """How many users there are, and a link to them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = Label(theme, "", Role.BODY)
        self.show_them = Button(theme, "Show them", variant="link", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(metrics.HALF))
        row.addWidget(self.words)
        row.addWidget(self.show_them)
        row.addStretch(1)


def _record(group: Group) -> Record:
    precedence = group.precedence
    return Record(
        group.group_name,
        {
            "name": group.group_name,
            "precedence": "" if precedence is None else str(precedence),
            "role": group.role_arn or "",
            "description": group.description or "",
        },
        # None comes last, as it does in tokens.
        {"precedence": 2**40 if precedence is None else precedence},
    )


def _members(core: Core, subject: Subject) -> str:
    found = core.store.memberships.users_in(subject.pool_id, subject.key, limit=1000)
    if not found:
        return "No users"
    number = "1,000 or more" if len(found) == 1000 else str(len(found))
    return f"{number} user" if number == "1" else f"{number} users"
