"""What a template asks for: each resource as an API request, its identity settled beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.tokens.identifiers import new_client_id, new_pool_id
from sandbox_app.workbench.templates import dialect, placeholders
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.exports import Exports
from sandbox_app.workbench.templates.intrinsics import resolve
from sandbox_app.workbench.templates.kinds import (
    ATTACHED,
    ATTACHMENT,
    CLIENT,
    DOMAIN,
    GROUP,
    IDENTITY_PROVIDER,
    RESOURCE_SERVER,
    USER,
    USER_POOL,
)
from sandbox_app.workbench.templates.nodes import Scalar, Table
from sandbox_app.workbench.templates.properties import (
    renames,
    request_of,
    resolved_properties,
)
from sandbox_app.workbench.templates.scope import Notes, Scope
from sandbox_app.workbench.templates.spotting import spot
from sandbox_app.workbench.templates.template import Resource, Template
from sandbox_app.workbench.templates.typing import untyped

_NAMED_BY = {
    DOMAIN: "Domain",
    RESOURCE_SERVER: "Identifier",
    GROUP: "GroupName",
    USER: "Username",
    IDENTITY_PROVIDER: "ProviderName",
}
"""The property that is a resource's physical id."""

_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """One resource, ready to be made: the request in API shape and what Sandbox adds to it.

    `id` is the physical id: pool id, client id, domain, resource server identifier, group name
    or user name. `remembered` is what it was when this template was imported last. `aside` are
    properties that govern nothing here and that the request has no member for. `properties` are
    all of them, with every function resolved.
    """

    resource: Resource
    id: str
    request: Mapping[str, Any]
    sandbox: Mapping[str, str]
    remembered: str | None
    aside: Mapping[str, Any] = field(default_factory=dict)
    properties: Table = field(default_factory=lambda: Table((), 1))

    @property
    def place(self) -> Place:
        """Where the resource stands."""
        return self.resource.place

    def place_of(self, error: ApiError) -> Place:
        """Where the fault stands that an error speaks of; the resource itself if nowhere."""
        name = error.field
        renamed = {new: old for old, new in renames(self.resource.kind).items()}
        for entry in self.properties:
            if entry.key in (name, renamed.get(name or "")):
                return spot(entry, self.place.below(entry.key, entry.line), error)
        for entry in self.resource.sandbox:
            if entry.key == name:
                return _sandbox_place(self.resource).below(entry.key, entry.line)
        return self.place


def wanted_of(template: Template, core: Core, exports: Exports | None = None) -> tuple[Wanted, ...]:
    """Every resource of the template as a request, in the order they can be made.

    Args:
        exports: what other templates hand it, and it hands on.

    Raises:
        TemplateError: a name, property or value that cannot be understood, at its line.
    """
    exports = exports or Exports(core)
    reading = _Reading(template, core, exports)
    wanted = tuple(reading.settled(resource) for resource in template.resources)
    exports.take(template.outputs, reading.scope, template.file, template.notes)
    _refuse_doubles(wanted)
    return wanted


class _Reading:
    """Settles resources in whatever order their references need."""

    def __init__(self, template: Template, core: Core, exports: Exports) -> None:
        self._template = template
        self._core = core
        self._resources = {item.logical_id: item for item in template.resources}
        self._settled: dict[str, Wanted] = {}
        self._open: list[str] = []
        self._skipped = {item.logical_id: item for item in template.skipped}
        values = template.values
        self.scope = Scope(
            values.texts,
            values.lists,
            values.unknown,
            values.secret,
            template.mappings,
            self._reference,
            self._attribute,
            template.conditions.holds,
            template.names,
            exports.find,
        )

    def settled(self, resource: Resource) -> Wanted:
        """The resource with everything in it resolved."""
        if (known := self._settled.get(resource.logical_id)) is not None:
            return known
        self._open.append(resource.logical_id)
        notes = self._template.notes
        sandbox = _sandbox(resource, self.scope, notes)
        properties = resolved_properties(resource, self.scope, notes)
        request, aside = request_of(resource, properties)
        wanted = self._identified(resource, request, sandbox, aside, properties)
        self._open.pop()
        self._settled[resource.logical_id] = wanted
        return wanted

    def _reference(self, logical_id: str, place: Place) -> str | Scalar | None:
        wanted = self._referred(logical_id, place)
        return self._stand_in(logical_id, "", place) if wanted is None else wanted.id

    def _attribute(self, logical_id: str, name: str, place: Place) -> str | Scalar | None:
        wanted = self._referred(logical_id, place)
        if wanted is None:
            return self._stand_in(logical_id, name, place)
        if wanted.resource.kind == USER_POOL:
            return _pool_attribute(wanted.id, name)
        if wanted.resource.kind == CLIENT:
            return self._client_attribute(wanted, name, place)
        if wanted.resource.kind == DOMAIN and name == "CloudFrontDistribution":
            return placeholders.of_resource(logical_id, DOMAIN, name, self.scope.region, place.line)
        return None

    def _stand_in(self, logical_id: str, name: str, place: Place) -> Scalar | None:
        """What stands for a resource that is passed over."""
        kind = "AWS::Serverless"
        if (skipped := self._skipped.get(logical_id)) is not None:
            if skipped.condition is not None:
                raise TemplateError(
                    place,
                    f"{logical_id} is not made: its condition {skipped.condition} does not hold",
                )
            kind = skipped.kind
        elif not self._template.generates(logical_id):
            return None
        return placeholders.of_resource(logical_id, kind, name, self.scope.region, place.line)

    def _referred(self, logical_id: str, place: Place) -> Wanted | None:
        resource = self._resources.get(logical_id)
        if resource is None:
            return None
        if logical_id in self._open:
            circle = " → ".join([*self._open[self._open.index(logical_id) :], logical_id])
            raise TemplateError(place, f"the references go in a circle: {circle}")
        if len(self._open) > _DEEPEST:
            raise TemplateError(place, "the references go too deep")
        return self.settled(resource)

    def _client_attribute(self, wanted: Wanted, name: str, place: Place) -> str | Scalar | None:
        if name == "ClientSecret":
            client = self._core.store.clients.get(wanted.id)
            secrets = client.client_secrets if client is not None else ()
            text = secrets[0].client_secret_value if secrets else None
            text = wanted.sandbox.get(name) or text
            return None if text is None else Scalar(text, place.line, secret=True)
        return {"ClientId": wanted.id, "Name": str(wanted.request["ClientName"])}.get(name)

    def _identified(
        self,
        resource: Resource,
        request: Mapping[str, Any],
        sandbox: Mapping[str, str],
        aside: Mapping[str, Any],
        properties: Table,
    ) -> Wanted:
        remembered = self._core.store.imports.get(
            self._template.source, resource.logical_id, resource.kind
        )
        if resource.kind == USER_POOL:
            physical = sandbox.get("Id") or self._pool_id(remembered)
        elif resource.kind == CLIENT:
            physical = sandbox.get("ClientId") or self._client_id(remembered, request)
        elif resource.kind == ATTACHMENT:
            physical = f"{request.get('GroupName')}/{request.get('Username')}"
        elif resource.kind in ATTACHED and resource.kind not in _NAMED_BY:
            names = (request.get(name) for name in ("UserPoolId", "ClientId", "TermsName"))
            physical = "/".join(str(name) for name in names if name is not None)
        else:
            named_by = _NAMED_BY[resource.kind]
            if named_by not in request:
                raise TemplateError(resource.place, f"{named_by} is needed here")
            physical = str(request[named_by])
        return Wanted(resource, physical, request, sandbox, remembered, aside, properties)

    def _pool_id(self, remembered: str | None) -> str:
        if remembered is not None and self._core.store.pools.get(remembered) is not None:
            return remembered
        return new_pool_id(self._core.region)

    def _client_id(self, remembered: str | None, request: Mapping[str, Any]) -> str:
        client = self._core.store.clients.get(remembered) if remembered is not None else None
        if client is not None and client.user_pool_id == request.get("UserPoolId"):
            return client.client_id
        return new_client_id()


def _refuse_doubles(wanted: Iterable[Wanted]) -> None:
    """Two resources that are the same thing would overwrite each other at every import."""
    first: dict[tuple[str, str, str], str] = {}
    for item in wanted:
        kind, logical_id = item.resource.kind, item.resource.logical_id
        if kind == ATTACHMENT:
            continue
        pool_id = "" if kind in (USER_POOL, CLIENT, DOMAIN) else item.request.get("UserPoolId", "")
        before = first.setdefault((kind, pool_id, item.id), logical_id)
        if before != logical_id:
            raise TemplateError(item.place, f"{before} is {item.id} already")


def _sandbox(resource: Resource, scope: Scope, notes: Notes) -> dict[str, str]:
    place = _sandbox_place(resource)
    resolved = resolve(resource.sandbox, scope, place)
    if not isinstance(resolved, Table):
        raise TemplateError(place, "a table is expected")
    allowed = dialect.SANDBOX.get(resource.kind, frozenset())
    for entry in resolved:
        if entry.key not in allowed:
            words = ", ".join(sorted(allowed)) or "nothing"
            raise TemplateError(place.below(entry.key, entry.line), f"Sandbox knows {words} here")
    placeholders.check(resolved, allowed, place, notes)
    return untyped(resolved, place)


def _sandbox_place(resource: Resource) -> Place:
    return resource.place.below("Metadata.Sandbox", resource.sandbox.line)


def _pool_attribute(pool_id: str, name: str) -> str | None:
    region = pool_id.partition("_")[0]
    provider = f"cognito-idp.{region}.amazonaws.com/{pool_id}"
    return {
        "Arn": f"arn:aws:cognito-idp:{region}:123456789012:userpool/{pool_id}",
        "ProviderName": provider,
        "ProviderURL": f"https://{provider}",
        "UserPoolId": pool_id,
    }.get(name)
