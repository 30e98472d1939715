"""Users in the Pools place: found, edited, changed together, imported, and all of it undone."""

import asyncio

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from sandbox_app.domain.records.users import Lockout, UserStatus
from sandbox_app.gui.forms import Subject
from sandbox_app.gui.pools.users_drop import file_of
from sandbox_app.operations import user_pools, users
from sandbox_app.operations.new_users import new_user
from sandbox_app.operations.user_storing import store_new_user
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.user_drafts import member_of
from sandbox_app.workbench.people import work
from tests.conftest import DEMO_POOL


@pytest.fixture
def remembered() -> dict[str, object]:
    return {"section": "users"}


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "users")
    return place.sections["users"]


@pytest.fixture
def editor(section):
    return section.editor


def get(core, name: str = "alice"):
    return users.admin_get_user(core, {"UserPoolId": DEMO_POOL, "Username": name})


def attributes(core, name: str = "alice") -> dict[str, str]:
    return {item["Name"]: item["Value"] for item in get(core, name)["UserAttributes"]}


def exists(core, name: str) -> bool:
    return core.store.users.find(DEMO_POOL, name) is not None


def sub(core, name: str) -> str:
    return core.store.users.find(DEMO_POOL, name).sub


def rows(section) -> list[str]:
    model = section.model
    return [model.record(row).cells["username"] for row in range(model.rowCount())]


def groups(core, name: str) -> list[str]:
    found = core.store.memberships.groups_of(DEMO_POOL, sub(core, name))
    return [group.group_name for group in found]


def settle(section) -> None:
    """As if the place had told of changes, and the search had waited."""
    section._search.stop()
    section.load()
    section.changed([])


def crowd(core, number: int) -> None:
    pool = core.store.pools.get(DEMO_POOL)
    with core.change():
        for place in range(number):
            request = {
                "Username": f"user{place:05}",
                "UserAttributes": [{"Name": "email", "Value": f"u{place}@crowd.example"}],
            }
            store_new_user(core, pool, new_user(core, pool, request))


# Editing.


@pytest.mark.parametrize(
    ("attribute", "typed", "kept"),
    [
        ("name", "Alice Other", "Alice Other"),
        ("birthdate", "1990-12-31", "1990-12-31"),
        ("phone_number", "+14155550100", "+14155550100"),
        ("updated_at", "12", "12"),
        ("name", "", None),
    ],
)
def test_a_changed_attribute_is_what_admin_get_user_says_and_is_taken_back_and_made_again(
    core, editor, write, attribute, typed, kept
) -> None:
    before = attributes(core)

    write(editor, member_of(attribute), typed)
    editor.bar.save.click()

    assert attributes(core).get(attribute) == kept
    assert edits.undo(core) == "Change user alice"
    assert attributes(core) == before
    edits.redo(core)
    assert attributes(core).get(attribute) == kept


@pytest.mark.parametrize(
    ("attribute", "typed", "sentence"),
    [
        ("email", "nonsense", "Invalid email address format."),
        ("phone_number", "0800", "Invalid phone number format."),
        ("birthdate", "31.12.1990", "Invalid birthdate format."),
        ("updated_at", "soon", "must be a number"),
        ("name", "x" * 2049, "no longer than 2048 bytes"),
        ("email", "", "Cannot delete required attribute"),
    ],
)
def test_what_the_schema_refuses_is_said_at_its_row(
    core, editor, write, error_at, attribute, typed, sentence
) -> None:
    before = attributes(core)

    write(editor, member_of(attribute), typed)

    assert sentence in error_at(editor, member_of(attribute))
    assert not editor.bar.save.isEnabled()
    assert attributes(core) == before


def test_another_address_is_unverified_unless_it_is_ticked_again(core, editor, write) -> None:
    flag = editor.form_of(member_of("email_verified")).input(member_of("email_verified")).widget
    write(editor, member_of("email"), "other@example.com")

    assert not flag.isChecked()
    assert editor.draft["Attributes"]["email_verified"] == "false"
    flag.click()
    editor.bar.save.click()

    assert attributes(core)["email"] == "other@example.com"
    assert attributes(core)["email_verified"] == "true"


def test_no_number_can_be_verified_that_is_not_there(editor, error_at) -> None:
    member = member_of("phone_number_verified")
    editor.form_of(member).input(member).widget.click()

    assert "required to verify" in error_at(editor, member)


def test_a_custom_attribute_has_a_row_and_its_limits(core, section, editor, write, error_at):
    asked = {"Name": "level", "AttributeDataType": "Number", "Mutable": True}
    asked["NumberAttributeConstraints"] = {"MinValue": "1", "MaxValue": "9"}
    user_pools.add_custom_attributes(core, {"UserPoolId": DEMO_POOL, "CustomAttributes": [asked]})
    settle(section)

    write(editor, member_of("custom:level"), "12")

    assert "must not be greater than 9" in error_at(editor, member_of("custom:level"))
    write(editor, member_of("custom:level"), "5")
    editor.check()
    editor.bar.save.click()
    assert attributes(core)["custom:level"] == "5"


def test_the_switch_disables_and_undo_enables_again(core, editor) -> None:
    editor.form_of("Enabled").input("Enabled").focus.click()
    editor.bar.save.click()

    assert get(core)["Enabled"] is False
    edits.undo(core)
    assert get(core)["Enabled"] is True


def test_groups_are_saved_with_the_rest(core, section, editor) -> None:
    section.open(sub(core, "bob"))
    editor.groups.boxes["admins"].click()
    editor.bar.save.click()

    assert groups(core, "bob") == ["admins"]
    edits.undo(core)
    assert groups(core, "bob") == []


def test_a_new_password_is_hashed_and_decides_the_status(core, editor, write) -> None:
    before = core.store.users.find(DEMO_POOL, "alice")
    write(editor, "Password", "Temp0rary!pass")
    editor.check()

    assert len(editor.password.rules.words) == 5
    editor.bar.save.click()

    after = core.store.users.find(DEMO_POOL, "alice")
    assert after.status is UserStatus.FORCE_CHANGE_PASSWORD
    assert asyncio.run(core.passwords.matches(after.password, "Temp0rary!pass"))
    assert editor.draft.get("Password") is None
    assert "good until 2026-11-09" in editor.password_state.text()
    edits.undo(core)
    assert core.store.users.find(DEMO_POOL, "alice") == before


def test_a_weak_password_is_refused_at_its_row(core, editor, write, error_at) -> None:
    write(editor, "Password", "weak")

    assert "Password not long enough" in error_at(editor, "Password")
    assert not editor.bar.save.isEnabled()


def test_only_legal_moves_of_the_status_are_offered(core, section, editor) -> None:
    shown = {move.name for move, button in editor.standing.moves.items() if not button.isHidden()}
    assert shown == {"RESET", "SET_PERMANENT"}
    assert "Only an UNCONFIRMED user" in editor.standing.closed_moves.text()

    next(b for move, b in editor.standing.moves.items() if move.name == "RESET").click()

    assert get(core)["UserStatus"] == "RESET_REQUIRED"
    edits.undo(core)
    assert get(core)["UserStatus"] == "CONFIRMED"


def test_a_locked_user_can_be_unlocked(core, editor) -> None:
    locked = Lockout(failures=9, last_attempt=0.0, locked_until=core.timestamp() + 16)
    core.store.users.set_lockout(DEMO_POOL, sub(core, "alice"), locked)
    editor.refresh()

    assert not editor.standing.lock_row.isHidden()
    editor.standing.unlock.click()

    assert core.store.users.find(DEMO_POOL, "alice").lockout == Lockout()
    assert editor.standing.lock_row.isHidden()


def test_a_draft_waits_while_another_user_is_looked_at(core, section, editor, write) -> None:
    write(editor, member_of("name"), "A draft")
    section.open(sub(core, "bob"))
    assert section.has_drafts()
    section.open(sub(core, "alice"))

    assert editor.draft["Attributes"]["name"] == "A draft"
    assert attributes(core)["name"] == "Alice Archer"


def test_a_change_from_elsewhere_leaves_a_draft_alone_and_says_so(
    qtbot, core, editor, write
) -> None:
    write(editor, member_of("name"), "A draft")
    changed = [{"Name": "nickname", "Value": "Al"}]
    users.admin_update_user_attributes(
        core, {"UserPoolId": DEMO_POOL, "Username": "alice", "UserAttributes": changed}
    )

    qtbot.waitUntil(lambda: "changed elsewhere" in editor.message.text)
    assert editor.draft["Attributes"]["name"] == "A draft"


# Making, copying, deleting.


def test_a_user_is_made_with_a_chosen_sub_and_a_permanent_password(
    core, section, editor, write
) -> None:
    chosen = "11111111-2222-3333-4444-555555555555"
    section.create()
    write(editor, "Username", "zoe")
    write(editor, "Sub", chosen)
    write(editor, member_of("email"), "zoe@example.com")
    editor.password.permanent.click()
    editor.check()
    editor.bar.save.click()

    made = core.store.users.find(DEMO_POOL, "zoe")
    assert (made.sub, made.status) == (chosen, UserStatus.CONFIRMED)
    assert editor.subject == Subject(DEMO_POOL, chosen)
    edits.undo(core)
    assert not exists(core, "zoe")
    edits.redo(core)
    assert exists(core, "zoe")


@pytest.mark.parametrize(
    ("member", "typed", "sentence"),
    [("Username", "alice", "already exists"), ("Username", "a b", "regular expression")],
)
def test_a_name_that_cannot_be_is_refused_at_its_row(
    section, editor, write, error_at, member, typed, sentence
) -> None:
    section.create()
    write(editor, member, typed)

    assert sentence in error_at(editor, member)


def test_nothing_is_made_twice_while_the_password_is_hashed(core, section, editor, write) -> None:
    waiting = []
    editor._spawn = waiting.append
    section.create()
    write(editor, "Username", "zoe")
    editor.check()

    editor.bar.save.click()
    editor.save()

    assert len(waiting) == 1
    assert editor.bar.save.label == "Saving…"
    asyncio.run(waiting[0])
    assert exists(core, "zoe")


def test_a_copy_has_what_two_users_can_have(core, section, editor) -> None:
    section.duplicate(sub(core, "alice"))

    assert editor.draft["Username"] == "alice-copy"
    assert editor.draft["Groups"] == ["admins"]
    assert editor.draft["Attributes"]["name"] == "Alice Archer"


def test_a_deleted_user_comes_back_whole(qtbot, core, place, section) -> None:
    before = core.store.users.find(DEMO_POOL, "alice")
    section.open(before.sub)
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)

    assert not exists(core, "alice")
    qtbot.waitUntil(lambda: rows(section) == ["bob", "carol"])
    assert section.editor.subject.key == sub(core, "bob")
    edits.undo(core)
    assert core.store.users.find(DEMO_POOL, "alice") == before
    assert groups(core, "alice") == ["admins"]


def test_a_user_deleted_elsewhere_leaves_the_next_one(qtbot, core, section, editor) -> None:
    users.admin_delete_user(core, {"UserPoolId": DEMO_POOL, "Username": "alice"})

    qtbot.waitUntil(lambda: rows(section) == ["bob", "carol"])
    assert editor.subject.key == sub(core, "bob")


def test_a_user_deleted_elsewhere_takes_nobody_elses_draft_along(
    qtbot, core, section, editor, write
) -> None:
    section.open(sub(core, "bob"))
    write(editor, member_of("name"), "A draft")

    users.admin_delete_user(core, {"UserPoolId": DEMO_POOL, "Username": "alice"})

    qtbot.waitUntil(lambda: rows(section) == ["bob", "carol"])
    assert editor.subject.key == sub(core, "bob")
    assert editor.draft["Attributes"]["name"] == "A draft"


# Finding.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ALI", ["alice"]),
        ("email:bob@", ["bob"]),
        ("example", ["alice", "bob", "carol"]),
        ("nobody", []),
    ],
)
def test_search_looks_into_every_attribute(section, text, found) -> None:
    section.search(text)
    settle(section)

    assert rows(section) == found


def test_filters_narrow_the_list(core, section) -> None:
    section.filters.group.set_current("admins")
    settle(section)
    assert rows(section) == ["alice"]
    assert section.head.count.text() == "1 of 3"

    section.filters.clear()
    section.filters.status.set_current("FORCE_CHANGE_PASSWORD")
    settle(section)
    assert rows(section) == ["carol"]

    section.filters.clear()
    users.admin_disable_user(core, {"UserPoolId": DEMO_POOL, "Username": "bob"})
    section.filters.enabled.set_current("no")
    settle(section)
    assert rows(section) == ["bob"]


def test_letters_typed_over_the_table_search(qtbot, section) -> None:
    section.table.setFocus()
    qtbot.keyClicks(section.table, "car")

    assert section.head.field.text() == "car"
    qtbot.waitUntil(lambda: rows(section) == ["carol"])


def test_the_first_rows_of_a_long_list_are_there_before_the_others_are_found(core, section) -> None:
    crowd(core, 300)
    settle(section)
    section.open(sub(core, "user00250"))
    assert section.table.verticalScrollBar().value() > 0
    told = []
    section.head.count.setText = lambda text: told.append((section.model.rowCount(), text))

    section.search("crowd")
    settle(section)

    assert told[:2] == [(100, "100+ of 303"), (300, "300 of 303")]
    assert section.table.verticalScrollBar().value() == 0
    assert section.editor.subject.key == sub(core, "user00250")


def test_a_list_that_is_only_read_again_is_not_shortened_meanwhile(core, section) -> None:
    crowd(core, 300)
    settle(section)
    told = []
    section.head.count.setText = told.append

    users.admin_disable_user(core, {"UserPoolId": DEMO_POOL, "Username": "user00250"})
    settle(section)

    assert set(told) == {"303"}


def test_five_thousand_users_scroll_page_by_page_and_are_found(core, section) -> None:
    crowd(core, 5_000)
    settle(section)
    assert section.model.rowCount() == 5_003

    asked = []
    real = section.people.rows
    section.people.rows = lambda offset, limit: asked.append(limit) or real(offset, limit)
    section.table.verticalScrollBar().setValue(section.table.verticalScrollBar().maximum())
    section.table.grab()
    assert sum(asked) <= 300
    section.people.rows = real

    section.search("u4711@crowd")
    settle(section)
    assert rows(section) == ["user04711"]


# Many at once.


def test_one_failing_user_does_not_keep_the_others_from_it(core, section) -> None:
    users.admin_update_user_attributes(
        core,
        {
            "UserPoolId": DEMO_POOL,
            "Username": "bob",
            "UserAttributes": [{"Name": "phone_number", "Value": "+14155550100"}],
        },
    )
    section.table.select_all()
    assert section.bulk.title.text() == "3 users selected"

    section.bulk.buttons["phone"].click()

    assert attributes(core, "bob")["phone_number_verified"] == "true"
    assert {one.username for one in section.bulk.report.failed} == {"alice", "carol"}
    assert section.bulk._failed.rowCount() == 2
    assert edits.undoable(core) == "Verify phone_number: 3 users"
    edits.undo(core)
    assert attributes(core, "bob").get("phone_number_verified") != "true"


@pytest.mark.parametrize(
    ("button", "done"),
    [
        ("disable", lambda core: not any(get(core, n)["Enabled"] for n in ("alice", "bob"))),
        ("add", lambda core: all("admins" in groups(core, n) for n in ("alice", "bob", "carol"))),
        ("remove", lambda core: not any(groups(core, n) for n in ("alice", "bob", "carol"))),
        ("delete", lambda core: core.store.users.count(DEMO_POOL) == 0),
    ],
)
def test_an_action_on_many_is_one_edit(core, section, button, done) -> None:
    before = [core.store.users.find(DEMO_POOL, name) for name in ("alice", "bob", "carol")]
    section.table.select_all()

    section.bulk.buttons[button].click()

    assert done(core)
    edits.undo(core)
    assert [core.store.users.find(DEMO_POOL, n) for n in ("alice", "bob", "carol")] == before
    assert groups(core, "alice") == ["admins"]


def test_work_on_many_can_be_cancelled_in_the_middle(core, section) -> None:
    crowd(core, 300)
    settle(section)
    section.table.select_all()
    work = section.bulk.work
    work.moved.connect(lambda done, _total: work.stop() if 0 < done < 300 else None)

    section.bulk.buttons["disable"].click()

    report = section.bulk.report
    assert report.cancelled
    assert report.done
    assert report.left
    assert not work.isVisible()


def test_very_many_are_deleted_only_after_a_question_beside_the_button(core, section) -> None:
    crowd(core, 1_001)
    settle(section)
    section.table.select_all()

    section.bulk.buttons["delete"].click()

    assert core.store.users.count(DEMO_POOL) == 1_004
    assert "1,004 users" in section.bulk.message.text


def test_users_dragged_onto_a_group_are_put_into_it(core, place, section) -> None:
    place._users_dropped(DEMO_POOL, "admins", [sub(core, "bob"), sub(core, "carol")])

    assert groups(core, "bob") == groups(core, "carol") == ["admins"]
    edits.undo(core)
    assert groups(core, "bob") == groups(core, "carol") == []


# Import and export.

ROWS = "username,email,email_verified,team\nzoe,zoe@example.com,true,red\nbad,no mail,true,x\n"


def test_good_lines_are_imported_and_bad_ones_told_by_line(core, section, tmp_path) -> None:
    path = tmp_path / "users.csv"
    path.write_text(ROWS)

    section.import_file(str(path))

    panel = section.importing
    assert section.right.currentWidget() is panel
    assert panel.choices.mapping[:2] == ("cognito:username", "email")
    assert [(one.line, one.username) for one in panel.plan.problems] == [(3, "bad")]
    assert not exists(core, "zoe")
    panel.start.click()
    assert get(core, "zoe")["UserStatus"] == "RESET_REQUIRED"
    assert not exists(core, "bad")
    assert edits.undo(core) == "Import 1 user"
    assert not exists(core, "zoe")


def test_rows_are_pasted_over_the_table(qtbot, place, section) -> None:
    QGuiApplication.clipboard().setText("username\temail\nzoe\tzoe@example.com\n")
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    section.table.setFocus()

    qtbot.keyClick(section.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert section.right.currentWidget() is section.importing
    assert [row.cells for row in section.importing.table.rows] == [("zoe", "zoe@example.com")]


def test_rows_that_all_fail_for_one_reason_say_it_first(section) -> None:
    section.importing.show_pool(DEMO_POOL)
    section.importing.read_text("username,email\nzoe,zoe@example.com\nyan,yan@example.com\n")

    verdict = section.importing.summary.accessibleName()
    assert "Nobody to import: 0 left as they are, 2 with problems." in verdict
    assert "needs a verified e-mail address" in verdict

    section.importing.choices.verified.click()

    assert section.importing.start.label == "Import 2 users"


def test_a_column_left_out_changes_the_plan(section, tmp_path) -> None:
    section.importing.show_pool(DEMO_POOL)
    section.importing.read_text(ROWS)
    name = section.importing.choices.combos[0]

    name.set_current("")
    section.importing.plan_again()

    assert section.importing.plan is None
    assert not section.importing.start.isEnabled()


def test_an_import_can_be_cancelled_in_the_middle(core, section) -> None:
    lines = [f"new{n},n{n}@example.com,true" for n in range(200)]
    section.importing.read_text("\n".join(["username,email,email_verified", *lines]))
    work = section.importing.work
    work.moved.connect(lambda done, _total: work.stop() if 0 < done < 200 else None)

    section.importing.start.click()

    report = section.importing.report
    assert report.cancelled
    assert 0 < len(report.created) < 200
    edits.undo(core)
    assert core.store.users.count(DEMO_POOL) == 3


def test_closing_ends_the_checking_of_rows(section, monkeypatch) -> None:
    lines = [f"new{n},n{n}@example.com,true" for n in range(500)]
    importing, seen = section.importing, []

    def set_verdict(_kind, _title, words):
        seen.append(words)
        importing.close_button.click()

    monkeypatch.setattr(importing.summary, "set_verdict", set_verdict)
    monkeypatch.setattr(work, "_LONGEST", 0.0)
    importing.read_text("\n".join(["username,email,email_verified", *lines]))

    assert seen == ["1 of 500"]
    assert importing.plan is importing.table is None
    assert not importing.start.isEnabled()


def test_what_is_no_table_is_said_above(section, tmp_path) -> None:
    section.importing.read_file(tmp_path / "missing.csv")

    assert "missing.csv cannot be read" in section.importing.message.text


def test_what_is_listed_is_exported_and_no_password(core, section, tmp_path) -> None:
    section.search("alice")
    settle(section)
    path = tmp_path / "out.csv"

    section.exporting.export(str(path))

    text = path.read_text()
    assert "alice@example.com" in text
    assert "bob" not in text
    assert "argon2" not in text
    assert path.stat().st_mode & 0o077 == 0


def test_only_files_of_rows_are_taken_when_dropped() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.csv")])
    assert file_of(data) == "/tmp/a.csv"
    data.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    assert file_of(data) == ""


# Signing in as.


def test_sign_in_as_asks_for_a_page_and_is_off_while_nothing_serves(
    qtbot, core, section, editor
) -> None:
    client = core.store.clients.of_pool(DEMO_POOL)[0]
    clients = core.store.clients.of_pool(DEMO_POOL)
    client = next(one for one in clients if one.callback_urls)
    with qtbot.waitSignal(section.url_wanted) as told:
        editor.sign_in_as.sign_in_with(client.client_id)
    assert told.args[0].startswith("http://localhost:9400/_sandbox/sign-in?ticket=")

    section.show_serving(False)

    assert not editor.sign_in_as.isEnabled()
    assert "stopped" in editor.sign_in_as.toolTip()
