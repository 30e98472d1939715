"""Authlib as an app uses it, against the headless program over http and over trusted https."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749.errors import MismatchingStateException
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.clients.journeys import Pool, a_pool

_CSRF = re.compile(r'name="_csrf" value="([^"]+)"')
_ACTION = re.compile(r'<form action="([^"]+)"')


class App:
    """An app with Authlib inside, and beside it the browser of the person who signs in."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.issuer: str = told["issuer"]
        self.provider = OpenIDProviderMetadata(
            self.json(get_well_known_url(self.issuer, external=True))
        )
        self.verifier = generate_token(48)

    def json(self, address: str) -> Any:
        """What is published at an address."""
        with self._trusting(requests.Session()) as session:
            return session.get(address).json()

    def _trusting(self, session: Any) -> Any:
        """The session, trusting our authority whatever the environment says."""
        session.trust_env = False
        session.verify = self.told["ca"]
        return session

    def session(self, name: str, **settings: Any) -> OAuth2Session:
        """Authlib's session for a client, with its secret where it has one."""
        id_, secret = self.told[name].values()
        usual = {"token_endpoint_auth_method": "client_secret_basic" if secret else "none"}
        session = OAuth2Session(
            id_,
            secret,
            redirect_uri=f"{self.told['app']}/callback",
            scope="openid email profile",
            code_challenge_method="S256",
            **{**usual, **settings},
        )
        return self._trusting(session)

    def signed_in(self, session: OAuth2Session, password: str = "Sandbox-1") -> tuple[str, str]:
        """Where the person's browser ends up, and the state that the app remembers."""
        address, state = session.create_authorization_url(
            self.provider["authorization_endpoint"], code_verifier=self.verifier, nonce="n-1"
        )
        browser = self._trusting(requests.Session())
        form = browser.get(address)
        fields = {
            "_csrf": found(_CSRF, form.text),
            "username": "alice",
            "password": password,
        }
        action = found(_ACTION, form.text).replace("&amp;", "&")
        target = form.url.partition("/login")[0] + action
        answer = browser.post(target, fields, allow_redirects=False)
        browser.close()
        return answer.headers.get("Location", ""), state

    def tokens(self, session: OAuth2Session, **changes: Any) -> Any:
        """Sign in and trade the code."""
        location, state = self.signed_in(session)
        usual = {"code_verifier": self.verifier, "authorization_response": location}
        return session.fetch_token(
            self.provider["token_endpoint"], state=state, **{**usual, **changes}
        )


def found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match is not None, text
    return match[1]


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """The program serving the clients' pool."""
    with a_pool(tmp_path_factory.mktemp("data")) as served:
        yield served


@pytest.fixture(params=["http", "https"])
def app(request: pytest.FixtureRequest, pool: Pool) -> App:
    """An app that was given the issuer, once with http and once with https."""
    return App(pool.told(request.param))


def test_discovery_describes_a_provider_that_authlib_accepts(app: App) -> None:
    assert app.provider.issuer == app.issuer
    for endpoint in ("authorization", "token", "userinfo", "revocation"):
        assert app.provider[f"{endpoint}_endpoint"].startswith(app.issuer.rpartition("/")[0])
    assert app.provider["jwks_uri"].startswith(app.issuer)


@pytest.mark.parametrize("client", ["page", "server"])
def test_a_whole_session_from_sign_in_to_revocation(app: App, client: str) -> None:
    with app.session(client) as session:
        tokens = app.tokens(session)
        keys = KeySet.import_key_set(app.json(app.provider["jwks_uri"]))

        read = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"])
        options = {"iss": {"essential": True, "value": app.issuer}}
        params = {"nonce": "n-1", "client_id": session.client_id}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate()
        assert claims["cognito:username"] == "alice"
        access = jwt.decode(tokens["access_token"], keys, algorithms=["RS256"])
        assert access.claims["client_id"] == session.client_id

        person = session.get(app.provider["userinfo_endpoint"]).json()
        assert (person["email"], person["sub"]) == ("alice@example.com", claims["sub"])

        renewed = session.refresh_token(app.provider["token_endpoint"])
        assert renewed["access_token"] != tokens["access_token"]
        assert "refresh_token" in tokens
        refresh = tokens["refresh_token"]

        revoked = session.revoke_token(app.provider["revocation_endpoint"], refresh)
        assert revoked.status_code == 200
        with pytest.raises(OAuthError, match="invalid_grant"):
            session.refresh_token(app.provider["token_endpoint"], refresh_token=refresh)


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_machine_gets_its_token_by_either_method(app: App, method: str) -> None:
    with app.session("machine", token_endpoint_auth_method=method) as machine:
        machine.scope = "orders/read"
        token = machine.fetch_token(app.provider["token_endpoint"], grant_type="client_credentials")

    assert token["token_type"] == "Bearer"
    assert "refresh_token" not in token


def test_a_wrong_secret_is_no_client(app: App) -> None:
    with app.session("machine") as machine:
        machine.client_secret = "0" * 42
        with pytest.raises(OAuthError, match="invalid_client"):
            machine.fetch_token(app.provider["token_endpoint"], grant_type="client_credentials")


def test_a_forgotten_verifier_costs_the_code(app: App) -> None:
    with app.session("page") as session, pytest.raises(OAuthError, match="invalid_grant"):
        app.tokens(session, code_verifier=generate_token(48))


def test_an_answer_to_another_request_is_refused_by_authlib(app: App) -> None:
    with app.session("page") as session:
        location, _ = app.signed_in(session)
        with pytest.raises(MismatchingStateException):
            session.fetch_token(
                app.provider["token_endpoint"],
                authorization_response=location,
                state="another",
                code_verifier=app.verifier,
            )


def test_a_wrong_password_leads_nowhere(app: App) -> None:
    with app.session("page") as session:
        assert app.signed_in(session, "sandbox-1")[0] == ""
