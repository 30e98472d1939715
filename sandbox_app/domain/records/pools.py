"""A user pool and its settings, as CreateUserPool and DescribeUserPool name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox_app.domain.members import member


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy:
    """What a password must look like. Source: contract users 6."""

    minimum_length: int = member("MinimumLength", 8)
    require_uppercase: bool = member("RequireUppercase", True)
    require_lowercase: bool = member("RequireLowercase", True)
    require_numbers: bool = member("RequireNumbers", True)
    require_symbols: bool = member("RequireSymbols", True)
    password_history_size: int | None = member("PasswordHistorySize", None)
    temporary_password_validity_days: int = member("TemporaryPasswordValidityDays", 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The pool's policies; only the password policy governs anything so far."""

    password_policy: PasswordPolicy = member("PasswordPolicy", factory=PasswordPolicy)
    sign_in_policy: Mapping[str, Any] | None = member("SignInPolicy", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsernameConfiguration:
    """Whether user names, e-mail addresses and preferred names are told apart by case."""

    case_sensitive: bool = member("CaseSensitive", True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberConstraints:
    """Bounds of a number attribute, kept as the texts the API carries."""

    min_value: str | None = member("MinValue", None)
    max_value: str | None = member("MaxValue", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StringConstraints:
    """Length bounds of a string attribute, kept as the texts the API carries."""

    min_length: str | None = member("MinLength", None)
    max_length: str | None = member("MaxLength", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaAttribute:
    """One attribute of the pool's schema; custom ones are stored with their `custom:` prefix."""

    name: str = member("Name")
    attribute_data_type: str = member("AttributeDataType", "String")
    developer_only_attribute: bool = member("DeveloperOnlyAttribute", False)
    mutable: bool = member("Mutable", True)
    required: bool = member("Required", False)
    string_attribute_constraints: StringConstraints | None = member(
        "StringAttributeConstraints", None
    )
    number_attribute_constraints: NumberConstraints | None = member(
        "NumberAttributeConstraints", None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCreateUserConfig:
    """Who may create users; the message template waits for the outbox."""

    allow_admin_create_user_only: bool = member("AllowAdminCreateUserOnly", False)
    unused_account_validity_days: int | None = member("UnusedAccountValidityDays", None)
    invite_message_template: Mapping[str, Any] | None = member("InviteMessageTemplate", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSandbox:
    """What the real service has no setting for.

    `issuer` is `local` (follows the request), `aws` or a fixed URL; `advertise_pkce` adds the
    member that the real discovery document lacks (DC-1).
    """

    issuer: str = member("Issuer", "local")
    advertise_pkce: bool = member("AdvertisePkce", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPool:
    """A user pool. Dates are seconds since 1970-01-01 UTC, as the JSON API sends them.

    `kept` holds members of the API that are stored and given back but govern nothing here yet.
    `attached` holds what a template attaches to a pool and nothing here acts on: properties by
    kind of resource (`AWS::Cognito::…`) and logical id.
    """

    id: str = member("Id")
    name: str = member("Name")
    creation_date: float = member("CreationDate")
    last_modified_date: float = member("LastModifiedDate")
    policies: Policies = member("Policies", factory=Policies)
    deletion_protection: str = member("DeletionProtection", "INACTIVE")
    schema_attributes: tuple[SchemaAttribute, ...] = member("SchemaAttributes", ())
    auto_verified_attributes: tuple[str, ...] = member("AutoVerifiedAttributes", ())
    alias_attributes: tuple[str, ...] = member("AliasAttributes", ())
    username_attributes: tuple[str, ...] = member("UsernameAttributes", ())
    username_configuration: UsernameConfiguration = member(
        "UsernameConfiguration", factory=UsernameConfiguration
    )
    mfa_configuration: str = member("MfaConfiguration", "OFF")
    admin_create_user_config: AdminCreateUserConfig = member(
        "AdminCreateUserConfig", factory=AdminCreateUserConfig
    )
    user_pool_tier: str = member("UserPoolTier", "ESSENTIALS")
    user_pool_tags: Mapping[str, str] | None = member("UserPoolTags", None)
    kept: Mapping[str, Any] = member("Kept", factory=dict)
    attached: Mapping[str, Mapping[str, Mapping[str, Any]]] = member("Attached", factory=dict)
    sandbox: PoolSandbox = member("Sandbox", factory=PoolSandbox)

    @property
    def region(self) -> str:
        """The AWS region, which is the part of the id before the underscore."""
        return self.id.partition("_")[0]

    @property
    def case_sensitive(self) -> bool:
        """Whether `Alice` and `alice` are two people. Source: contract users 1."""
        return self.username_configuration.case_sensitive

    @property
    def provider_names(self) -> frozenset[str]:
        """The identity providers attached to the pool; nobody signs in through one here yet."""
        providers = self.attached.get("AWS::Cognito::UserPoolIdentityProvider", {})
        return frozenset(str(shape["ProviderName"]) for shape in providers.values())

    def attribute(self, name: str) -> SchemaAttribute | None:
        """The schema's entry for `name`, if the pool knows that attribute."""
        return next((item for item in self.schema_attributes if item.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPoolDomain:
    """The prefix domain of a pool, the part before `.auth.…`; a pool has pages only with one."""

    domain: str = member("Domain")
    user_pool_id: str = member("UserPoolId")
    managed_login_version: int = member("ManagedLoginVersion", 1)
    custom_domain_config: Mapping[str, Any] | None = member("CustomDomainConfig", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceServerScope:
    """One custom scope of a resource server, without the server's identifier in front."""

    scope_name: str = member("ScopeName")
    scope_description: str = member("ScopeDescription")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceServer:
    """An API with its custom scopes; a full scope reads `{identifier}/{scope_name}`."""

    user_pool_id: str = member("UserPoolId")
    identifier: str = member("Identifier")
    name: str = member("Name")
    scopes: tuple[ResourceServerScope, ...] = member("Scopes", ())

    @property
    def full_scopes(self) -> frozenset[str]:
        """Every scope as a token carries it."""
        return frozenset(f"{self.identifier}/{scope.scope_name}" for scope in self.scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of users; a lower precedence wins and `None` comes last. Source: contract users 9."""

    group_name: str = member("GroupName")
    user_pool_id: str = member("UserPoolId")
    creation_date: float = member("CreationDate")
    last_modified_date: float = member("LastModifiedDate")
    description: str | None = member("Description", None)
    role_arn: str | None = member("RoleArn", None)
    precedence: int | None = member("Precedence", None)


@dataclass(frozen=True, slots=True)
class Membership:
    """One user in one group, with the moment it began; tokens list groups in that order."""

    user_pool_id: str
    group_name: str
    sub: str
    since: float = field(default=0.0)
