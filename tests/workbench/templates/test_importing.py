"""A template imported as one change: everything, or nothing."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.domain.resources import resource_path
from sandbox_app.operations import domains, user_pools, users
from sandbox_app.operations.core import Core
from sandbox_app.store import Store
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.importing import import_templates
from tests.cores import PasswordsAtOnce, writes

Import = Callable[..., Awaitable[dict[str, str]]]
Refuse = Callable[..., Awaitable[str]]
DEMO = resource_path("seeds/demo.yaml")

WHOLE = """
Parameters:
  Stage: {Type: String, Default: dev}
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: {UserPoolName: !Sub "people-${Stage}"}
  Domain:
    Type: AWS::Cognito::UserPoolDomain
    Properties: {UserPoolId: !Ref Pool, Domain: !Join ["-", [people, !Ref Stage]]}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties: {UserPoolId: !Ref Pool}
  Admins:
    Type: AWS::Cognito::UserPoolGroup
    Properties: {UserPoolId: !Ref Pool}
  Alice:
    Type: AWS::Cognito::UserPoolUser
    Metadata: {Sandbox: {Password: Sandbox-1}}
    Properties: {UserPoolId: !Ref Pool, Username: alice}
  Member:
    Type: AWS::Cognito::UserPoolUserToGroupAttachment
    Properties: {UserPoolId: !Ref Pool, GroupName: !Ref Admins, Username: !Ref Alice}
"""


async def test_the_demo_is_imported_cleanly_and_a_second_time_nothing_is_written(
    core: Core, events: list[ConfigurationChanged], contents: Callable[[], str]
) -> None:
    first = await import_templates([DEMO], {}, core)
    assert {str(item.outcome) for item in first.resources} == {"created"}
    assert len(first.resources) == 11
    before, wrote = contents(), writes(core)
    events.clear()

    again = await import_templates([DEMO], {}, core)

    assert {str(item.outcome) for item in again.resources} == {"unchanged"}
    assert (contents(), writes(core), events) == (before, wrote, [])


async def test_a_whole_template_is_made_and_remembered_by_its_logical_ids(
    core: Core, imported: Import, events: list[ConfigurationChanged]
) -> None:
    assert set((await imported(WHOLE)).values()) == {"created"}
    assert len(events) == 6
    (pool,) = core.store.pools.all()
    events.clear()

    assert set((await imported(WHOLE)).values()) == {"unchanged"}

    assert core.store.pools.all() == (pool,)
    assert events == []


async def test_a_parameter_from_outside_reaches_every_place(core: Core, imported: Import) -> None:
    await imported(WHOLE, Stage="prod")

    (pool,) = core.store.pools.all()
    domain = core.store.domains.of_pool(pool.id)
    assert domain is not None
    assert (pool.name, domain.domain) == ("people-prod", "people-prod")


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        (("Username: !Ref Alice", "Username: bob"), "t.yaml:23: Member.Username: User does not ex"),
        (("Password: Sandbox-1", "Password: short"), "t.yaml:19: Alice.Metadata.Sandbox.Password"),
        (("{UserPoolId: !Ref Pool}", "{UserPoolId: !Ref Pol}"), "t.yaml:13: Client.UserPoolId: "),
        (("Username: alice", "Usrname: alice"), "t.yaml:20: Alice.Usrname: no such property"),
        (("Type: String", "Type: String, Default: x"), "t.yaml:3: Default stands here twice"),
    ],
)
async def test_one_slip_anywhere_and_nothing_is_imported(
    core: Core,
    refused: Refuse,
    imported: Import,
    events: list[ConfigurationChanged],
    slip: tuple[str, str],
    message: str,
) -> None:
    assert (await refused(WHOLE.replace(*slip, 1))).startswith(message)

    assert (core.store.pools.all(), events) == ((), [])
    assert set((await imported(WHOLE)).values()) == {"created"}


async def test_a_slip_leaves_what_was_there_as_it_was(
    core: Core, imported: Import, refused: Refuse
) -> None:
    await imported(WHOLE)
    (before,) = core.store.pools.all()

    text = WHOLE.replace("people-${Stage}", "renamed").replace(
        "Username: !Ref Alice", "Username: x"
    )
    await refused(text)

    assert core.store.pools.all() == (before,)


async def test_a_slip_in_the_second_file_undoes_the_first(
    core: Core, tmp_path: Path, contents: Callable[[], str]
) -> None:
    (tmp_path / "bad.yaml").write_text(
        "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      Nam: x\n",
        encoding="utf-8",
    )
    before = contents()

    with pytest.raises(TemplateError) as error:
        await import_templates([DEMO, tmp_path / "bad.yaml"], {}, core)

    assert str(error.value) == f"{tmp_path / 'bad.yaml'}:5: Pool.Nam: no such property"
    assert contents() == before


async def test_a_check_tells_what_would_happen_and_leaves_no_trace(
    core: Core,
    tmp_path: Path,
    events: list[ConfigurationChanged],
    contents: Callable[[], str],
    imported: Import,
) -> None:
    await imported(WHOLE)
    changed = tmp_path / "t.yaml"
    changed.write_text(WHOLE.replace("people-${Stage}", "renamed"), encoding="utf-8")
    before = contents()
    events.clear()

    told = await import_templates([changed, DEMO], {}, core, check=True)

    outcomes = {item.logical_id: str(item.outcome) for item in told.resources}
    assert (outcomes["Pool"], outcomes["Client"], outcomes["Demo"]) == (
        "updated",
        "unchanged",
        "created",
    )
    assert (contents(), events, len(core.store.pools.all())) == (before, [], 1)


async def test_a_template_whose_pool_was_deleted_is_made_anew(core: Core, imported: Import) -> None:
    text = WHOLE.replace("  Domain:\n", "  Unused:\n").replace("UserPoolDomain", "UserPoolGroup")
    text = text.replace('Domain: !Join ["-", [people, !Ref Stage]]', "GroupName: unused")
    await imported(text)
    (pool,) = core.store.pools.all()
    user_pools.delete_user_pool(core, {"UserPoolId": pool.id})

    assert set((await imported(text)).values()) == {"created"}

    (again,) = core.store.pools.all()
    assert again.id != pool.id
    assert core.store.users.count(again.id) == 1
    assert set((await imported(text)).values()) == {"unchanged"}


async def test_a_deleted_demo_comes_back_under_its_own_ids(core: Core) -> None:
    await import_templates([DEMO], {}, core)
    before = {pool.id for pool in core.store.pools.all()}
    (pool_id,) = before
    domains.delete_user_pool_domain(core, {"UserPoolId": pool_id, "Domain": "demo"})
    user_pools.delete_user_pool(core, {"UserPoolId": pool_id})

    await import_templates([DEMO], {}, core)

    assert {pool.id for pool in core.store.pools.all()} == before


async def test_a_user_who_was_deleted_is_made_anew(core: Core, imported: Import) -> None:
    await imported(WHOLE)
    (pool,) = core.store.pools.all()
    users.admin_delete_user(core, {"UserPoolId": pool.id, "Username": "alice"})

    outcome = await imported(WHOLE)

    assert {name for name, what in outcome.items() if what == "created"} == {"Alice", "Member"}


async def test_one_logical_id_in_two_files_is_two_things(core: Core, imported: Import) -> None:
    text = "Resources: {Pool: {Type: 'AWS::Cognito::UserPool'}}"

    assert await imported(text, "a.yaml") == {"Pool": "created"}
    assert await imported(text, "b.yaml") == {"Pool": "created"}
    assert await imported(text, "a.yaml") == {"Pool": "unchanged"}
    assert len(core.store.pools.all()) == 2


async def test_a_file_named_in_two_ways_is_one(
    core: Core, imported: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await imported(WHOLE)
    monkeypatch.chdir(tmp_path)

    again = await import_templates([Path("t.yaml")], {}, core)

    assert {str(item.outcome) for item in again.resources} == {"unchanged"}


async def test_two_files_may_speak_of_one_user_and_the_last_has_its_say(
    core: Core, tmp_path: Path
) -> None:
    shared = {"demo.yaml": DEMO.read_text(encoding="utf-8")}
    shared["more.yaml"] = shared["demo.yaml"].replace("Alice Archer", "Alice Again")
    for name, text in shared.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in shared]

    first = await import_templates(paths, {}, core)

    outcomes = [
        str(item.outcome) for item in first.resources if item.logical_id in ("Alice", "Bob")
    ]
    assert outcomes == ["created", "created", "updated", "unchanged"]
    assert isinstance(core.passwords, PasswordsAtOnce)
    assert core.passwords.made == 3


async def test_everything_is_there_after_the_workspace_is_opened_again(
    core: Core, imported: Import
) -> None:
    await imported(WHOLE)
    pools, path = core.store.pools.all(), core.store.path
    core.store.close()

    again = Store.open(path)

    assert again.pools.all() == pools
    assert again.users.find(pools[0].id, "alice") is not None
    again.close()


async def test_json_is_read_like_yaml(core: Core, imported: Import) -> None:
    text = """
    {
    \t"Parameters": {"Origin": {"Type": "CommaDelimitedList",
    \t\t"Default": "https://a.example/cb, https://b.example/cb"}},
    \t"Resources": {
    \t\t"Pool": {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "people"}},
    \t\t"Client": {
    \t\t\t"Type": "AWS::Cognito::UserPoolClient",
    \t\t\t"Properties": {
    \t\t\t\t"UserPoolId": {"Ref": "Pool"},
    \t\t\t\t"ClientName": {"Fn::Join": ["-", ["web", {"Fn::Sub": "${AWS::Region}"}]]},
    \t\t\t\t"CallbackURLs": {"Ref": "Origin"}
    \t\t\t}
    \t\t}
    \t}
    }
    """

    await imported(text, "t.json")

    (pool,) = core.store.pools.all()
    (client,) = core.store.clients.of_pool(pool.id)
    assert client.client_name == "web-us-east-1"
    assert client.callback_urls == ("https://a.example/cb", "https://b.example/cb")
