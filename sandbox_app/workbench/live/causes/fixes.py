"""Changes that let a refused request pass, each by the operations that the editors use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import Lockout, User
from sandbox_app.operations import domains, resource_servers, user_pool_clients, user_status, users
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.user_attributes import VERIFIED_BY
from sandbox_app.workbench.editing.requests import client_request, resource_server_request
from sandbox_app.workbench.live.causes.explanation import Fix

AGAIN = "Then send the same request again."
ANEW = "Then sign in anew: this one cannot go on."

_LONGEST_NAMED = 48


class _TriedOnly(Exception):
    """Ends the transaction of a trial, so that nothing of it stays."""


def why_not(fix: Fix, core: Core) -> str:
    """What a rule has against a fix; empty where it can be made. Nothing of the trial stays."""
    try:
        with core.change():
            fix.apply(core)
            raise _TriedOnly
    except _TriedOnly:
        return ""
    except ApiError as error:
        return error.message


def possible(core: Core, *fixes: Fix) -> tuple[Fix, ...]:
    """Those that no rule is against."""
    return tuple(fix for fix in fixes if not why_not(fix, core))


# Of clients.


def add_callback(client: UserPoolClient, url: str) -> Fix:
    """Register the callback URL that was sent."""
    name = client.client_name
    return _of_client(
        client,
        {"CallbackURLs": [*client.callback_urls, url]},
        label=f"Add this callback URL to {name}",
        edit=f"Add a callback URL to {name}",
        done=f"{name} has the callback URL {_cut(url)} now.",
    )


def add_sign_out(client: UserPoolClient, url: str) -> Fix:
    """Register the sign-out URL that was sent."""
    name = client.client_name
    return _of_client(
        client,
        {"LogoutURLs": [*client.logout_urls, url]},
        label=f"Add this sign-out URL to {name}",
        edit=f"Add a sign-out URL to {name}",
        done=f"{name} has the sign-out URL {_cut(url)} now.",
    )


def enable_flow(client: UserPoolClient, flow: str, *, then: str = AGAIN) -> Fix:
    """Allow `code`, `implicit` or `client_credentials`, and OAuth with it."""
    name = client.client_name
    flows = tuple(dict.fromkeys((*client.allowed_oauth_flows, flow)))
    return _of_client(
        client,
        {"AllowedOAuthFlows": list(flows), "AllowedOAuthFlowsUserPoolClient": True},
        label=f"Allow the {flow} flow on {name}",
        edit=f"Allow the {flow} flow on {name}",
        done=f"{name} may use the {flow} flow now.",
        then=then,
    )


def enable_scopes(client: UserPoolClient, scopes: Sequence[str], *, then: str = AGAIN) -> Fix:
    """Enable scopes that exist."""
    name, words = client.client_name, _listed(scopes)
    wanted = tuple(dict.fromkeys((*client.allowed_oauth_scopes, *scopes)))
    return _of_client(
        client,
        {"AllowedOAuthScopes": list(wanted)},
        label=f"Enable {words} on {name}",
        edit=f"Enable {words} on {name}",
        done=f"{words} {'is' if len(scopes) == 1 else 'are'} enabled on {name} now.",
        then=then,
    )


def enable_provider(client: UserPoolClient, provider: str) -> Fix:
    """Let a provider sign users in to the client."""
    name = client.client_name
    known = client.supported_identity_providers or ()
    return _of_client(
        client,
        {"SupportedIdentityProviders": [*known, provider]},
        label=f"Enable {provider} on {name}",
        edit=f"Enable {provider} on {name}",
        done=f"{provider} may sign users in to {name} now.",
    )


def read_attributes(pool: UserPool, client: UserPoolClient, names: Sequence[str]) -> Fix:
    """Let the client read attributes that a scope promises."""
    name, words = client.client_name, _listed(names)
    readable = sorted(readable_attributes(pool, client))
    return _of_client(
        client,
        {"ReadAttributes": [*readable, *names]},
        label=f"Let {name} read {words}",
        edit=f"Let {name} read {words}",
        done=f"{name} may read {words} now.",
        then=ANEW,
    )


def enable_revocation(client: UserPoolClient) -> Fix:
    """Switch token revocation on."""
    name = client.client_name
    return _of_client(
        client,
        {"EnableTokenRevocation": True},
        label=f"Turn on token revocation for {name}",
        edit=f"Turn on token revocation for {name}",
        done=f"Tokens of {name} can be revoked now.",
    )


# Of pools.


def create_domain(pool: UserPool, prefix: str) -> Fix:
    """Give the pool a domain, and with it its pages and endpoints."""
    request = {"UserPoolId": pool.id, "Domain": prefix}
    return Fix(
        label=f"Give {pool.name} the domain {prefix}",
        edit=f"Create the domain {prefix}",
        done=f"{pool.name} has the domain {prefix} now.",
        then=AGAIN,
        apply=lambda core: domains.create_user_pool_domain(core, request),
    )


def define_scope(client: UserPoolClient, scope: str, *, then: str = AGAIN) -> Fix:
    """Make a scope on a resource server there is, and enable it on the client."""
    identifier, _, short = scope.rpartition("/")

    def apply(core: Core) -> None:
        server = core.store.resource_servers.get(client.user_pool_id, identifier)
        if server is None:
            raise ApiError(f"There is no resource server {identifier}.")
        request = resource_server_request(server)
        scopes = [*request["Scopes"], {"ScopeName": short, "ScopeDescription": short}]
        with core.change():
            resource_servers.update_resource_server(core, {**request, "Scopes": scopes})
            enable_scopes(client, [scope]).apply(core)

    name = client.client_name
    return Fix(
        label=f"Make the scope {scope} and enable it",
        edit=f"Make the scope {scope} and enable it on {name}",
        done=f"{scope} exists now and is enabled on {name}.",
        then=then,
        apply=apply,
    )


# Of users.


def enable_user(user: User, *, then: str = AGAIN) -> Fix:
    """Let a disabled user in again."""
    return _of_user(
        user,
        users.admin_enable_user,
        label=f"Enable {user.username}",
        done=f"{user.username} is enabled now.",
        then=then,
    )


def confirm_user(user: User) -> Fix:
    """Confirm somebody who signed up."""
    return _of_user(
        user,
        user_status.admin_confirm_sign_up,
        label=f"Confirm {user.username}",
        done=f"{user.username} is confirmed now.",
    )


def verify(user: User, attribute: str) -> Fix:
    """Mark an address or number as verified, so that it counts as an alias."""
    flag = {"Name": VERIFIED_BY[attribute], "Value": "true"}
    return _of_user(
        user,
        users.admin_update_user_attributes,
        label=f"Mark {attribute} of {user.username} as verified",
        done=f"{user.username} can sign in with {attribute} now.",
        more={"UserAttributes": [flag]},
    )


def unlock(user: User) -> Fix:
    """Forget the failed tries of a user."""
    return Fix(
        label=f"Unlock {user.username}",
        edit=f"Unlock {user.username}",
        done=f"{user.username} is unlocked now.",
        then=AGAIN,
        apply=lambda core: core.store.users.set_lockout(user.user_pool_id, user.sub, Lockout()),
        undoable=False,
    )


# Inside.


def _of_client(
    client: UserPoolClient,
    changes: Mapping[str, Any],
    *,
    label: str,
    edit: str,
    done: str,
    then: str = AGAIN,
) -> Fix:
    def apply(core: Core) -> None:
        # What the client is now: somebody may have changed it since the button was made.
        now = core.store.clients.get(client.client_id) or client
        request = {name: it for name, it in client_request(now).items() if name != "Sandbox"}
        user_pool_clients.update_user_pool_client(core, request | _joined(request, changes))

    return Fix(label=label, edit=edit, done=done, then=then, apply=apply)


def _joined(request: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes, with lists completed by what the client has gained since."""
    return {
        name: list(dict.fromkeys((*(request.get(name) or ()), *value)))
        if isinstance(value, list)
        else value
        for name, value in changes.items()
    }


def _of_user(
    user: User,
    operation: Callable[[Core, Mapping[str, Any]], object],
    *,
    label: str,
    done: str,
    then: str = AGAIN,
    more: Mapping[str, Any] | None = None,
) -> Fix:
    request = {"UserPoolId": user.user_pool_id, "Username": user.sub, **(more or {})}
    return Fix(
        label=label,
        edit=label,
        done=done,
        then=then,
        apply=lambda core: operation(core, request),
    )


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"


def _cut(url: str) -> str:
    return url if len(url) <= _LONGEST_NAMED else f"{url[: _LONGEST_NAMED - 1]}…"
