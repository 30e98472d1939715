"""A template taken apart: its parameters, and its resources in the order they can be made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Table, read

USER_POOL = "AWS::Cognito::UserPool"
DOMAIN = "AWS::Cognito::UserPoolDomain"
RESOURCE_SERVER = "AWS::Cognito::UserPoolResourceServer"
CLIENT = "AWS::Cognito::UserPoolClient"
GROUP = "AWS::Cognito::UserPoolGroup"
USER = "AWS::Cognito::UserPoolUser"
ATTACHMENT = "AWS::Cognito::UserPoolUserToGroupAttachment"

ORDER = (USER_POOL, DOMAIN, RESOURCE_SERVER, CLIENT, GROUP, USER, ATTACHMENT)
"""Each kind needs only kinds before it: clients name scopes of resource servers, and so on."""

_NOT_READ = {
    f"AWS::Cognito::{name}"
    for name in (
        "IdentityPool",
        "IdentityPoolPrincipalTag",
        "IdentityPoolRoleAttachment",
        "LogDeliveryConfiguration",
        "ManagedLoginBranding",
        "Terms",
        "UserPoolIdentityProvider",
        "UserPoolRiskConfigurationAttachment",
        "UserPoolUICustomizationAttachment",
    )
}
"""Kinds of the same service that are passed over; any other name in it is a slip of the pen."""

_PARTS = {
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Globals",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource that is read here; `sandbox` is its `Metadata: {Sandbox: …}`, if any."""

    logical_id: str
    kind: str
    properties: Table
    sandbox: Table
    place: Place


@dataclass(frozen=True, slots=True)
class Template:
    """One file, read.

    `source` tells the file from others, however it is named; `lists` are the parameters that are
    lists; `others` are the logical ids of resources of kinds that mean nothing to a user pool here.
    """

    file: str
    source: str
    parameters: Mapping[str, str]
    lists: frozenset[str]
    resources: tuple[Resource, ...]
    others: tuple[str, ...]


def load(path: Path, given: Mapping[str, str], region: str) -> Template:
    """Read a template file with parameter values from outside.

    Raises:
        TemplateError: anything that keeps it from being understood, with its line.
        OSError: the file cannot be read.
    """
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TemplateError(Place(file, 1), "the file is not UTF-8 text") from None
    return parse(text, file, given, region, source=str(path.resolve()))


def parse(
    text: str, file: str, given: Mapping[str, str], region: str, *, source: str = ""
) -> Template:
    """Read a template from its text; `file` is only for messages."""
    root = read(text, file)
    for entry in root:
        if entry.key not in _SECTIONS:
            raise TemplateError(Place(file, entry.line), f"{entry.key} is no part of a template")
    found = root.get("Resources")
    if not isinstance(found, Table) or not found.entries:
        raise TemplateError(Place(file, root.line), "there is no table Resources")
    known: list[Resource] = []
    others: list[str] = []
    for entry in found:
        place = Place(file, entry.line, entry.key)
        kind = _kind(entry.value, place)
        if kind.startswith("AWS::Cognito::") and kind not in {*ORDER, *_NOT_READ}:
            raise TemplateError(place.below("Type"), f"there is no kind {kind}")
        if kind in ORDER:
            known.append(_resource(entry.key, kind, entry.value, place))
        else:
            others.append(entry.key)
    declared = root.get("Parameters") or Table((), root.line)
    if not isinstance(declared, Table):
        raise TemplateError(Place(file, declared.line, "Parameters"), "a table is expected")
    values = {**_pseudo(region), **_parameters(declared, given, file)}
    lists = frozenset(entry.key for entry in declared if _is_list(entry.value))
    return Template(file, source or file, values, lists, tuple(_ordered(known)), tuple(others))


def _ordered(resources: list[Resource]) -> Iterator[Resource]:
    for kind in ORDER:
        yield from (resource for resource in resources if resource.kind == kind)


def _kind(node: Node, place: Place) -> str:
    kind = node.get("Type") if isinstance(node, Table) else None
    if not isinstance(kind, Scalar):
        raise TemplateError(place, "a resource needs a Type")
    return kind.text


def _resource(logical_id: str, kind: str, node: Node, place: Place) -> Resource:
    assert isinstance(node, Table)
    for entry in node:
        if entry.key not in _PARTS:
            reason = "conditions are not read here"
            if entry.key != "Condition":
                reason = "no such part of a resource"
            raise TemplateError(place.below(entry.key, entry.line), reason)
    properties = node.get("Properties") or Table((), node.line)
    if not isinstance(properties, Table):
        raise TemplateError(place.below("Properties"), "a table of properties is expected")
    metadata = node.get("Metadata")
    sandbox = metadata.get("Sandbox") if isinstance(metadata, Table) else None
    if sandbox is not None and not isinstance(sandbox, Table):
        raise TemplateError(place.below("Metadata.Sandbox", sandbox.line), "a table is expected")
    return Resource(logical_id, kind, properties, sandbox or Table((), node.line), place)


def _pseudo(region: str) -> dict[str, str]:
    return {
        "AWS::Region": region,
        "AWS::AccountId": "123456789012",
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
        "AWS::StackName": "sandbox",
        "AWS::StackId": f"arn:aws:cloudformation:{region}:123456789012:stack/sandbox/sandbox",
    }


def _parameters(declared: Table, given: Mapping[str, str], file: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for entry in declared:
        place = Place(file, entry.line, f"Parameters.{entry.key}")
        default = entry.value.get("Default") if isinstance(entry.value, Table) else None
        value = given.get(entry.key)
        if value is None:
            value = _default(default)
        if value is None:
            raise TemplateError(
                place, f"no value: give one with --parameter {entry.key}=… or a Default"
            )
        values[entry.key] = value
    for name in given:
        if name not in values:
            raise TemplateError(Place(file, declared.line), f"there is no parameter {name}")
    return values


def _is_list(node: Node) -> bool:
    kind = node.get("Type") if isinstance(node, Table) else None
    return isinstance(kind, Scalar) and kind.text.startswith(("List<", "CommaDelimitedList"))


def _default(node: Node | None) -> str | None:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return ",".join(item.text for item in node.items if isinstance(item, Scalar))
    return None
