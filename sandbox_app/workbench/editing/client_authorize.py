"""The authorize URL that an app client's settings lead to, saved or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox_app.flows import scopes
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.operations.core import Core
from sandbox_app.workbench.connect.addresses import pool_addresses
from sandbox_app.workbench.editing.client_drafts import client_of


@dataclass(frozen=True, slots=True)
class AuthorizeUrl:
    """Where the browser begins, and the parameters in the order sent.

    The client's id is empty while it is still to be made up.
    `why_not` says what keeps it from leading to a sign-in page; empty where nothing does.
    """

    endpoint: str
    parameters: tuple[tuple[str, str], ...]
    why_not: str = ""

    @property
    def url(self) -> str:
        """All of it; empty while there is nothing to send, or no id to send it with."""
        if not dict(self.parameters).get("client_id"):
            return ""
        return f"{self.endpoint}?{urlencode(self.parameters)}"


def authorize_url(
    core: Core, draft: Mapping[str, Any], client_id: str, origin: str
) -> AuthorizeUrl:
    """The sign-in request of an app with these settings.

    Args:
        draft: see `client_drafts`; it may be at fault.
        client_id: empty for a client still to be made.
        origin: where the sandbox listens, "http://localhost:9400".
    """
    pool = core.store.pools.get(draft["UserPoolId"])
    if pool is None or not origin:
        return AuthorizeUrl("", (), "The sandbox has no address yet.")
    found = pool_addresses(core, pool, origin)
    endpoint = f"{found.sign_in or origin}/oauth2/authorize"
    flow = _flow(draft)
    if not flow:
        return AuthorizeUrl("", (), _why_no_flow(draft))
    callback = _callback(draft)
    if not callback:
        return AuthorizeUrl("", (), "There is no callback URL to come back to (AZ-4).")
    parameters = (
        ("client_id", client_id or str(draft.get("ClientId") or "")),
        ("response_type", flow),
        ("redirect_uri", callback),
        ("scope", " ".join(scopes.enabled(client_of({**draft}, client_id), core.store))),
    )
    sent = tuple((name, value) for name, value in parameters if value or name == "client_id")
    if not found.sign_in:
        return AuthorizeUrl(endpoint, sent, "The pool has no domain, and so no sign-in pages.")
    return AuthorizeUrl(endpoint, sent)


def _flow(draft: Mapping[str, Any]) -> str:
    flows = draft.get("AllowedOAuthFlows") or ()
    if not draft.get("AllowedOAuthFlowsUserPoolClient"):
        return ""
    return "code" if "code" in flows else "token" if "implicit" in flows else ""


def _why_no_flow(draft: Mapping[str, Any]) -> str:
    if "client_credentials" in (draft.get("AllowedOAuthFlows") or ()):
        return "A machine signs nobody in; it asks the token endpoint alone."
    if not draft.get("AllowedOAuthFlowsUserPoolClient"):
        return "OAuth is switched off on this client (AZ-7)."
    return "Neither authorization code nor implicit is allowed (AZ-7)."


def _callback(draft: Mapping[str, Any]) -> str:
    """The default one, or the first that may be one."""
    urls = [url for url in draft.get("CallbackURLs") or () if why_not_a_callback(url) is None]
    default = draft.get("DefaultRedirectURI")
    return str(default) if default in urls else urls[0] if urls else ""
