"""Every library gets the values of the moment, or a reason why this client cannot use it."""

import pytest

from sandbox_app.workbench.connect import LIBRARIES
from tests.conftest import DEMO_POOL

KEYS = [library.key for library in LIBRARIES]
SIGN_IN = sorted(set(KEYS) - {"boto3", "env", "aws-jwt-verify", "oauth2-proxy"})
AWS = f"https://cognito-idp.us-east-1.amazonaws.com/{DEMO_POOL}"


def test_eleven_libraries_are_offered_and_each_names_its_language() -> None:
    assert len(set(KEYS)) == len(KEYS) == 11
    assert all(library.name and library.language for library in LIBRARIES)


@pytest.mark.parametrize("library", KEYS)
@pytest.mark.parametrize("name", ["spa", "web", "m2m"])
async def test_every_live_value_stands_in_the_text(written, library, name) -> None:
    made = written(library, name)

    for value in made.live_values:
        assert value in made.text


@pytest.mark.parametrize("library", KEYS)
@pytest.mark.parametrize("name", ["spa", "web", "m2m"])
async def test_there_is_a_text_or_a_heading_and_a_reason_never_both(written, library, name):
    made = written(library, name)

    assert bool(made.text) is not bool(made.heading)
    assert made.note


@pytest.mark.parametrize("library", SIGN_IN)
async def test_a_client_without_a_callback_says_what_is_missing(written, library) -> None:
    made = written(library, "spa", callback_urls=())

    assert made.text == ""
    assert made.note == "spa has no callback URL of its own yet."


@pytest.mark.parametrize("library", sorted({*SIGN_IN, "aws-jwt-verify"}))
@pytest.mark.parametrize("name", ["spa", "m2m"])
async def test_a_pool_without_a_domain_has_nothing_to_connect_to(
    written, visitor, library, name
) -> None:
    domains = visitor.sandbox.core.store.domains
    domains.remove(domains.of_pool(DEMO_POOL).domain)

    made = written(library, name)

    assert made.text == ""
    if library not in ("amplify", "oidc-client-ts", "authjs") or name == "spa":
        assert made.note.startswith("The pool has no domain yet")


@pytest.mark.parametrize("library", ["amplify", "oidc-client-ts"])
async def test_a_page_in_a_browser_gets_no_secret(written, library) -> None:
    made = written(library, "web")

    assert made.text == ""
    assert made.note == "web has a secret, and a page in a browser can keep none."


@pytest.mark.parametrize("library", ["amplify", "oidc-client-ts", "authjs"])
async def test_a_machine_signs_nobody_in_in_a_browser(written, library) -> None:
    made = written(library, "m2m", client_secrets=())

    assert made.note == "m2m signs nobody in: the flow “code” is not switched on for it."


async def test_oauth2_proxy_gets_no_public_client_and_no_machine(written) -> None:
    assert written("oauth2-proxy", "spa").note.startswith("spa has no secret")
    assert written("oauth2-proxy", "m2m").note.startswith("m2m is a machine")


@pytest.mark.parametrize("library", ["authjs", "spring", "oauth2-proxy"])
async def test_a_library_that_lives_on_id_tokens_needs_the_scope_openid(written, library) -> None:
    made = written(library, "web", allowed_oauth_scopes=("orders/read",))

    assert made.text == ""
    assert made.note.startswith("web may not ask for the scope openid, and ")


@pytest.mark.parametrize("library", ["authlib", "curl"])
async def test_without_openid_nobody_asks_who_signed_in(written, library) -> None:
    made = written(library, "web", allowed_oauth_scopes=("orders/read",))

    assert made.text
    assert "userInfo" not in made.text


async def test_a_client_without_flows_gets_no_tokens_to_verify(written) -> None:
    made = written("aws-jwt-verify", "spa", allowed_oauth_flows=())

    assert made.note == "spa gets no tokens: no flow is switched on for it."


@pytest.mark.parametrize(
    ("library", "path", "name"),
    [
        ("authjs", "http://localhost:3000/api/auth/callback/cognito", "web"),
        ("spring", "http://localhost:3000/login/oauth2/code/cognito", "web"),
        ("oauth2-proxy", "http://localhost:4180/oauth2/callback", "web"),
    ],
)
async def test_a_callback_the_library_insists_on_is_asked_for_until_it_is_there(
    written, library, path, name
) -> None:
    before = written(library, name)
    after = written(library, name, callback_urls=("http://localhost:3000/callback", path))

    assert before.callback_to_add == path
    assert before.note.startswith(f"First add {path} to the callback URLs of {name}: ")
    assert after.callback_to_add == ""
    assert after.note.startswith("Coloured values are live")
    assert after.text == before.text


@pytest.mark.parametrize("library", KEYS)
@pytest.mark.parametrize("name", ["spa", "web", "m2m"])
async def test_with_the_real_services_issuer_no_library_is_sent_to_the_real_service(
    written, library, name
) -> None:
    made = written(library, name, issuer="aws")

    looked_up_there = {
        "oidc-client-ts": "metadataUrl: 'http://localhost:",
        "oauth2-proxy": "skip_oidc_discovery = true",
        "env": "COGNITO_DISCOVERY_URL=http://localhost:",
    }
    if AWS in made.text:
        assert looked_up_there[library] in made.text
    if library == "authjs" and name != "m2m":
        assert made.note.startswith(f"The pool calls itself {AWS}, and Auth.js would look")


async def test_a_verifier_of_the_real_service_is_used_as_deployed_but_for_its_keys(written):
    made = written("aws-jwt-verify", "spa", issuer="aws")

    assert "CognitoJwtVerifier.create(" in made.text
    assert f"userPoolId: '{DEMO_POOL}'" in made.text
    assert ".well-known/jwks.json'" in made.text


async def test_amplify_is_told_the_https_listener_and_nothing_of_the_real_service(written) -> None:
    made = written("amplify", "spa")

    assert "domain: 'localhost:9443'" in made.text
    assert "userPoolEndpoint: 'https://localhost:9443/'" in made.text
    assert "trust the sandbox's authority first" in made.note


async def test_amplify_promises_no_signing_out_without_a_sign_out_url(written) -> None:
    assert "Signing in and out by redirect works" in written("amplify", "spa").note

    made = written("amplify", "spa", logout_urls=())

    assert "redirectSignOut: []" in made.text
    assert "signing out once spa has a sign-out URL" in made.note


async def test_amplify_needs_https(visitor) -> None:
    from sandbox_app.workbench.connect import client_addresses, pool_addresses, snippet

    core, client = visitor.sandbox.core, visitor.client("spa")
    pool = pool_addresses(core, core.store.pools.get(DEMO_POOL), visitor.base)

    made = snippet("amplify", client, pool, client_addresses(client, visitor.base))

    assert made.text == ""
    assert made.note == "Amplify speaks HTTPS alone, and HTTPS is switched off here."


@pytest.mark.parametrize("library", KEYS)
async def test_a_clients_name_never_stands_in_code(written, library) -> None:
    planted = "x\nprint('owned')\n# */"

    made = written(library, "web", client_name=planted)

    assert "owned" not in made.text


async def test_a_page_in_a_browser_gets_the_public_clients_values(written, visitor) -> None:
    made = written("oidc-client-ts", "spa")

    assert f"authority: '{visitor.base}/{DEMO_POOL}'" in made.text
    assert "client_id: '7spa4k1m8v0c3n5b9x6zq2kdpa'" in made.text
    assert "redirect_uri: 'http://localhost:5173/callback'" in made.text
    assert "scope: 'openid email profile'" in made.text
