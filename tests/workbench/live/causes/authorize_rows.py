"""Refusals of authorize and logout."""

from functools import partial
from typing import Any

from sandbox_app.operations.domains import delete_user_pool_domain
from sandbox_app.operations.resource_servers import update_resource_server
from tests.conftest import DEMO_POOL
from tests.workbench.live.causes.stage import UNKNOWN, Row, Stage

CALLBACK = "http://localhost:5173/callback"


def asks(client: str = "spa", **changes: str | None) -> Any:
    async def drive(stage: Stage) -> object:
        return await stage.visitor.authorize(client, **changes)

    return drive


def redirects(url: str, client: str = "spa") -> Any:
    return asks(client, redirect_uri=url)


def renamed(wanted: str, sent: str, value: str | None = None) -> Any:
    """A good request with one parameter under another name."""

    async def drive(stage: Stage) -> object:
        query = stage.visitor.asking()
        changed = {sent if name == wanted else name: it for name, it in query.items()}
        if value is not None:
            changed[sent] = value
        return await stage.visitor.get("/oauth2/authorize", **changed)

    return drive


def leaves(**query: str | None) -> Any:
    async def drive(stage: Stage) -> object:
        client_id = stage.visitor.client("spa").client_id
        return await stage.visitor.get("/logout", **{"client_id": client_id, **query})

    return drive


def sets(client: str = "spa", **changes: Any) -> Any:
    async def arrange(stage: Stage) -> None:
        stage.set(client, **changes)

    return arrange


async def without_domain(stage: Stage) -> None:
    delete_user_pool_domain(stage.sandbox.core, {"UserPoolId": DEMO_POOL, "Domain": "demo"})


async def without_write(stage: Stage) -> None:
    read = {"ScopeName": "read", "ScopeDescription": "Look at orders"}
    server = {"UserPoolId": DEMO_POOL, "Identifier": "orders", "Name": "Orders API"}
    stage.set("spa", AllowedOAuthScopes=["openid", "orders/write"])
    update_resource_server(stage.sandbox.core, {**server, "Scopes": [read]})


async def google_attached(stage: Stage) -> None:
    stage.attach("Google")


mismatch = partial(Row, "AZ-4", place="clients CallbackURLs")
ADD = "Add this callback URL to spa"
adds = partial(mismatch, fix=ADD, passes=True)

ROWS = (
    Row("AZ-1", renamed("client_id", "clientId"), "clientId was sent in its place"),
    Row("AZ-1", asks(client_id=None), "Send the id of the app client with every request"),
    Row(
        "AZ-1",
        leaves(client_id=None, post_logout_redirect_uri=CALLBACK, id_token_hint="eyJ"),
        "post_logout_redirect_uri and id_token_hint mean nothing here",
    ),
    Row("AZ-1", asks(client_id=""), "client_id was sent without a value"),
    Row("AZ-1", leaves(client_id=None, id_token_hint="x", state="a" * 32), "signoutRedirect"),
    Row("AZ-2", asks(client_id=UNKNOWN), "No client here has an id like it", place=""),
    Row("AZ-2", asks(client_id="spa"), "The client's name was sent", place="clients "),
    Row("AZ-2", asks(client_id=DEMO_POOL), "This is the id of the pool"),
    Row("AZ-2", asks(client_id="7spa4k1m8v0c3n5b9x6zq2kdpA"), "upper case", place="clients "),
    Row(
        "AZ-2", asks(client_id="7spa4k1m8v0c3n5b9x6zq2kd"), "nearly the id of spa", place="clients "
    ),
    Row("AZ-2", asks(client_id="undefined"), "A placeholder was sent"),
    Row(
        "AZ-3",
        renamed("redirect_uri", "redirect_url"),
        "redirect_url was sent in its place",
        place="clients CallbackURLs",
    ),
    Row(
        "AZ-3",
        asks(redirect_uri=None),
        "default redirect URI, which does not step in",
        arrange=sets(DefaultRedirectURI=CALLBACK),
        place="clients CallbackURLs",
    ),
    adds(redirects(f"{CALLBACK}/"), "One trailing slash too many."),
    adds(redirects("http://localhost:5174/callback"), "takes the next free port"),
    adds(redirects("https://localhost:5173/callback"), "The app asks for https"),
    adds(redirects("http://localhost:5173/Callback"), "Upper and lower case count"),
    adds(redirects("http://127.0.0.1:5173/callback"), "127.0.0.1 and localhost are two hosts"),
    mismatch(
        redirects("http://127.0.0.1:5173/callback/"),
        "The host and path differ",
        fix=ADD,
        passes=True,
        arrange=sets(CallbackURLs=["http://127.0.0.1:9400/_demo/callback", CALLBACK]),
    ),
    mismatch(redirects("localhost:5173/callback"), "The URL was sent without its scheme"),
    adds(
        redirects("http://localhost:5173/call%62ack"),
        "encoded on one side and plain on the other",
    ),
    mismatch(
        redirects("http%3A%2F%2Flocalhost%3A5173%2Fcallback"),
        "percent-encoded the URL once too often",
    ),
    adds(redirects("http://localhost:5173/callback?next=1"), "The query is part of the URL"),
    adds(redirects("http://localhost:5173/en/callback"), "a locale or a router decides"),
    mismatch(redirects(f"{CALLBACK}#/home"), "must not have a fragment"),
    mismatch(redirects(f" {CALLBACK}"), "hold blanks or quotation marks"),
    adds(redirects("http://localhost:3000/callback"), "It is a callback URL of web"),
    mismatch(redirects("http://app.example/callback"), "cannot be registered at all: it must be"),
    mismatch(
        redirects("http://localhost/callback", "behind"),
        "believes to be called by http",
        fix="Add this callback URL to behind",
        passes=True,
        arrange=lambda stage: _made(stage, "behind", "https://localhost/callback"),
    ),
    mismatch(
        redirects("myapp:/callback", "phone"),
        "The number of slashes after the scheme counts",
        fix="Add this callback URL to phone",
        passes=True,
        arrange=lambda stage: _made(stage, "phone", "myapp://callback"),
    ),
    mismatch(
        redirects("https://a.example.com/cb", "wild"),
        "stands for itself",
        fix="Add this callback URL to wild",
        passes=True,
        arrange=lambda stage: _made(stage, "wild", "https://*.example.com/cb"),
    ),
    mismatch(
        redirects(CALLBACK, "m2m"),
        "m2m has no callback URL at all",
        fix="Add this callback URL to m2m",
        passes=True,
    ),
    mismatch(
        leaves(redirect_uri="http://localhost:5173/", response_type="code"),
        "but as a sign-out URL",
        fix=ADD,
        passes=True,
    ),
    Row("AZ-5", asks(response_type=None, response_mode="query"), "Send response_type=code"),
    Row("AZ-5", renamed("response_type", "responseType"), "responseType was sent"),
    Row("AZ-6", asks(response_type="id_token"), "An ID token comes with code"),
    Row("AZ-6", asks(response_type="code id_token"), "There is no hybrid flow"),
    Row("AZ-6", asks(response_type="Code"), "Upper and lower case count"),
    Row(
        "AZ-7",
        asks(response_type="token"),
        "The implicit flow is not ticked on spa",
        fix="Allow the implicit flow on spa",
        passes=True,
        place="clients AllowedOAuthFlows",
    ),
    Row(
        "AZ-7",
        asks(),
        "OAuth is switched off on spa",
        fix="Allow the code flow on spa",
        passes=True,
        arrange=sets(AllowedOAuthFlows=[], AllowedOAuthFlowsUserPoolClient=False),
        place="clients AllowedOAuthFlows",
    ),
    Row(
        "AZ-7",
        asks("m2m", redirect_uri=CALLBACK),
        "m2m is a machine's client",
        arrange=sets("m2m", CallbackURLs=[CALLBACK]),
        place="clients AllowedOAuthFlows",
    ),
    Row("AZ-8", asks(code_challenge_method="plain"), "plain is not served"),
    Row("AZ-8", asks(code_challenge_method=None), "the standard means plain"),
    Row("AZ-8", asks(code_challenge_method="sha256"), "The method is written S256"),
    Row("AZ-9", renamed("code_challenge", "code_verifier"), "in place of its hash"),
    Row("AZ-9", asks(code_challenge=None), "A method alone proves nothing"),
    Row("AZ-9", renamed("code_challenge", "codeChallenge"), "codeChallenge was sent in its place"),
    Row(
        "AZ-10",
        asks(scope="openid phone"),
        "phone is a standard scope that is not enabled on spa",
        fix="Enable phone on spa",
        passes=True,
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="openid orders/write"),
        "orders/write exists but is not enabled",
        fix="Enable orders/write on spa",
        passes=True,
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="openid orders/delete"),
        "The resource server orders has no scope delete",
        fix="Make the scope orders/delete and enable it",
        passes=True,
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="orders/write"),
        "its resource server has it no more",
        fix="Make the scope orders/write and enable it",
        passes=True,
        arrange=without_write,
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="openid offline_access"),
        "always brings a refresh token",
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="openid OpenID"),
        "openid is meant: upper and lower",
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="orders:read"),
        "orders/read is meant: a slash",
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="read"),
        "orders/read is meant: the resource server's",
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="openid,email"),
        "Scopes stand apart by spaces",
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "AZ-10",
        asks(scope="opnid"),
        "Perhaps openid is meant",
        place="clients AllowedOAuthScopes",
    ),
    Row("AZ-11", asks(resource="http://api.example/"), "http is for localhost alone"),
    Row("AZ-11", asks(resource="orders"), "A resource is an absolute URL"),
    Row(
        "AZ-12",
        asks(identity_provider="cognito"),
        "COGNITO is meant",
        place="clients SupportedIdentityProviders",
    ),
    Row(
        "AZ-12",
        asks(identity_provider="Google"),
        "The pool has Google, but spa does not",
        fix="Enable Google on spa",
        passes=True,
        arrange=google_attached,
        place="clients SupportedIdentityProviders",
    ),
    Row(
        "AZ-12",
        asks(identity_provider="Google"),
        "The pool has no provider Google",
        place="clients SupportedIdentityProviders",
    ),
    Row(
        "AZ-12",
        asks(idp_identifier="example.com"),
        "names a provider by a domain",
        place="clients SupportedIdentityProviders",
    ),
    Row(
        "OI-1.1",
        asks(),
        "was made without a domain",
        fix="Give demo the domain demo",
        passes=True,
        arrange=without_domain,
        place="policy UserPoolDomain.Domain",
    ),
    Row(
        "LO-2",
        leaves(logout_uri="http://localhost:5173"),
        "A trailing slash is missing.",
        fix="Add this sign-out URL to spa",
        passes=True,
        place="clients LogoutURLs",
    ),
    Row(
        "LO-2",
        leaves(logout_uri=CALLBACK),
        "It is a callback URL of spa; sign-out URLs are another list",
        fix="Add this sign-out URL to spa",
        passes=True,
        place="clients LogoutURLs",
    ),
    Row(
        "LO-2",
        leaves(logout_uri="http://localhost:5173/"),
        "spa has no sign-out URL at all",
        fix="Add this sign-out URL to spa",
        passes=True,
        arrange=sets(LogoutURLs=[]),
        place="clients LogoutURLs",
    ),
    Row(
        "LO-3",
        leaves(post_logout_redirect_uri=CALLBACK),
        "means nothing here",
        place="clients LogoutURLs",
    ),
    Row(
        "LO-3",
        leaves(returnTo=CALLBACK),
        "returnTo was sent in its place",
        place="clients LogoutURLs",
    ),
    Row(
        "LO-2",
        leaves(logout_uri="http://localhost:3000/"),
        "It is a sign-out URL of web, and spa asked",
        fix="Add this sign-out URL to spa",
        passes=True,
        place="clients LogoutURLs",
    ),
    Row(
        "LO-2",
        leaves(logout_uri="localhost:5173/"),
        "without its scheme",
        place="clients LogoutURLs",
    ),
    Row("LO-3", leaves(), "does not say where to go", place="clients LogoutURLs"),
)


async def _made(stage: Stage, name: str, url: str) -> None:
    stage.make(
        name,
        CallbackURLs=[url],
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["openid", "email"],
    )
