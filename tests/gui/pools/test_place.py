"""The Pools place as a whole: where one is, what is done to pools, what is remembered."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.gui.components import FormRow, WrapLabel
from sandbox_app.gui.forms import RecordEditor
from sandbox_app.gui.pools.place import PoolsPlace
from sandbox_app.gui.pools.tree_model import Node
from sandbox_app.gui.records import USERS_MIME, mime_of_keys
from sandbox_app.operations import user_pool_clients, user_pools
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.pool_drafts import delete_pool
from tests.conftest import DEMO_POOL


def titles(place) -> list[str]:
    return [node.title for node in place.tree.nodes]


def row(place, title: str) -> Node:
    return next(node for node in place.tree.nodes if node.title == title)


def choose(place, title: str) -> None:
    """As a click on the row does."""
    place.tree.setCurrentIndex(place.tree.model().index(titles(place).index(title)))


def opened_menu(editor: RecordEditor) -> dict[str, QAction]:
    """Presses the button with the three dots; what can be chosen then."""
    editor.more.click()
    menu = editor.more.findChildren(QMenu)[-1]
    menu.close()
    return {action.text(): action for action in menu.actions() if action.text()}


def a_pool(core, name: str = "staging", **more) -> str:
    return user_pools.create_user_pool(core, {"PoolName": name, **more})["UserPool"]["Id"]


def test_the_tree_shows_pools_and_counts(place) -> None:
    assert titles(place)[:2] == ["demo", "Sign-in and policy"]
    assert row(place, "Groups").count == 1
    assert row(place, "Resource servers").count == 1


def test_a_pool_made_by_a_script_appears_at_once(qtbot, core, place) -> None:
    a_pool(core)

    qtbot.waitUntil(lambda: "staging" in titles(place))


def test_a_section_of_the_tree_is_shown_when_it_is_chosen(qtbot, place) -> None:
    index = place.tree.nodes.index(row(place, "Groups"))
    place.tree.setFocus()
    place.tree.setCurrentIndex(place.tree.model().index(index))

    assert place.section_key == "groups"
    assert place.sections["groups"].right.isVisible()


def test_groups_are_listed_in_the_tree_where_users_can_be_dragged_onto_them(place) -> None:
    place.open(DEMO_POOL, "policy")
    assert "admins" not in titles(place)

    place.open(DEMO_POOL, "groups")

    assert "admins" in titles(place)


def test_users_dropped_onto_a_group_are_handed_over(place) -> None:
    place.open(DEMO_POOL, "groups")
    heard = []
    place.tree.users_dropped.connect(lambda *told: heard.append(told))
    index = place.tree.model().index(place.tree.nodes.index(row(place, "admins")))
    spot = QPointF(place.tree.visualRect(index).center())
    data = mime_of_keys(["sub-1", "sub-2"], USERS_MIME)

    place.tree.dropEvent(
        QDropEvent(
            spot,
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    assert heard == [(DEMO_POOL, "admins", ["sub-1", "sub-2"])]


def test_left_and_right_fold_and_unfold(qtbot, place) -> None:
    place.open(DEMO_POOL, "policy")
    place.tree.setFocus()
    qtbot.keyClick(place.tree, Qt.Key.Key_Left)
    qtbot.keyClick(place.tree, Qt.Key.Key_Left)
    assert titles(place) == ["demo"]

    qtbot.keyClick(place.tree, Qt.Key.Key_Right)
    assert "Groups" in titles(place)


def test_a_pool_is_deleted_with_its_domain_and_comes_back_whole(qtbot, core, place) -> None:
    users = core.store.users.count(DEMO_POOL)
    place.open(DEMO_POOL, "policy")
    place.tree.delete_wanted.emit(DEMO_POOL)

    assert core.store.pools.get(DEMO_POOL) is None
    assert place.message.text == "Deleted pool demo with everything in it."

    place.undoing.undo()

    assert core.store.domains.of_pool(DEMO_POOL).domain == "demo"
    assert core.store.users.count(DEMO_POOL) == users
    assert place.message.text == "Took back “Delete pool demo”."
    qtbot.waitUntil(lambda: "demo" in titles(place))


def test_a_workspace_without_pools_offers_to_make_one(qtbot, core, place) -> None:
    delete_pool(core, DEMO_POOL)

    qtbot.waitUntil(lambda: titles(place) == [])

    assert place.sections["policy"]._none.isVisible()


def test_a_protected_pool_is_not_deleted_and_leads_to_the_setting(core, place) -> None:
    made = a_pool(core, DeletionProtection="ACTIVE")

    place.tree.delete_wanted.emit(made)

    assert "deletion protection is activated" in place.message.text
    assert core.store.pools.get(made) is not None
    place.message._remedy.click()
    assert place.section_key == "policy"
    assert place.pool_id == made


def test_a_pool_is_copied_with_clients_groups_and_servers_but_not_its_users(core, place) -> None:
    place.actions_of_pools.duplicate(DEMO_POOL)

    made = core.store.pools.all()[-1]
    assert made.name == "demo-copy"
    assert [client.client_name for client in core.store.clients.of_pool(made.id)] == [
        "spa",
        "web",
        "m2m",
    ]
    assert core.store.domains.of_pool(made.id).domain == "demo-copy"
    assert [group.group_name for group in core.store.groups.of_pool(made.id)] == ["admins"]
    assert core.store.users.count(made.id) == 0
    assert place.pool_id == made.id
    edits.undo(core)
    assert core.store.pools.get(made.id) is None


def test_undo_says_why_it_cannot(core, place) -> None:
    client = core.store.clients.of_pool(DEMO_POOL)[0]
    request = {"UserPoolId": DEMO_POOL, "ClientId": client.client_id}
    with edits.step(core, "Change spa"):
        user_pool_clients.update_user_pool_client(core, request | {"ClientName": "one"})
    user_pool_clients.update_user_pool_client(core, request | {"ClientName": "two"})

    place.undoing.undo()

    assert "was changed by something else since" in place.message.text
    assert core.store.clients.get(client.client_id).client_name == "two"


def test_unsaved_changes_are_marked_in_the_tree(qtbot, place, write) -> None:
    place.open(DEMO_POOL, "policy")
    editor = place.sections["policy"].editor
    write(editor, "PoolName", "staging")
    editor.check()

    assert row(place, "Sign-in and policy").unsaved


def test_the_place_is_remembered(qtbot, theme, core, spawn, place) -> None:
    made = a_pool(core)
    place.open(made, "groups")
    state = place.save_state()

    again = PoolsPlace(theme, core, spawn)
    qtbot.addWidget(again)
    again.restore_state(state)

    assert (again.pool_id, again.section_key) == (made, "groups")
    again.leave()


@pytest.mark.parametrize(
    "state",
    [
        {"pool": 7, "section": [], "open": "x", "widths": ["a"], "section:groups": 3},
        {"pool": "gone", "section": "nowhere", "open": [None], "widths": [-1, 2, 3]},
    ],
)
def test_what_makes_no_sense_is_not_taken_up(qtbot, theme, core, spawn, state) -> None:
    again = PoolsPlace(theme, core, spawn)
    qtbot.addWidget(again)
    again.restore_state(state)
    again.resize(1200, 700)
    again.show()

    assert again.pool_id == DEMO_POOL
    again.leave()


def test_the_menu_of_a_pool_offers_what_can_be_done_with_it(place) -> None:
    place.tree.menu_wanted.emit(row(place, "demo"), QPoint(0, 0))

    menu = place.tree.findChild(QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["New pool", "Duplicate pool", "Export pool as template…", "Delete pool"]
    menu.close()


def test_a_copy_that_cannot_be_made_leaves_nothing(core, place, monkeypatch) -> None:
    def full(*_arguments: object) -> None:
        raise ApiError("no room")

    monkeypatch.setattr("sandbox_app.workbench.editing.pool_copy.groups.create_group", full)
    before = core.store.pools.all()

    place.actions_of_pools.duplicate(DEMO_POOL)

    assert place.message.text == "no room"
    assert core.store.pools.all() == before


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_no_part_flashes_up_as_a_window_while_the_place_is_made(
    qtbot, qapp, theme, core, spawn
) -> None:
    """It would take the keyboard from whoever is typing."""
    windows = Windows()
    qapp.installEventFilter(windows)

    made = PoolsPlace(theme, core, spawn)
    for section in made.sections:
        made.open(DEMO_POOL, section)
        made.create_in(section)

    qapp.removeEventFilter(windows)
    assert windows.seen == []
    made.leave()
    made.deleteLater()


@pytest.mark.parametrize("left_at", ["policy", "clients"])
def test_the_table_is_as_wide_after_a_restart_whatever_was_looked_at_last(
    qtbot, theme, core, spawn, place, left_at
) -> None:
    place.open(DEMO_POOL, "clients")
    place.panes.setSizes([220, 400, 580])
    place.panes.splitterMoved.emit(220, 1)
    drawn = place.panes.sizes()
    place.open(DEMO_POOL, left_at)

    again = PoolsPlace(theme, core, spawn)
    qtbot.addWidget(again)
    again.restore_state(place.save_state())
    again.resize(place.size())
    again.show()
    again.open(DEMO_POOL, "clients")

    qtbot.waitUntil(lambda: again.panes.sizes() == drawn)
    again.leave()


@pytest.mark.parametrize("section", ["policy", "clients", "groups", "users", "resource_servers"])
def test_every_editor_has_a_menu_that_copies_and_deletes(place, section) -> None:
    place.open(DEMO_POOL, section)
    editor = place.sections[section].editor

    assert {"Duplicate", "Delete"} <= {words.split()[0] for words in opened_menu(editor)}


def test_a_pool_is_copied_deleted_and_exported_from_its_own_head(qtbot, core, place) -> None:
    made = a_pool(core)
    place.open(made, "policy")
    editor = place.sections["policy"].editor

    with qtbot.waitSignal(place.export_wanted) as wanted:
        opened_menu(editor)["Export pool as template…"].trigger()
    assert wanted.args == [made]

    opened_menu(editor)["Delete pool"].trigger()
    assert core.store.pools.get(made) is None

    place.open(DEMO_POOL, "policy")
    opened_menu(editor)["Duplicate pool"].trigger()
    assert place.sections["policy"].editor.title.text() == "demo-copy"


@pytest.mark.parametrize(("section", "key"), [("groups", "admins"), ("resource_servers", "orders")])
def test_a_thing_is_deleted_from_its_own_head_and_comes_back(core, place, section, key) -> None:
    place.open(DEMO_POOL, section, key)
    opened_menu(place.sections[section].editor)["Delete"].trigger()
    assert key not in [one.key for one in place.sections[section].records(DEMO_POOL)]

    edits.undo(core)

    assert key in [one.key for one in place.sections[section].records(DEMO_POOL)]


def test_a_new_thing_has_no_menu_yet(place) -> None:
    place.create_in("groups")

    assert place.sections["groups"].editor.more.isHidden()


def test_a_place_that_was_left_looks_nothing_up_any_more(qtbot, theme, core, spawn, write) -> None:
    left = PoolsPlace(theme, core, spawn)
    qtbot.addWidget(left)
    left.restore_state({})
    left.show()
    left.sections["users"].head.search("ali")
    left.open(DEMO_POOL, "groups", "admins")
    write(left.sections["groups"].editor, "Description", "Half typed")

    left.leave()
    core.store.close()

    qtbot.wait(200)


def test_a_pool_in_the_making_has_a_row_that_leads_back_to_it(place, write) -> None:
    editor = place.sections["policy"].editor
    place.create_pool()
    write(editor, "PoolName", "staging")
    assert titles(place)[-1] == "New pool"
    assert place.tree.currentIndex().data() == "New pool"

    choose(place, "Sign-in and policy")
    assert editor.title.text() == "demo"

    choose(place, "New pool")
    assert editor.draft["PoolName"] == "staging"

    editor.bar.revert.click()
    assert "New pool" not in titles(place)
    assert place.tree.currentIndex().data() == "Sign-in and policy"


def test_a_pool_nobody_typed_anything_of_leaves_no_row(place) -> None:
    place.create_pool()

    choose(place, "Sign-in and policy")

    assert "New pool" not in titles(place)


@pytest.mark.parametrize("section", ["policy", "clients", "groups", "users", "resource_servers"])
def test_every_setting_is_explained_in_a_line(place, section) -> None:
    place.open(DEMO_POOL, section)
    editor = place.sections[section].editor
    rows = {member: editor.form_of(member).row(member) for member in editor.members}

    silent = [
        member
        for member, row in rows.items()
        # A row without a label is a box that says what it is about.
        if row.label and not [one for one in row.findChildren(WrapLabel) if says_more(one, row)]
    ]
    assert silent == []


def says_more(label: WrapLabel, row: FormRow) -> bool:
    return bool(label.text()) and label.text() != row.label and label.isVisibleTo(row)


@pytest.mark.parametrize("section", ["policy", "clients", "groups", "users", "resource_servers"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_of_an_editor_is_cut_off_where_there_is_little_room(
    qtbot, theme, place, section, scale
) -> None:
    theme.set_scale(scale)
    place.resize(944, 604) if scale == 1.0 else place.resize(1160, 686)
    place.open(DEMO_POOL, section)
    editor = place.sections[section].editor

    for key, form in editor._forms.items():
        editor.show_page(key)
        qtbot.waitUntil(lambda form=form: form.widget().width() <= form.viewport().width())
        if scale == 1.0:
            qtbot.waitUntil(lambda form=form: not any(row.is_stacked for row in form.rows))
