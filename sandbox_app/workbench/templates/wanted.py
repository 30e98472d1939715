"""What a template asks for: each resource as an API request, its identity settled beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import new_client_id, new_pool_id
from sandbox_app.workbench.templates import dialect
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.intrinsics import Scope, resolve
from sandbox_app.workbench.templates.nodes import Entry, Table
from sandbox_app.workbench.templates.template import (
    CLIENT,
    DOMAIN,
    GROUP,
    RESOURCE_SERVER,
    USER,
    USER_POOL,
    Resource,
    Template,
)
from sandbox_app.workbench.templates.typing import members, untyped

_NAMED_BY = {
    DOMAIN: "Domain",
    RESOURCE_SERVER: "Identifier",
    GROUP: "GroupName",
    USER: "Username",
}
"""The property that is a resource's physical id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One resource, ready to be made: the request in API shape and what Sandbox adds to it.

    `id` is the physical id: pool id, client id, domain, identifier, group name or user name.
    """

    resource: Resource
    id: str
    request: Mapping[str, Any]
    sandbox: Mapping[str, str]

    @property
    def place(self) -> Place:
        """Where the resource stands."""
        return self.resource.place

    def property_place(self, name: str | None) -> Place:
        """Where a property stands, for a message about it; the resource itself if nowhere."""
        renamed = {new: old for old, new in _renames(self.resource.kind).items()}
        for entry in self.resource.properties:
            if entry.key == renamed.get(name or "", name):
                return self.place.below(entry.key, entry.line)
        return self.place


@dataclass(slots=True)
class Identities:
    """Which physical id each logical id stands for, chosen or remembered or made up now."""

    core: Core
    template: Template
    ids: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def reference(self, logical_id: str) -> str | None:
        """What `Ref` yields."""
        return self.ids.get(logical_id)

    def attribute(self, logical_id: str, name: str) -> str | None:
        """What `Fn::GetAtt` yields."""
        physical = self.ids.get(logical_id)
        if physical is None:
            return None
        kind = self.kinds[logical_id]
        if kind == USER_POOL:
            return _pool_attribute(physical, name)
        if kind == CLIENT and name in ("ClientId", "Name"):
            return physical
        if kind == CLIENT and name == "ClientSecret":
            client = self.core.store.clients.get(physical)
            secrets = client.client_secrets if client is not None else ()
            return secrets[0].client_secret_value if secrets else None
        return None


def wanted_of(template: Template, core: Core) -> tuple[Wanted, ...]:
    """Every resource of the template as a request, in the order they can be made.

    Raises:
        TemplateError: a name, property or value that cannot be understood, at its line.
    """
    identities = Identities(core, template)
    scope = Scope(template.parameters, identities.reference, identities.attribute)
    wanted: list[Wanted] = []
    for resource in template.resources:
        sandbox = _sandbox(resource, scope)
        request = _request(resource, scope)
        physical = _identity(resource, request, sandbox, identities)
        identities.ids[resource.logical_id] = physical
        identities.kinds[resource.logical_id] = resource.kind
        wanted.append(Wanted(resource, physical, request, sandbox))
    return tuple(wanted)


def _request(resource: Resource, scope: Scope) -> dict[str, Any]:
    resolved = resolve(resource.properties, scope, resource.place)
    assert isinstance(resolved, Table)
    renames = _renames(resource.kind)
    renamed = Table(
        tuple(
            Entry(renames.get(entry.key, entry.key), entry.value, entry.line) for entry in resolved
        ),
        resolved.line,
    )
    kept = dialect.WITHOUT_EFFECT.get(resource.kind, frozenset())
    shape = shapes.input_members(dialect.OPERATION[resource.kind])
    request = members(renamed, shape, resource.place, kept)
    if resource.kind == USER_POOL:
        request.setdefault("PoolName", resource.logical_id)
    if resource.kind == CLIENT:
        request.setdefault("ClientName", resource.logical_id)
    if resource.kind == GROUP:
        request.setdefault("GroupName", resource.logical_id)
    return request


def _sandbox(resource: Resource, scope: Scope) -> dict[str, str]:
    place = resource.place.below("Metadata.Sandbox", resource.sandbox.line)
    resolved = resolve(resource.sandbox, scope, place)
    assert resolved is not None
    said = untyped(resolved, place)
    allowed = dialect.SANDBOX.get(resource.kind, frozenset())
    for entry in resource.sandbox:
        if entry.key not in allowed:
            words = ", ".join(sorted(allowed)) or "nothing"
            raise TemplateError(place.below(entry.key, entry.line), f"Sandbox knows {words} here")
    return said


def _identity(
    resource: Resource,
    request: Mapping[str, Any],
    sandbox: Mapping[str, str],
    identities: Identities,
) -> str:
    if resource.kind in (USER_POOL, CLIENT):
        chosen = sandbox.get("Id" if resource.kind == USER_POOL else "ClientId")
        return chosen or _remembered_or_new(resource, identities)
    named_by = _NAMED_BY.get(resource.kind)
    if named_by is None:
        return f"{request.get('GroupName')}/{request.get('Username')}"
    if named_by not in request:
        raise TemplateError(resource.place, f"{named_by} is needed here")
    return str(request[named_by])


def _remembered_or_new(resource: Resource, identities: Identities) -> str:
    store = identities.core.store
    remembered = store.imports.get(identities.template.file, resource.logical_id, resource.kind)
    if resource.kind == USER_POOL:
        if remembered is not None and store.pools.get(remembered) is not None:
            return remembered
        return new_pool_id(identities.core.region)
    if remembered is not None and store.clients.get(remembered) is not None:
        return remembered
    return new_client_id()


def _renames(kind: str) -> Mapping[str, str]:
    return dialect.RENAMED.get(kind, {})


def _pool_attribute(pool_id: str, name: str) -> str | None:
    region = pool_id.partition("_")[0]
    provider = f"cognito-idp.{region}.amazonaws.com/{pool_id}"
    return {
        "Arn": f"arn:aws:cognito-idp:{region}:123456789012:userpool/{pool_id}",
        "ProviderName": provider,
        "ProviderURL": f"https://{provider}",
        "UserPoolId": pool_id,
    }.get(name)
