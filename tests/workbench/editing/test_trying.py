"""A draft tried out: every fault at its member, and nothing left behind."""

import pytest

from sandbox_app.operations import groups, user_pool_clients
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.workbench.editing.requests import member_at, with_member
from sandbox_app.workbench.editing.trying import Problem, blamed_member, problems, problems_of

POOL = "us-east-1_Drafts"
MEMBERS = ("GroupName", "Precedence", "RoleArn", "Description")


def tried(core, draft, saved=None):
    return problems(
        core, lambda asked: groups.create_group(core, asked), draft, saved or {}, MEMBERS
    )


def test_a_draft_that_can_be_saved_has_no_problems_and_leaves_no_trace(core) -> None:
    heard: list[object] = []
    core.bus.subscribe(object, heard.append)
    draft = {"UserPoolId": POOL, "GroupName": "admins"}

    assert tried(core, draft) == ()
    assert core.store.groups.of_pool(POOL) == ()
    assert heard == []


def test_every_wrong_member_is_found_at_once(core) -> None:
    draft = {"UserPoolId": POOL, "GroupName": "a b", "Precedence": -1, "RoleArn": "x"}
    saved = {"UserPoolId": POOL, "GroupName": "admins"}

    found = tried(core, draft, saved)

    assert {problem.member for problem in found} == {"GroupName", "Precedence", "RoleArn"}


def test_faults_that_only_show_once_others_are_mended_are_found_too(core) -> None:
    made = user_pool_clients.create_user_pool_client(core, {"UserPoolId": POOL, "ClientName": "w"})
    saved = {"UserPoolId": POOL, "ClientId": made["UserPoolClient"]["ClientId"]}
    draft = saved | {
        "CallbackURLs": ["http://elsewhere.example"],
        "AllowedOAuthScopes": ["nowhere/read"],
        "AuthSessionValidity": 99,
    }

    found = problems(
        core,
        lambda asked: user_pool_clients.update_user_pool_client(core, asked),
        draft,
        saved,
        ("CallbackURLs", "AllowedOAuthScopes", "AuthSessionValidity"),
    )

    assert [problem.member for problem in found] == [
        "AuthSessionValidity",
        "CallbackURLs",
        "AllowedOAuthScopes",
    ]


def test_a_fault_about_nothing_that_can_be_edited_is_told_of_the_whole(core) -> None:
    found = tried(core, {"UserPoolId": "us-east-1_Gone", "GroupName": "admins"})

    assert [problem.member for problem in found] == [""]


def test_several_faults_of_shape_are_told_apart() -> None:
    error = InvalidParameterException(
        "2 validation errors detected: Value 'a; b' at 'policies.passwordPolicy.minimumLength' "
        "failed to satisfy constraint: one; Value '' at 'poolName' failed to satisfy constraint: "
        "two",
        field="Policies",
    )

    assert problems_of(error, ("PoolName", "Policies.PasswordPolicy.MinimumLength")) == (
        Problem(
            "Policies.PasswordPolicy.MinimumLength",
            "Value 'a; b' at 'policies.passwordPolicy.minimumLength' failed to satisfy "
            "constraint: one",
        ),
        Problem("PoolName", "Value '' at 'poolName' failed to satisfy constraint: two"),
    )


@pytest.mark.parametrize(
    ("message", "field", "blamed"),
    [
        ("no", "A", "A"),
        ("no", "B", "A.B"),
        ("no", "Unknown", ""),
        ("no", None, ""),
        ("Value at 'a.b.c' is bad", None, "A.B"),
    ],
)
def test_the_member_to_blame_is_found_by_field_or_by_path(message, field, blamed) -> None:
    assert blamed_member(InvalidParameterException(message, field=field), ("A", "A.B")) == blamed


def test_a_member_is_changed_without_touching_what_it_came_from() -> None:
    shape = {"A": {"B": 1, "C": 2}}

    assert with_member(shape, "A.B", 9) == {"A": {"B": 9, "C": 2}}
    assert with_member(shape, "A.B", None) == {"A": {"C": 2}}
    assert with_member(shape, "X.Y", 1) == {"A": {"B": 1, "C": 2}, "X": {"Y": 1}}
    assert shape == {"A": {"B": 1, "C": 2}}
    assert member_at(shape, "A.B") == 1
    assert member_at(shape, "A.B.C") is None
