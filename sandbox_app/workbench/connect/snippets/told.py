"""What a snippet is, what its writer is told, and the reasons why a client cannot have one."""

from dataclasses import dataclass

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.workbench.connect.addresses import ClientAddresses, PoolAddresses

NOT_THIS_CLIENT = "Not with this client"
NOT_YET = "Not yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What can be connected; `language` is that of its snippet."""

    key: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code to paste. `live_values` are the parts of it that come from the configuration.

    `note` says where they come from, or, where there is no `text`, why there is none; then
    `heading` is its title. `callback_to_add` is a URL the client has to be given first, or empty.
    """

    text: str
    live_values: tuple[str, ...]
    note: str
    heading: str = ""
    callback_to_add: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The client and all its addresses.

    `secure` is the origin of HTTPS, empty without one; `token_file` holds the token of the
    control interface, and is empty while that cannot be reached.
    """

    client: UserPoolClient
    pool: PoolAddresses
    own: ClientAddresses
    secure: str
    token_file: str = ""

    @property
    def name(self) -> str:
        """What people call the client; never to stand in code, where it might end a comment."""
        return self.client.client_name

    @property
    def machine(self) -> bool:
        """Whether it signs in as itself."""
        return self.client.may_use("client_credentials")

    @property
    def asks_who(self) -> bool:
        """Whether a sign-in gives an ID token and opens userInfo."""
        return "openid" in self.own.scope.split()

    def live(self, what: str) -> str:
        """The note under a snippet that needs no other."""
        return f"Coloured values are live: {what} of {self.name}."


def unfit(reason: str, heading: str = NOT_THIS_CLIENT) -> Snippet:
    """No snippet, and why."""
    return Snippet("", (), reason, heading)


def why_no_sign_in(told: Told) -> Snippet | None:
    """Why nobody can be signed in with this client; `None` where that is possible."""
    if not told.client.may_use("code"):
        return unfit(f"{told.name} signs nobody in: the flow “code” is not switched on for it.")
    if (reason := why_no_domain(told)) is not None:
        return reason
    if not told.own.callback:
        return unfit(f"{told.name} has no callback URL of its own yet.")
    return None


def why_no_domain(told: Told) -> Snippet | None:
    """Why no endpoint of the pool answers; `None` where they do (contract oidc 1.1)."""
    if told.pool.sign_in:
        return None
    return unfit("The pool has no domain yet, and only a domain has a sign-in page and tokens.")


def why_not_in_a_browser(told: Told) -> Snippet | None:
    """Why a page cannot use the client; `None` where it can."""
    if told.client.confidential:
        return unfit(f"{told.name} has a secret, and a page in a browser can keep none.")
    return why_no_sign_in(told)


def why_not_discovered(told: Told, library: str) -> Snippet | None:
    """Why a library that only takes an issuer does not find the pool here."""
    if told.pool.found_by_issuer:
        return None
    return unfit(
        f"The pool calls itself {told.pool.issuer}, and {library} would look for it there. "
        "Set the pool's issuer to “local” for as long as you use it."
    )


def why_no_identity(told: Told, library: str) -> Snippet | None:
    """Why a library that lives on ID tokens gets none; `None` where it gets one."""
    if told.asks_who:
        return None
    return unfit(f"{told.name} may not ask for the scope openid, and {library} needs an ID token.")


def usual_scopes(own: ClientAddresses) -> list[str]:
    """The OpenID Connect scopes a first sign-in asks for, in their usual order."""
    allowed = own.scope.split()
    return [scope for scope in ("openid", "email", "profile") if scope in allowed] or allowed
