"""Groups in the Pools place: made, changed, copied, deleted, and each of it taken back."""

import pytest
from PySide6.QtCore import Qt

from sandbox_app.gui.forms import Subject
from sandbox_app.operations import groups
from sandbox_app.workbench import edits
from tests.conftest import DEMO_POOL


@pytest.fixture
def remembered() -> dict[str, object]:
    return {"section": "groups"}


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "groups")
    return place.sections["groups"]


@pytest.fixture
def editor(section):
    return section.editor


def saved(core, name: str = "admins"):
    return core.store.groups.get(DEMO_POOL, name)


def names(section) -> list[str]:
    model = section.table.model()
    return [model.key(row) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("member", "typed", "kept"),
    [
        ("Description", "May do much", {"description": "May do much"}),
        ("Precedence", "7", {"precedence": 7}),
        (
            "RoleArn",
            "arn:aws:iam::123456789012:role/a",
            {"role_arn": "arn:aws:iam::123456789012:role/a"},
        ),
        ("Description", "", {"description": None}),
        ("Precedence", "", {"precedence": None}),
    ],
)
def test_a_changed_member_is_saved_and_taken_back_and_made_again(
    core, editor, write, member, typed, kept
) -> None:
    before = saved(core)

    write(editor, member, typed)
    editor.bar.save.click()

    changed = {name: getattr(saved(core), name) for name in kept}
    assert changed == kept
    assert edits.undo(core) == "Change group admins"
    assert saved(core) == before
    edits.redo(core)
    assert {name: getattr(saved(core), name) for name in kept} == kept


@pytest.mark.parametrize(
    ("member", "typed", "sentence"),
    [
        ("Precedence", "-1", "greater than or equal to 0"),
        ("Precedence", "high", "must be of type integer"),
        ("RoleArn", "nonsense", "arn:"),
        ("Description", "x" * 2049, "less than or equal to 2048"),
    ],
)
def test_what_the_operation_refuses_is_said_at_its_row(
    core, editor, write, error_at, member, typed, sentence
) -> None:
    before = saved(core)
    write(editor, member, typed)

    assert sentence in error_at(editor, member)
    assert not editor.bar.save.isEnabled()
    assert editor.bar.words == "1 problem in 1 unsaved change"
    assert saved(core) == before


def test_two_wrong_members_are_both_marked(editor, write, error_at) -> None:
    write(editor, "Precedence", "-1")
    write(editor, "RoleArn", "nonsense")

    assert error_at(editor, "Precedence")
    assert error_at(editor, "RoleArn")
    assert editor.bar.words == "2 problems in 2 unsaved changes"


def test_a_new_group_says_nothing_is_wrong_before_anybody_typed(section, editor, error_at) -> None:
    section.create()

    assert error_at(editor, "GroupName") == ""
    assert editor.bar.save.label == "Create group"

    editor.bar.save.click()

    assert "groupName" in editor.form_of("GroupName").row("GroupName").error


def test_a_group_is_made_and_chosen(core, section, editor, write) -> None:
    section.create()
    write(editor, "GroupName", "staff")
    write(editor, "Precedence", "4")

    editor.bar.save.click()

    assert saved(core, "staff").precedence == 4
    assert section.table.current_key == "staff"
    assert editor.subject == Subject(DEMO_POOL, "staff")
    edits.undo(core)
    assert saved(core, "staff") is None


def test_a_name_that_is_taken_is_refused_in_the_operations_own_words(
    section, editor, write, error_at
) -> None:
    section.create()
    write(editor, "GroupName", "admins")

    assert error_at(editor, "GroupName") == "A group with the name already exists."


def test_the_name_of_a_group_that_is_there_cannot_be_typed_over(editor) -> None:
    assert editor.form_of("GroupName").input("GroupName").widget.isReadOnly()


def test_a_copy_begins_with_what_the_group_has(core, section, editor) -> None:
    section.duplicate("admins")

    editor.bar.save.click()

    assert saved(core, "admins-copy").description == "May do everything"


def test_a_group_with_users_is_deleted_with_its_memberships_and_comes_back_with_them(
    qtbot, core, place, section
) -> None:
    users = core.store.memberships.users_in(DEMO_POOL, "admins", 10)
    assert users
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)

    assert saved(core) is None
    assert "Deleted group admins." in place.message.text

    edits.undo(core)

    assert core.store.memberships.users_in(DEMO_POOL, "admins", 10) == users


def test_a_draft_waits_while_another_group_is_looked_at(core, section, editor, write) -> None:
    groups.create_group(core, {"UserPoolId": DEMO_POOL, "GroupName": "staff"})
    section.changed([])
    section.open("admins")
    write(editor, "Description", "A draft")

    section.open("staff")
    assert editor.draft["GroupName"] == "staff"
    section.open("admins")

    assert editor.draft["Description"] == "A draft"
    assert saved(core).description == "May do everything"


def test_revert_gives_the_draft_up(core, editor, write) -> None:
    write(editor, "Description", "A draft")

    editor.bar.revert.click()

    assert editor.draft["Description"] == "May do everything"
    assert editor.bar.words == "No unsaved changes"
    assert edits.undoable(core) == ""


def test_a_change_from_elsewhere_is_shown_at_once(qtbot, core, section, editor) -> None:
    groups.update_group(
        core, {"UserPoolId": DEMO_POOL, "GroupName": "admins", "Description": "By a script"}
    )

    qtbot.waitUntil(lambda: editor.draft.get("Description") == "By a script")


def test_a_change_from_elsewhere_leaves_a_draft_alone_and_says_so(
    qtbot, core, editor, write
) -> None:
    write(editor, "Description", "A draft")
    groups.update_group(
        core, {"UserPoolId": DEMO_POOL, "GroupName": "admins", "Description": "By a script"}
    )

    qtbot.waitUntil(lambda: "changed elsewhere" in editor.message.text)
    assert editor.draft["Description"] == "A draft"

    editor.revert()
    assert editor.draft["Description"] == "By a script"


def test_a_group_deleted_elsewhere_leaves_an_empty_place(qtbot, core, section) -> None:
    for sub in core.store.memberships.users_in(DEMO_POOL, "admins", 10):
        groups.admin_remove_user_from_group(
            core, {"UserPoolId": DEMO_POOL, "GroupName": "admins", "Username": sub}
        )
    groups.delete_group(core, {"UserPoolId": DEMO_POOL, "GroupName": "admins"})

    qtbot.waitUntil(lambda: names(section) == [])
    assert not section.editor.isVisible()


def test_search_shows_the_rows_with_all_the_words(core, section) -> None:
    for name in ("staff-eu", "staff-us"):
        groups.create_group(core, {"UserPoolId": DEMO_POOL, "GroupName": name})
    section.changed([])

    section.search("STAFF us")

    assert names(section) == ["staff-us"]


def test_letters_typed_over_the_table_search(qtbot, core, section) -> None:
    section.table.setFocus()
    qtbot.keyClicks(section.table, "adm")

    assert section.head.field.text() == "adm"


def test_the_users_of_a_group_are_one_click_away(qtbot, place, editor) -> None:
    line = editor.members_line
    assert line.words.text() == "1 user"

    line.show_them.click()

    users = place.sections["users"]
    assert place.section_key == "users"
    assert users.filters.group.current_key == "admins"
    assert [users.model.index(row, 0).data() for row in range(users.model.rowCount())] == ["alice"]
