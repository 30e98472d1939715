"""Five templates of the kinds that teams deploy, imported as they are."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.pool_copy import copy_pool
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.exporting import export_pool
from sandbox_app.workbench.templates.importing import ImportResult, import_templates

FOLDER = Path(__file__).parent / "real_world"
FILES = ("stages.yaml", "serverless.yaml", "synthesised.json", "federated.yaml", "platform.json")


def only(core: Core) -> tuple[UserPool, dict[str, UserPoolClient]]:
    (pool,) = core.store.pools.all()
    return pool, {client.client_name: client for client in core.store.clients.of_pool(pool.id)}


async def seeded(core: Core, name: str, **given: str) -> ImportResult:
    return await import_templates([FOLDER / name], given, core)


def warned(result: ImportResult) -> set[str]:
    return {warning.place.where for warning in result.warnings}


@pytest.mark.parametrize("name", FILES)
async def test_it_is_made_and_the_second_time_nothing_is_written(
    core: Core, contents: Callable[[], str], name: str
) -> None:
    first = await seeded(core, name)
    assert {str(item.outcome) for item in first.resources} == {"created"}
    before = contents()

    again = await seeded(core, name)

    assert {str(item.outcome) for item in again.resources} == {"unchanged"}
    assert {change for item in again.resources for change in item.changes} == set()
    assert again.warnings == first.warnings
    assert contents() == before


@pytest.mark.parametrize("name", FILES)
async def test_every_warning_names_its_file_and_line(core: Core, name: str) -> None:
    result = await seeded(core, name)

    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    for warning in result.warnings:
        assert str(warning).startswith(f"{FOLDER / name}:{warning.place.line}: ")
        last = warning.place.where.rpartition(".")[2].partition("[")[0]
        assert last in "\n".join(lines[: warning.place.line])


async def test_the_stage_decides_what_is_made(core: Core) -> None:
    result = await seeded(core, "stages.yaml")

    pool, clients = only(core)
    assert (pool.name, pool.deletion_protection) == ("kiosk-people-local", "INACTIVE")
    assert pool.policies.password_policy.minimum_length == 12
    assert pool.user_pool_tags == {"Stage": "local", "Team": "web"}
    assert clients.keys() == {"web-local"}
    assert clients["web-local"].callback_urls == (
        "http://localhost:5173/signed-in",
        "http://localhost:8081/signed-in",
    )
    assert clients["web-local"].logout_urls == ("http://localhost:5173", "https://kiosk.example")
    assert clients["web-local"].access_token_lifetime == timedelta(minutes=15)
    assert core.store.domains.of_pool(pool.id).domain == "kiosk-local-123456789012"  # type: ignore[union-attr]
    assert [item.condition for item in result.skipped] == ["NeedsMachines", "NeedsMachines", None]


async def test_another_stage_makes_more(core: Core) -> None:
    result = await seeded(core, "stages.yaml", Stage="live")

    pool, clients = only(core)
    assert pool.deletion_protection == "ACTIVE"
    assert clients.keys() == {"web-live", "Batch"}
    assert clients["Batch"].allowed_oauth_scopes == ("orders/read", "orders/write")
    assert clients["web-live"].callback_urls == ("http://localhost:5173/signed-in",)
    assert {"People.MfaConfiguration", "People.EnabledMfas"} <= warned(result)
    assert pool.attached == {
        "AWS::Cognito::UserPool": {"People": {"EnabledMfas": ["SOFTWARE_TOKEN_MFA"]}}
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"Stage": "moon"}, ":9: Parameters.Stage: 'moon' is none of local, test, live"),
        ({"Prefix": "No"}, ":14: Parameters.Prefix: lower case letters, digits and hyphens"),
    ],
)
async def test_a_value_that_is_not_allowed_is_refused_at_the_parameter(
    core: Core, given: dict[str, str], message: str
) -> None:
    with pytest.raises(TemplateError) as error:
        await seeded(core, "stages.yaml", **given)

    assert str(error.value) == f"{FOLDER / 'stages.yaml'}{message}"


async def test_functions_of_a_serverless_template_are_stood_in_for(core: Core) -> None:
    result = await seeded(core, "serverless.yaml")

    pool, clients = only(core)
    arn = "arn:aws:lambda:us-east-1:123456789012:function:placeholder-Gate"
    assert pool.name == "sandbox-notes"
    assert pool.kept["LambdaConfig"]["PreSignUp"] == arn
    assert pool.kept["LambdaConfig"]["PostConfirmation"].startswith("arn:aws:")
    assert pool.kept["EmailConfiguration"]["From"] == "placeholder-Sender"
    assert clients["NotesClient"].refresh_token_lifetime == timedelta(days=30)
    assert clients["NotesClient"].logout_urls == (
        "http://localhost:4200/auth",
        "http://localhost:4200/",
    )
    assert {
        "NotesPool.LambdaConfig",
        "NotesPool.LambdaConfig.PreSignUp",
        "NotesPool.EmailConfiguration.From",
    } <= warned(result)
    assert {item.logical_id for item in result.skipped} == {"Gate", "Greeter", "GateMayRun", "Api"}


async def test_what_a_kit_synthesises_is_read_as_it_is(core: Core) -> None:
    result = await seeded(core, "synthesised.json")

    pool, clients = only(core)
    assert pool.name == "Members3F2A90C1"
    assert clients["MembersPortalB0E4"].allowed_oauth_scopes == ("openid", "members/list")
    assert clients["MembersPortalB0E4"].confidential
    assert pool.kept["SmsConfiguration"]["SnsCallerArn"].endswith(
        "role/placeholder-MemberssmsRole0C9D"
    )
    assert "Members3F2A90C1.SmsConfiguration.SnsCallerArn" in warned(result)


async def test_identity_providers_are_kept_with_the_pool(core: Core) -> None:
    result = await seeded(core, "federated.yaml")

    pool, clients = only(core)
    providers = pool.attached["AWS::Cognito::UserPoolIdentityProvider"]
    assert pool.provider_names == {"Google", "Directory"}
    assert providers["Google"]["ProviderDetails"]["client_secret"] == "not-a-real-one"
    assert providers["Directory"]["ProviderDetails"]["client_id"] == (
        "placeholder-ssm-staff-oidc-id-1"
    )
    assert clients["Intranet"].supported_identity_providers == ("COGNITO", "Google", "Directory")
    domain = core.store.domains.of_pool(pool.id)
    assert domain is not None
    assert domain.domain == "sign-in.staff.example"
    assert "Google" in warned(result)
    told = [change for item in result.resources for change in item.changes]
    assert not any("not-a-real-one" in change.after for change in told)
    assert any(change.name == "ProviderDetails.client_secret" for change in told)


async def test_what_is_attached_to_a_pool_survives_a_change_of_the_pool(core: Core) -> None:
    await seeded(core, "federated.yaml")
    before = only(core)[0].attached

    result = await seeded(core, "federated.yaml", Metadata="https://partner.example/saml.xml")

    pool, _ = only(core)
    assert pool.provider_names == {"Google", "Directory", "Partner"}
    kind = "AWS::Cognito::UserPoolUICustomizationAttachment"
    assert pool.attached[kind] == before[kind]
    outcomes = {item.logical_id: str(item.outcome) for item in result.resources}
    assert (outcomes["Partner"], outcomes["Intranet"]) == ("created", "updated")
    (change,) = next(item.changes for item in result.resources if item.logical_id == "Intranet")
    assert (change.name, change.before, change.after) == (
        "SupportedIdentityProviders",
        "COGNITO, Google, Directory",
        "COGNITO, Google, Directory, Partner",
    )


async def test_a_platform_template_keeps_what_nothing_acts_on(core: Core) -> None:
    result = await seeded(core, "platform.json")

    pool, clients = only(core)
    assert (pool.name, pool.policies.password_policy.minimum_length) == ("e-platform", 10)
    assert pool.user_pool_tags == {
        "Encoded": "ZXU=",
        "Json": '{"region":"us-east-1"}',
        "Network": "placeholder-import-shared-network-id",
    }
    assert clients["till"].access_token_lifetime == timedelta(hours=2)
    assert clients["till"].refresh_token_lifetime == timedelta(days=14)
    style = pool.attached["AWS::Cognito::ManagedLoginBranding"]["Style"]
    assert style["ClientId"] == clients["till"].client_id
    assert style["Settings"]["components"]["primaryButton"]["lightMode"]["colour"] == "0972d3ff"
    assert pool.attached["AWS::Cognito::UserPool"]["Pool"] == {
        "WebAuthnRelyingPartyID": "platform.example",
        "WebAuthnUserVerification": "preferred",
    }
    assert {"Pool.UserPoolTags.Network", "Logs", "Style", "Owners.RoleArn"} <= warned(result)


@pytest.mark.parametrize("name", FILES)
async def test_its_pool_can_be_exported_and_imported_again(
    core: Core, tmp_path: Path, name: str
) -> None:
    await seeded(core, name)
    pool, _ = only(core)
    path = tmp_path / "exported.yaml"
    path.write_text(export_pool(core, pool.id), encoding="utf-8")

    again = await import_templates([path], {}, core, check=True)

    assert {str(item.outcome) for item in again.resources} == {"unchanged"}


async def test_its_pool_can_be_copied_with_its_identity_providers(core: Core) -> None:
    await seeded(core, "federated.yaml")
    pool, _ = only(core)

    copy = core.store.pools.get(copy_pool(core, pool))

    assert copy is not None
    assert copy.provider_names == {"Google", "Directory"}
    assert "AWS::Cognito::UserPoolRiskConfigurationAttachment" not in copy.attached
