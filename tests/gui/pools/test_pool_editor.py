"""The editor of a pool: every setting saved by its own operation, refused at its own row."""

import pytest
from PySide6.QtCore import QPoint, Qt

from sandbox_app.gui.components import Combo, Switch
from sandbox_app.gui.forms import Subject
from sandbox_app.operations import domains, user_pools
from sandbox_app.workbench import edits
from tests.conftest import DEMO_POOL

POLICY = "Policies.PasswordPolicy"


@pytest.fixture
def remembered() -> dict[str, object]:
    return {"section": "policy"}


@pytest.fixture
def editor(place):
    place.open(DEMO_POOL, "policy")
    return place.sections["policy"].editor


def pool(core, pool_id: str = DEMO_POOL):
    return core.store.pools.get(pool_id)


def choose(editor, member: str, key: str) -> None:
    combo = editor.form_of(member).input(member).focus
    assert isinstance(combo, Combo)
    combo.set_current(key)
    combo.chosen.emit(key)


def switch(editor, member: str) -> None:
    found = editor.form_of(member).input(member).focus
    assert isinstance(found, Switch)
    found.click()


def typed(member: str, text: str):
    return lambda editor, write: write(editor, member, text)


CHANGES = {
    "name": (typed("PoolName", "staging"), lambda pool: pool.name, "staging"),
    "protection": (
        lambda editor, _write: choose(editor, "DeletionProtection", "ACTIVE"),
        lambda pool: pool.deletion_protection,
        "ACTIVE",
    ),
    "minimum length": (
        typed(f"{POLICY}.MinimumLength", "12"),
        lambda pool: pool.policies.password_policy.minimum_length,
        12,
    ),
    "symbols": (
        lambda editor, _write: switch(editor, f"{POLICY}.RequireSymbols"),
        lambda pool: pool.policies.password_policy.require_symbols,
        False,
    ),
    "uppercase": (
        lambda editor, _write: switch(editor, f"{POLICY}.RequireUppercase"),
        lambda pool: pool.policies.password_policy.require_uppercase,
        False,
    ),
    "temporary passwords": (
        typed(f"{POLICY}.TemporaryPasswordValidityDays", "30"),
        lambda pool: pool.policies.password_policy.temporary_password_validity_days,
        30,
    ),
    "PKCE in discovery": (
        lambda editor, _write: switch(editor, "Sandbox.AdvertisePkce"),
        lambda pool: pool.sandbox.advertise_pkce,
        True,
    ),
}


@pytest.mark.parametrize(("change", "read", "value"), CHANGES.values(), ids=CHANGES.keys())
def test_a_setting_is_saved_and_taken_back_and_made_again(
    core, editor, write, change, read, value
) -> None:
    before = pool(core)

    change(editor, write)
    editor.bar.save.click()

    assert editor.bar.words == "No unsaved changes"
    assert read(pool(core)) == value
    edits.undo(core)
    assert pool(core) == before
    edits.redo(core)
    assert read(pool(core)) == value


def test_saving_one_setting_leaves_all_others_alone(core, editor, write) -> None:
    before = user_pools.describe_user_pool(core, {"UserPoolId": DEMO_POOL})["UserPool"]

    write(editor, "PoolName", "staging")
    editor.bar.save.click()

    after = user_pools.describe_user_pool(core, {"UserPoolId": DEMO_POOL})["UserPool"]
    changed = {name for name in before if after[name] != before[name]}
    assert changed <= {"Name", "LastModifiedDate"}
    assert pool(core).sandbox == pool(core).sandbox


@pytest.mark.parametrize(
    ("member", "text", "sentence"),
    [
        ("PoolName", "", "'poolName'"),
        ("PoolName", "a;b", "'poolName'"),
        (f"{POLICY}.MinimumLength", "5", "minimumLength"),
        (f"{POLICY}.MinimumLength", "100", "minimumLength"),
        (f"{POLICY}.MinimumLength", "many", "minimumLength"),
        (f"{POLICY}.TemporaryPasswordValidityDays", "366", "temporaryPasswordValidityDays"),
        ("UserPoolDomain.Domain", "my-aws-pool", "Domain cannot contain reserved word: aws"),
        ("UserPoolDomain.Domain", "Not Valid", "'domain'"),
    ],
)
def test_what_an_operation_refuses_is_said_at_the_row_it_is_about(
    core, editor, write, error_at, member, text, sentence
) -> None:
    before = pool(core)
    write(editor, member, text)

    assert sentence in error_at(editor, member)
    assert [one.member for one in editor.state.problems] == [member]
    assert not editor.bar.save.isEnabled()
    assert pool(core) == before
    assert core.store.domains.of_pool(DEMO_POOL).domain == "demo"


def test_the_domain_moves_with_its_name_and_comes_back(core, editor, write) -> None:
    write(editor, "UserPoolDomain.Domain", "elsewhere")
    editor.bar.save.click()

    assert core.store.domains.get("demo") is None
    assert core.store.domains.of_pool(DEMO_POOL).domain == "elsewhere"
    edits.undo(core)
    assert core.store.domains.of_pool(DEMO_POOL).domain == "demo"


def test_a_pool_without_a_domain_says_what_that_means(core, editor, write) -> None:
    write(editor, "UserPoolDomain.Domain", "")
    assert editor._sign_in.words == "Nowhere: the pool has no domain."

    editor.bar.save.click()

    assert core.store.domains.of_pool(DEMO_POOL) is None


def test_another_pools_domain_is_refused(core, editor, write, error_at) -> None:
    made = user_pools.create_user_pool(core, {"PoolName": "other"})["UserPool"]["Id"]
    domains.create_user_pool_domain(core, {"UserPoolId": made, "Domain": "taken"})

    write(editor, "UserPoolDomain.Domain", "taken")

    assert error_at(editor, "UserPoolDomain.Domain") == (
        "Domain already associated with another user pool."
    )


def test_the_issuer_follows_the_setting_before_it_is_saved(core, editor, write) -> None:
    assert editor._issuer.value == f"http://localhost:9400/{DEMO_POOL}"

    editor._issuer_chosen("aws")
    assert editor._issuer.value == f"https://cognito-idp.us-east-1.amazonaws.com/{DEMO_POOL}"

    editor._issuer_chosen("url")
    write(editor, "Sandbox.Issuer", "https://login.example.com/pool")
    assert editor._issuer.value == "https://login.example.com/pool"
    editor.bar.save.click()

    assert pool(core).sandbox.issuer == "https://login.example.com/pool"


def test_an_issuer_that_is_no_address_is_refused(editor, write, error_at) -> None:
    editor._issuer_chosen("url")
    write(editor, "Sandbox.Issuer", "ftp://x")

    assert error_at(editor, "Sandbox.Issuer") == "Issuer is local, aws or a URL"


def test_a_custom_attribute_is_added_and_what_is_there_stays_fixed(qtbot, core, editor) -> None:
    rows = editor._custom
    rows.add.click()
    first, second = rows.row_widgets()
    assert first["Name"].isReadOnly()
    assert not any(first[part].isEnabled() for part in ("AttributeDataType", "Mutable"))
    qtbot.keyClicks(second["Name"], "team")
    qtbot.keyClicks(second["Most"], "20")

    editor.bar.save.click()

    added = pool(core).attribute("custom:team")
    assert (added.attribute_data_type, added.mutable) == ("String", True)
    assert added.string_attribute_constraints.max_length == "20"
    edits.undo(core)
    assert pool(core).attribute("custom:team") is None


def test_a_custom_attribute_with_a_taken_name_is_refused_at_the_list(
    qtbot, editor, error_at
) -> None:
    editor._custom.add.click()
    qtbot.keyClicks(editor._custom.row_widgets()[1]["Name"], "department")

    assert "already" in error_at(editor, "CustomAttributes")


@pytest.mark.parametrize("member", ["UsernameAttributes", "AliasAttributes", "Required"])
def test_what_is_fixed_at_creation_is_shown_and_cannot_be_changed(editor, member) -> None:
    assert not editor.form_of(member).input(member).widget.isEnabled()


# A new pool.


@pytest.fixture
def creating(place, editor):
    place.create_pool()
    return editor


def test_a_pool_is_made_with_everything_chosen(qtbot, core, place, creating, write) -> None:
    editor = creating
    write(editor, "PoolName", "staging")
    write(editor, "Id", "eu-west-1_Staging1")
    editor.form_of("UsernameAttributes").input("UsernameAttributes").write(["email"])
    editor._edited("UsernameAttributes")
    editor.form_of("Required").input("Required").write(["email", "name"])
    editor._edited("Required")
    write(editor, "UserPoolDomain.Domain", "staging")
    editor._custom.add.click()
    qtbot.keyClicks(editor._custom.row_widgets()[0]["Name"], "team")

    editor.bar.save.click()

    made = pool(core, "eu-west-1_Staging1")
    assert (made.name, made.username_attributes, made.case_sensitive) == (
        "staging",
        ("email",),
        False,
    )
    assert made.attribute("name").required
    assert made.attribute("custom:team")
    assert core.store.domains.of_pool(made.id).domain == "staging"
    assert editor.subject == Subject(made.id, made.id)
    edits.undo(core)
    assert pool(core, "eu-west-1_Staging1") is None
    assert core.store.domains.get("staging") is None


def test_a_new_pool_is_looked_at(qtbot, core, place, creating, write) -> None:
    write(creating, "PoolName", "staging")
    creating.bar.save.click()

    made = core.store.pools.all()[-1].id
    qtbot.waitUntil(lambda: place.pool_id == made)
    assert creating.subject == Subject(made, made)


@pytest.mark.parametrize(
    ("member", "text", "sentence"),
    [
        ("Id", DEMO_POOL, f"User pool {DEMO_POOL} already exists."),
        ("Id", "nonsense", "nonsense is no pool id"),
        ("UserPoolDomain.Domain", "demo", "Domain already associated with another user pool."),
    ],
)
def test_a_chosen_name_that_cannot_be_is_refused_at_its_row(
    creating, write, error_at, member, text, sentence
) -> None:
    write(creating, "PoolName", "staging")
    write(creating, member, text)

    assert sentence in error_at(creating, member)


def test_two_ways_of_signing_in_that_exclude_each_other_are_refused(creating, write) -> None:
    write(creating, "PoolName", "staging")
    for member in ("UsernameAttributes", "AliasAttributes"):
        creating.form_of(member).input(member).write(["email"])
        creating._edited(member)

    creating.check()

    assert [one.sentence for one in creating.state.problems] == [
        "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
    ]


def test_a_new_pool_that_is_discarded_leaves_nothing(core, place, creating, write) -> None:
    before = core.store.pools.all()
    write(creating, "PoolName", "staging")

    creating.bar.revert.click()

    assert core.store.pools.all() == before
    assert creating.subject == Subject(DEMO_POOL, DEMO_POOL)


def test_enter_in_a_field_saves_nothing_by_accident(qtbot, core, editor, write) -> None:
    write(editor, "PoolName", "staging")
    qtbot.keyClick(editor.form_of("PoolName").input("PoolName").widget, Qt.Key.Key_Return)

    assert pool(core).name == "demo"


# What the settings lead to, and where they are at fault.


def test_a_refused_domain_leads_nowhere(editor, write, error_at) -> None:
    write(editor, "UserPoolDomain.Domain", "Bad Domain!")
    assert error_at(editor, "UserPoolDomain.Domain")

    assert editor._sign_in.value == ""
    assert editor._sign_in.words == "The domain above is refused."


def test_a_new_pool_has_no_issuer_to_copy_yet(place, editor) -> None:
    place.create_pool()

    assert (editor._issuer.value, editor._issuer.words) == ("", "Known once the pool is made.")


def test_tabs_and_bar_lead_to_the_faults_behind_them(editor, write, error_at) -> None:
    write(editor, "UserPoolDomain.Domain", "Bad Domain!")
    assert error_at(editor, "UserPoolDomain.Domain")
    editor.show_page("sign-in")

    marked = [
        editor.tabs.label(place)
        for place in range(editor.tabs.count())
        if "problem" in editor.tabs.accessibleTabName(place)
    ]
    assert marked == ["Domain"]

    editor.bar.problems.click()
    assert editor.tabs.current_key == "domain"
    assert editor.form_of("UserPoolDomain.Domain").isVisible()

    write(editor, "UserPoolDomain.Domain", "good-domain")
    assert error_at(editor, "UserPoolDomain.Domain") == ""
    assert not any(editor.tabs.accessibleTabName(place) for place in range(editor.tabs.count()))


def test_control_s_saves_what_is_seen(qtbot, core, place, editor, write) -> None:
    write(editor, "PoolName", "renamed")
    qtbot.waitUntil(lambda: editor.bar.save.isEnabled())

    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert pool(core).name == "renamed"


def test_rows_do_not_run_across_a_large_screen(place, editor) -> None:
    name = editor.form_of("PoolName").input("PoolName").widget
    left = name.mapTo(place, QPoint()).x()

    place.resize(1840, 1000)

    assert name.width() < 820
    assert name.mapTo(place, QPoint()).x() == left
