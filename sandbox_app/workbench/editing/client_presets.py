"""The three kinds of app client that nearly everybody wants, as a beginning for a new one."""

from dataclasses import dataclass
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.requests import Request

_CALLBACK = "http://localhost:3000/callback"
_SIGN_OUT = "http://localhost:3000/"


@dataclass(frozen=True, slots=True)
class Preset:
    """One of them; `words` are on its button, `sentence` says what it is for."""

    key: str
    words: str
    sentence: str


PRESETS = (
    Preset("spa", "Public SPA with PKCE", "A browser app: no secret, authorization code."),
    Preset("web", "Confidential web app", "An app with a server: a secret, authorization code."),
    Preset("machine", "Machine to machine", "A service: a secret, no users, custom scopes."),
)


def with_preset(core: Core, key: str, draft: Request) -> Request:
    """A new client's draft with a preset's settings; name, id and addresses typed before stay."""
    machine = key == "machine"
    scopes = custom_scopes(core, draft["UserPoolId"]) if machine else ["openid", "email", "profile"]
    changed = draft | {
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["client_credentials" if machine else "code"],
        "AllowedOAuthScopes": scopes,
        "CallbackURLs": [] if machine else draft.get("CallbackURLs") or [_CALLBACK],
        "LogoutURLs": [] if machine else draft.get("LogoutURLs") or [_SIGN_OUT],
        "SupportedIdentityProviders": ["COGNITO"],
    }
    chosen: Any = draft.get("ClientSecret") or True
    changed.pop("ClientSecret", None)
    if machine:
        changed.pop("DefaultRedirectURI", None)
    return changed if key == "spa" else changed | {"ClientSecret": chosen}


def custom_scopes(core: Core, pool_id: str) -> list[str]:
    """The scopes of the pool's resource servers, in their own order."""
    return [
        f"{server.identifier}/{scope.scope_name}"
        for server in core.store.resource_servers.of_pool(pool_id)
        for scope in server.scopes
    ]
