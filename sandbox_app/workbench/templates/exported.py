"""Records as properties of a template: Cognito's names, and only what is not the default."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.members import to_members
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import (
    Group,
    ResourceServer,
    SchemaAttribute,
    StringConstraints,
    UserPool,
    UserPoolDomain,
)
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations.standard_attributes import STANDARD_NAMES, standard_schema

Properties = dict[str, Any]

_NOT_A_PROPERTY = frozenset(
    {
        "Id",
        "ClientId",
        "CreationDate",
        "LastModifiedDate",
        "ClientSecrets",
        "Kept",
        "Attached",
        "Sandbox",
    }
)
_PREFIXES = ("custom:", "dev:")


@dataclass(frozen=True, slots=True)
class Exported:
    """One resource of the template to be; `needs` are resources it names without a reference."""

    logical_id: str
    kind: str
    properties: Properties
    sandbox: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    needs: tuple[str, ...] = ()

    def shape(self) -> dict[str, Any]:
        """The resource as a template holds it."""
        shape: dict[str, Any] = {"Type": self.kind}
        if self.needs:
            shape["DependsOn"] = list(self.needs)
        if self.sandbox:
            shape["Metadata"] = {"Sandbox": dict(self.sandbox)}
        if self.properties:
            shape["Properties"] = self.properties
        return shape


def pool_properties(pool: UserPool) -> Properties:
    """The pool's settings; the schema says what differs from the standard one."""
    shape = _not_default(pool)
    name = shape.pop("Name")
    shape.pop("SchemaAttributes", None)
    schema = _schema(pool)
    return {"UserPoolName": name, **({"Schema": schema} if schema else {}), **shape, **pool.kept}


def pool_sandbox(pool: UserPool) -> dict[str, Any]:
    """The pool's id, and the settings that the real service does not have."""
    return {"Id": pool.id, **_not_default(pool.sandbox)}


def inexpressible(pool: UserPool) -> frozenset[str]:
    """Custom attributes named like a standard one, which a template's schema would redefine."""
    standard = (f"{prefix}{name}" for prefix in _PREFIXES for name in STANDARD_NAMES)
    return frozenset(standard) & {item.name for item in pool.schema_attributes}


def client_properties(client: UserPoolClient, pool: Any, lost: frozenset[str]) -> Properties:
    """The client's settings; attributes in `lost` are not in the exported pool."""
    shape = _not_default(client)
    shape.pop("UserPoolId")
    for name in ("ReadAttributes", "WriteAttributes"):
        if name in shape:
            shape[name] = [item for item in shape[name] if item not in lost]
    secret = {"GenerateSecret": True} if client.client_secrets else {}
    return {"ClientName": shape.pop("ClientName"), "UserPoolId": pool, **secret, **shape} | {
        **client.kept
    }


def client_sandbox(client: UserPoolClient, *, secrets: bool) -> dict[str, Any]:
    """The client's id and, if asked for, its one or two secrets."""
    names = ("ClientSecret", "SecondSecret")
    held = (secret.client_secret_value for secret in client.client_secrets) if secrets else ()
    return {
        "ClientId": client.client_id,
        **dict(zip(names, held, strict=False)),
        **_not_default(client.sandbox),
    }


def part_properties(part: UserPoolDomain | ResourceServer | Group, pool: Any) -> Properties:
    """The settings of a domain, resource server or group."""
    shape = _not_default(part)
    return {name: pool if name == "UserPoolId" else value for name, value in shape.items()}


def user_properties(user: User, name: str, pool: Any, lost: frozenset[str]) -> Properties:
    """The user's attributes by name; `name` is what they are created with."""
    listed = [
        {"Name": attribute, "Value": value}
        for attribute, value in sorted(user.attributes.items())
        if attribute != "sub" and attribute not in lost
    ]
    shape: Properties = {"Username": name, "UserPoolId": pool}
    return {**shape, "UserAttributes": listed} if listed else shape


def user_sandbox(user: User, *, secrets: bool) -> dict[str, Any]:
    """What the API cannot choose about a user; the password as hash and verifier."""
    shape: dict[str, Any] = {"Sub": user.sub}
    usual = UserStatus.FORCE_CHANGE_PASSWORD
    if secrets and user.password is not None:
        shape["PasswordSecret"] = password_text(user.password)
        usual = UserStatus.CONFIRMED
    if user.status is not usual:
        shape["Status"] = str(user.status)
    if not user.enabled:
        shape["Enabled"] = False
    return shape


def password_text(secret: PasswordSecret) -> str:
    """Hash, salt and verifier in one text, as an import takes it."""
    return f"{secret.argon2id} {secret.srp_salt} {secret.srp_verifier}"


def username_of(pool: UserPool, user: User) -> str | None:
    """The name that creates the user again; `None` where they have none to sign in with."""
    if not pool.username_attributes:
        return user.username
    for attribute in ("email", "phone_number"):
        if attribute in pool.username_attributes and user.attributes.get(attribute):
            return user.attributes[attribute]
    return None


def _schema(pool: UserPool) -> list[dict[str, Any]]:
    standard = {attribute.name: attribute for attribute in standard_schema()}
    lost = inexpressible(pool)
    shapes: list[dict[str, Any]] = []
    for attribute in pool.schema_attributes:
        if (usual := standard.get(attribute.name)) is not None:
            if attribute != usual:
                shapes.append(_redefinition(attribute, usual))
        elif attribute.name not in lost:
            shapes.append(_custom(attribute))
    return shapes


def _redefinition(attribute: SchemaAttribute, usual: SchemaAttribute) -> dict[str, Any]:
    before = to_members(usual)
    changed = {
        name: value for name, value in to_members(attribute).items() if value != before.get(name)
    }
    return {"Name": attribute.name, "AttributeDataType": attribute.attribute_data_type, **changed}


def _custom(attribute: SchemaAttribute) -> dict[str, Any]:
    shape = _not_default(attribute)
    if attribute.string_attribute_constraints == StringConstraints() and (
        attribute.attribute_data_type == "String"
    ):
        shape.pop("StringAttributeConstraints")
    shape.pop("AttributeDataType", None)
    name = attribute.name.partition(":")[2]
    return {
        **shape,
        "Name": name,
        "AttributeDataType": attribute.attribute_data_type,
    }


def _not_default(record: Any) -> dict[str, Any]:
    """The members that differ from what a new record has; nested ones whole."""
    shape = to_members(record)
    for item in dataclasses.fields(record):
        name = item.metadata["member"]
        default = item.default
        if item.default_factory is not dataclasses.MISSING:
            default = item.default_factory()
        if name in _NOT_A_PROPERTY or getattr(record, item.name) == default:
            shape.pop(name, None)
    return shape
