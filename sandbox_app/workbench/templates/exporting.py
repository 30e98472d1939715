"""A pool as a template that imports to the same pool, readable as if written by hand."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Any, Literal

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations.client_rules import STANDARD_SCOPES
from sandbox_app.operations.core import Core
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.sign_in_names import folded
from sandbox_app.workbench.templates import exported as records
from sandbox_app.workbench.templates import kinds
from sandbox_app.workbench.templates.dialect import SECRET_NAMES
from sandbox_app.workbench.templates.exported import Exported
from sandbox_app.workbench.templates.naming import LogicalIds
from sandbox_app.workbench.templates.writing import Ref, as_json, as_yaml

Format = Literal["yaml", "json"]

_PAGE = 1000
_MOST_USERS = 5000
"""Beyond it a template may be larger than one that is read at once."""

_ALWAYS = (
    "signing keys: another workspace makes its own, so tokens of this one end there",
    "sessions, refresh tokens, codes and failed sign-ins; dates",
)


def export_pool(
    core: Core,
    pool_id: str,
    *,
    users: bool = True,
    secrets: bool = True,
    format: Format = "yaml",  # noqa: A002  # the word that the command line has for it
) -> str:
    """The pool as a CloudFormation template.

    Args:
        users: with users and memberships.
        secrets: with client secrets, and passwords as hash and verifier; never in plain text.

    Raises:
        ResourceNotFoundException: there is no such pool.
    """
    pool = pool_of(core, {"UserPoolId": pool_id})
    export = _Export(core, pool, secrets=secrets)
    resources = export.resources(users=users)
    comments = export.comments(users=users)
    template: dict[str, Any] = {"AWSTemplateFormatVersion": "2010-09-09"}
    if format == "json":
        template["Metadata"] = {"Sandbox": {"Comments": comments}}
    template["Resources"] = {item.logical_id: item.shape() for item in resources}
    return as_json(template) if format == "json" else as_yaml(template, comments)


class _Export:
    """One pool on its way into a template; collects what has to stay behind."""

    def __init__(self, core: Core, pool: UserPool, *, secrets: bool) -> None:
        self._core = core
        self._pool = pool
        self._secrets = secrets
        self._ids = LogicalIds()
        self._lost = records.inexpressible(pool)
        self._left_out: list[str] = [
            f"the attribute {name}: a schema would take it for the standard one"
            for name in sorted(self._lost)
        ]
        self._scopes: dict[str, str] = {}
        self._providers: dict[str, str] = {}
        self._clients: dict[str, Ref] = {}
        for of_kind in pool.attached.values():
            for logical_id in of_kind:
                self._ids.keep(logical_id)
        chosen, self._aside = self._beside(kinds.USER_POOL)
        self._pool_ref = Ref(chosen or self._ids.new(pool.name, "Pool"))

    def resources(self, *, users: bool) -> list[Exported]:
        """Everything in the order it can be made."""
        pool = {**records.pool_properties(self._pool), **self._aside}
        sandbox = records.pool_sandbox(self._pool)
        made = [Exported(self._pool_ref.logical_id, kinds.USER_POOL, pool, sandbox)]
        made += self._domain()
        made += self._resource_servers()
        made += self._attached({kinds.IDENTITY_PROVIDER})
        clients = self._core.store.clients.of_pool(self._pool.id)
        made += [self._client(client) for client in clients]
        groups = {item.properties["GroupName"]: item for item in self._groups()}
        made += groups.values()
        if users:
            people = list(self._users())
            made += [item for _, item in people]
            for user, item in people:
                made += self._memberships(user, item, groups)
        made += self._attached(kinds.ATTACHED - {kinds.IDENTITY_PROVIDER})
        return made

    def comments(self, *, users: bool) -> list[str]:
        """What stands above the template; call it after `resources`."""
        missing = [*_ALWAYS, *self._left_out]
        if not users:
            missing.insert(0, "users and their memberships, as asked")
        if not self._secrets:
            missing.insert(0, "client secrets and passwords, as asked")
        elif users:
            missing.insert(0, "passwords as such: PasswordSecret holds what proves them")
        return [
            f"The user pool {self._pool.name} ({self._pool.id}), exported by Userpool Sandbox.",
            "Imported with `userpool-sandbox seed`, it makes the same pool again.",
            *(["Keep this file to yourself: it holds secrets."] if self._secrets else []),
            "Not in it:",
            *(f"  {line}" for line in missing),
        ]

    def _domain(self) -> Iterator[Exported]:
        domain = self._core.store.domains.of_pool(self._pool.id)
        if domain is not None:
            chosen, aside = self._beside(kinds.DOMAIN)
            shape = {**records.part_properties(domain, self._pool_ref), **aside}
            logical_id = chosen or self._ids.new(domain.domain, "Domain")
            yield Exported(logical_id, kinds.DOMAIN, shape)

    def _beside(self, kind: str) -> tuple[str | None, Mapping[str, Any]]:
        """What is kept beside the record of the one thing of its kind, under the id it came by."""
        found = self._pool.attached.get(kind, {})
        return next(iter(found.items()), (None, {}))

    def _attached(self, wanted: Set[str]) -> Iterator[Exported]:
        """What is only kept with the pool, under the ids that it came by."""
        for kind in kinds.ORDER:
            for logical_id, properties in self._pool.attached.get(kind, {}).items():
                if kind in wanted:
                    shape = self._shown(properties, logical_id)
                    client = self._clients.get(properties.get("ClientId", ""))
                    if client is not None:
                        shape["ClientId"] = client
                    if "ProviderName" in properties:
                        self._providers[properties["ProviderName"]] = logical_id
                    yield Exported(logical_id, kind, {"UserPoolId": self._pool_ref, **shape})

    def _shown(self, value: Any, logical_id: str) -> Any:
        """The value, its secrets left out unless they are asked for."""
        if isinstance(value, list | tuple):
            return [self._shown(item, logical_id) for item in value]
        if not isinstance(value, Mapping):
            return value
        kept = {}
        for name, item in value.items():
            if self._secrets or name not in SECRET_NAMES:
                kept[name] = self._shown(item, logical_id)
            else:
                self._left_out.append(f"{name} of {logical_id}")
        return kept

    def _resource_servers(self) -> Iterator[Exported]:
        for server in self._core.store.resource_servers.of_pool(self._pool.id):
            shape = records.part_properties(server, self._pool_ref)
            logical_id = self._ids.new(server.name or server.identifier, "Api")
            self._scopes |= dict.fromkeys(server.full_scopes, logical_id)
            yield Exported(logical_id, kinds.RESOURCE_SERVER, shape)

    def _client(self, client: UserPoolClient) -> Exported:
        client = self._without_lost_scopes(client)
        named = [self._scopes.get(scope) for scope in client.allowed_oauth_scopes]
        providers = client.supported_identity_providers or ()
        needs = dict.fromkeys([*named, *(self._providers.get(name) for name in providers)])
        self._clients[client.client_id] = Ref(self._ids.new(client.client_name, "Client"))
        return Exported(
            self._clients[client.client_id].logical_id,
            kinds.CLIENT,
            records.client_properties(client, self._pool_ref, self._lost),
            records.client_sandbox(client, secrets=self._secrets),
            tuple(name for name in needs if name is not None),
        )

    def _without_lost_scopes(self, client: UserPoolClient) -> UserPoolClient:
        """A scope whose resource server is gone stays listed, but no client is made with it."""
        known = STANDARD_SCOPES | self._scopes.keys()
        kept = tuple(scope for scope in client.allowed_oauth_scopes if scope in known)
        if kept == client.allowed_oauth_scopes:
            return client
        gone = sorted({*client.allowed_oauth_scopes} - known)
        name = client.client_name
        self._left_out += [f"the scope {scope} of {name}, which nothing defines" for scope in gone]
        if kept:
            return replace(client, allowed_oauth_scopes=kept)
        self._left_out.append(f"the OAuth flows of {name}, which need a scope")
        return replace(client, allowed_oauth_scopes=(), allowed_oauth_flows=())

    def _groups(self) -> Iterator[Exported]:
        for group in self._core.store.groups.of_pool(self._pool.id):
            shape = records.part_properties(group, self._pool_ref)
            yield Exported(self._ids.new(group.group_name, "Group"), kinds.GROUP, shape)

    def _users(self) -> Iterator[tuple[User, Exported]]:
        for number, user in enumerate(self._everybody(), 1):
            if number == _MOST_USERS:
                self._left_out.append(
                    f"nothing for their number, but {_MOST_USERS} users and more may be too many "
                    "for one import"
                )
            name = records.username_of(self._pool, user)
            if name is None or user.status is UserStatus.EXTERNAL_PROVIDER:
                self._left_out.append(f"the user {user.username}, whom no template can make")
                continue
            yield (
                user,
                Exported(
                    self._ids.new(name.partition("@")[0], "User"),
                    kinds.USER,
                    records.user_properties(user, name, self._pool_ref, self._lost),
                    records.user_sandbox(user, secrets=self._secrets),
                ),
            )

    def _everybody(self) -> Iterator[User]:
        after: str | None = None
        while page := self._core.store.users.page(self._pool.id, limit=_PAGE, after=after):
            yield from page
            after = folded(self._pool, page[-1].username)

    def _memberships(
        self, user: User, item: Exported, groups: dict[str, Exported]
    ) -> Iterator[Exported]:
        """In the order they began, which is the order that tokens list groups in."""
        for group in self._core.store.memberships.groups_of(self._pool.id, user.sub):
            into = groups[group.group_name].logical_id
            shape = {
                "GroupName": Ref(into),
                "Username": Ref(item.logical_id),
                "UserPoolId": self._pool_ref,
            }
            name = item.logical_id.removesuffix("User") + "In" + into.removesuffix("Group")
            yield Exported(self._ids.new(name, ""), kinds.ATTACHMENT, shape)
