"""What a person is told beside the outcome: placeholders, things without effect, changes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.changes import FieldChange
from sandbox_app.workbench.templates.importing import ImportResult, import_templates

Refuse = Callable[..., Awaitable[str]]
Run = Callable[..., Awaitable[ImportResult]]

POOL = "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      "
FUNCTION = "  Fn: {Type: 'AWS::Lambda::Function'}\n"


@pytest.fixture
def told(core: Core, tmp_path: Path) -> Run:
    async def run(text: str, *, check: bool = False, **given: str) -> ImportResult:
        path = tmp_path / "t.yaml"
        path.write_text(text, encoding="utf-8")
        return await import_templates([path], given, core, check=check)

    return run


def client(properties: str) -> str:
    return (
        "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPool'}\n"
        f"{FUNCTION}  Web:\n    Type: AWS::Cognito::UserPoolClient\n    Properties:\n"
        f"      UserPoolId: !Ref Pool\n      {properties}\n"
    )


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ("CallbackURLs: [!Sub 'https://${Fn}.example/']", "Web.CallbackURLs[0]: Fn (AWS::Lambda"),
        ("LogoutURLs: [!ImportValue out]", "Web.LogoutURLs[0]: the export out, which no template"),
        ("ClientSecret: '{{resolve:ssm-secure:/s}}'", "Web.ClientSecret: {{resolve:ssm-secure:/s}"),
        ("AllowedOAuthScopes: [!ImportValue scope]", "Web.AllowedOAuthScopes[0]: the export scope"),
        ("SupportedIdentityProviders: [!Ref Fn]", "Web.SupportedIdentityProviders[0]: Fn (AWS"),
    ],
)
async def test_a_placeholder_where_a_login_is_decided_is_refused(
    refused: Refuse, properties: str, where: str
) -> None:
    message = await refused(client(properties))

    assert message.startswith(f"t.yaml:8: {where}")
    cure = "write the value out, or make it a parameter"
    if "export" in where:
        cure = "import the template that exports it first, or write the value out"
    assert message.endswith(f"a login depends on it; {cure}")


async def test_a_stored_parameter_where_a_login_is_decided_is_to_be_given(
    refused: Refuse, told: Run
) -> None:
    text = (
        "Parameters:\n  Urls: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /urls}\n"
        + client("CallbackURLs: !Ref Urls")
    )

    assert (await refused(text)).endswith("a login depends on it; give it with --parameter Urls=…")
    await told(text, Urls="https://a.example,https://b.example")


@pytest.mark.parametrize("part", ["Username: !ImportValue name", "TemporaryPassword: !Ref Fn"])
async def test_no_user_is_made_of_placeholders(refused: Refuse, part: str) -> None:
    text = (
        "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPool'}\n"
        f"{FUNCTION}  Ann:\n    Type: AWS::Cognito::UserPoolUser\n    Properties:\n"
        f"      UserPoolId: !Ref Pool\n      {part}\n"
    )
    if "Username" not in part:
        text += "      Username: ann\n"

    assert "a login depends on it" in await refused(text)


async def test_a_placeholder_where_a_choice_is_meant_is_refused(refused: Refuse) -> None:
    message = await refused(f"{POOL}DeletionProtection: !ImportValue protect\n")

    assert message == (
        "t.yaml:5: Pool.DeletionProtection: the export protect, which no template here gives "
        "a value: its value is not known here, and nothing can stand for it"
    )


@pytest.mark.parametrize("reference", ["!Ref Fn", "!GetAtt Fn.Arn", "!Sub '${Fn.Arn}'"])
async def test_a_function_is_stood_in_for_by_an_arn(core: Core, told: Run, reference: str) -> None:
    result = await told(f"{POOL}LambdaConfig: {{PreSignUp: {reference}}}\n{FUNCTION}")

    (pool,) = core.store.pools.all()
    assert pool.kept["LambdaConfig"]["PreSignUp"] == (
        "arn:aws:lambda:us-east-1:123456789012:function:placeholder-Fn"
    )
    assert [warning.place.where for warning in result.warnings] == [
        "Pool.LambdaConfig.PreSignUp",
        "Pool.LambdaConfig",
        "Fn",
    ]


async def test_what_a_condition_leaves_out_cannot_be_referred_to(refused: Refuse) -> None:
    text = (
        "Conditions: {Never: !Equals [a, b]}\nResources:\n"
        "  Pool: {Type: 'AWS::Cognito::UserPool', Condition: Never}\n"
        "  Web:\n    Type: AWS::Cognito::UserPoolClient\n"
        "    Properties: {UserPoolId: !Ref Pool}\n"
    )

    assert await refused(text) == (
        "t.yaml:6: Web.UserPoolId: Pool is not made: its condition Never does not hold"
    )


async def test_a_misspelt_property_is_refused_with_a_guess(refused: Refuse) -> None:
    assert await refused(client("CallbackURL: [a]")) == (
        "t.yaml:8: Web.CallbackURL: no such property; did you mean CallbackURLs?"
    )


async def test_an_attached_resource_is_held_to_the_model(refused: Refuse) -> None:
    text = client("ClientName: web") + (
        "  Google:\n    Type: AWS::Cognito::UserPoolIdentityProvider\n    Properties:\n"
        "      UserPoolId: !Ref Pool\n      ProviderName: Google\n      ProviderType: Gogle\n"
        "      ProviderDetails: {client_id: a}\n"
    )

    message = await refused(text)

    assert message.startswith("t.yaml:14: Google.ProviderType: 1 validation error detected")


async def test_what_was_entered_unseen_is_in_no_message(told: Run, refused: Refuse) -> None:
    text = "Parameters: {Hush: {Type: String, NoEcho: true}}\n" + client(
        "CallbackURLs: [!Sub 'ftp//${Hush}']"
    )

    message = await refused(text, Hush="my-secret")

    assert "my-secret" not in message
    assert "••••" in message


async def test_a_check_tells_each_field_that_would_change(core: Core, told: Run) -> None:
    text = client("CallbackURLs: ['https://a.example/']\n      ClientName: web")
    await told(text)

    changed = text.replace("a.example", "b.example").replace("name: web", "name: app")
    result = await told(changed + "      AccessTokenValidity: 2\n", check=True)

    (web,) = (item for item in result.resources if item.logical_id == "Web")
    assert set(web.changes) == {
        FieldChange("CallbackURLs", "https://a.example/", "https://b.example/"),
        FieldChange("AccessTokenValidity", "", "2"),
    }
    (kept,) = core.store.clients.of_pool(core.store.pools.all()[0].id)
    assert kept.callback_urls == ("https://a.example/",)


async def test_a_preview_shows_no_secret(told: Run) -> None:
    text = (
        "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPool'}\n  Ann:\n"
        "    Type: AWS::Cognito::UserPoolUser\n    Metadata: {Sandbox: {Password: Sandbox-1}}\n"
        "    Properties: {UserPoolId: !Ref Pool, Username: ann}\n"
    )
    made = await told(text)
    changed = await told(text.replace("Sandbox-1", "Sandbox-2"))

    assert FieldChange("Password", "", "••••") in made.resources[1].changes
    assert changed.resources[1].changes == (FieldChange("Password", "••••", "••••"),)


@pytest.mark.parametrize("unit", ["seconds", "minutes", "hours", "days"])
async def test_a_refresh_token_lives_thirty_days_where_no_number_is_given(
    core: Core, told: Run, unit: str
) -> None:
    text = client(f"TokenValidityUnits: {{RefreshToken: {unit}}}")
    await told(text)

    (web,) = core.store.clients.of_pool(core.store.pools.all()[0].id)
    assert web.refresh_token_lifetime == timedelta(days=30)
    assert {str(item.outcome) for item in (await told(text)).resources} == {"unchanged"}


async def test_only_a_domain_with_a_certificate_has_dots(refused: Refuse, told: Run) -> None:
    text = (
        "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPool'}\n  Host:\n"
        "    Type: AWS::Cognito::UserPoolDomain\n"
        "    Properties: {UserPoolId: !Ref Pool, Domain: id.cognito.example}\n"
    )
    assert (await refused(text)).startswith("t.yaml:5: Host.Domain: 1 validation error detected")

    arn = "arn:aws:acm:us-east-1:123456789012:certificate/one"
    with_certificate = text.replace(
        "id.cognito.example", f"id.cognito.example, CustomDomainConfig: {{CertificateArn: '{arn}'}}"
    )

    assert (await told(with_certificate)).resources[1].id == "id.cognito.example"
    assert (await told(with_certificate)).resources[1].outcome == "unchanged"


async def test_a_name_that_only_a_forgotten_sub_would_fill_in_is_told(told: Run) -> None:
    text = client(
        "CallbackURLs:\n        - !Sub 'https://${AWS::Region}.example'\n"
        "        - 'https://localhost/${Stage}'\n        - 'https://localhost/${self:custom.path}'\n"
        "        - !If [Never, 'https://${Web}.example', https://app.example]"
    )
    result = await told("Conditions: {Never: !Equals [a, b]}\n" + text)

    assert [str(warning).partition(": ")[2] for warning in result.warnings] == [
        "Web.CallbackURLs[1]: ${Stage} stays as it is written; only Fn::Sub fills it in",
        "Web.CallbackURLs[2]: ${self:custom.path} stays as it is written",
        "Web.CallbackURLs[3][1]: ${Web} stays as it is written; only Fn::Sub fills it in",
        "Fn: passed over, because a user pool here has no use for them: 1 AWS::Lambda::Function",
    ]


async def test_a_forgotten_sub_is_named_as_the_reason_of_an_error(refused: Refuse) -> None:
    message = await refused(client("ClientName: '${Name}'"))

    assert message.startswith("t.yaml:8: Web.ClientName: 1 validation error detected: ")
    assert message.endswith("; ${Name} stays as it is written; only Fn::Sub fills it in")


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ("EnabledMfas: [TOTP]", "t.yaml:5: Pool.EnabledMfas[0]: 'TOTP' is none of EMAIL_OTP, SMS"),
        ("EnabledMfas: {A: b}", "t.yaml:5: Pool.EnabledMfas: a text is expected"),
        ("EnabledMfas: [!ImportValue x]", "t.yaml:5: Pool.EnabledMfas[0]: the export x, which no"),
        ("WebAuthnUserVerification: yes", "t.yaml:5: Pool.WebAuthnUserVerification: 'yes' is none"),
        ("WebAuthnRelyingPartyID: [a]", "t.yaml:5: Pool.WebAuthnRelyingPartyID: a text is expecte"),
    ],
)
async def test_what_only_templates_have_words_for_is_checked_too(
    refused: Refuse, properties: str, message: str
) -> None:
    assert (await refused(f"{POOL}{properties}\n")).startswith(message)


async def test_what_only_templates_have_words_for_is_kept(core: Core, told: Run) -> None:
    await told(
        f"{POOL}EnabledMfas: [SMS_MFA, EMAIL_OTP]\n      WebAuthnUserVerification: preferred\n"
        "      WebAuthnRelyingPartyID: !ImportValue host\n"
    )

    (pool,) = core.store.pools.all()
    assert pool.attached["AWS::Cognito::UserPool"]["Pool"] == {
        "EnabledMfas": ["SMS_MFA", "EMAIL_OTP"],
        "WebAuthnUserVerification": "preferred",
        "WebAuthnRelyingPartyID": "placeholder-import-host",
    }


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("!Ref Pol", "Pol is neither a parameter nor a resource read here; did you mean Pool?"),
        ("!GetAtt Wweb.Name", "there is no resource Wweb; did you mean Web?"),
        ("!GetAtt Nothing.Name", "there is no resource Nothing"),
        ("!GetAtt Pool.Colour", "Pool.Colour is not known here"),
    ],
)
async def test_a_missing_reference_is_refused_with_a_guess(
    refused: Refuse, reference: str, reason: str
) -> None:
    assert await refused(client(f"ClientName: {reference}")) == (
        f"t.yaml:8: Web.ClientName: {reason}"
    )
