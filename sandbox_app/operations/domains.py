"""The pool's domain: without one a pool has no pages and no OAuth endpoints."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.members import from_members, to_members
from sandbox_app.domain.records.pools import UserPoolDomain
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.finding import pool_of

_RESERVED = ("aws", "amazon", "cognito")
_PREFIX = r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$"


@shapes.checked("CreateUserPoolDomain")
def create_user_pool_domain(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give a pool its domain; the prefix is unique in the workspace."""
    pool = pool_of(core, request)
    if core.store.domains.of_pool(pool.id) is not None:
        raise InvalidParameterException(
            "This user pool already has a domain configured.", field="Domain"
        )
    if core.store.domains.get(request["Domain"]) is not None:
        raise InvalidParameterException(
            "Domain already associated with another user pool.", field="Domain"
        )
    domain = _from_request(request)
    with core.change():
        _save(core, domain, Change.CREATED)
    return {"ManagedLoginVersion": domain.managed_login_version}


@shapes.checked("DescribeUserPoolDomain")
def describe_user_pool_domain(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The domain and its pool; an unknown one is described as nothing, not refused."""
    domain = core.store.domains.get(request["Domain"])
    if domain is None:
        return {"DomainDescription": {}}
    return {"DomainDescription": {**to_members(domain), "Status": "ACTIVE"}}


@shapes.checked("UpdateUserPoolDomain")
def update_user_pool_domain(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Choose another look of the pages; the name stays."""
    before = _domain_of(core, request)
    domain = _from_request(request)
    if domain != before:
        with core.change():
            _save(core, domain, Change.UPDATED)
    return {"ManagedLoginVersion": domain.managed_login_version}


@shapes.checked("DeleteUserPoolDomain")
def delete_user_pool_domain(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take the domain away; the pool's pages and OAuth endpoints go with it."""
    domain = _domain_of(core, request)
    with core.change():
        core.store.domains.remove(domain.domain)
        core.bus.publish(
            ConfigurationChanged(Kind.DOMAIN, Change.DELETED, domain.user_pool_id, domain.domain)
        )
    return {}


def _domain_of(core: Core, request: Mapping[str, Any]) -> UserPoolDomain:
    pool = pool_of(core, request)
    domain = core.store.domains.get(request["Domain"])
    if domain is None or domain.user_pool_id != pool.id:
        raise InvalidParameterException("No such domain or user pool exists.", field="Domain")
    return domain


def _from_request(request: Mapping[str, Any]) -> UserPoolDomain:
    name = request["Domain"]
    if request.get("CustomDomainConfig") is None:
        _check_prefix(name)
    domain = from_members(UserPoolDomain, request)
    if domain.managed_login_version not in (1, 2):
        raise InvalidParameterException(
            "ManagedLoginVersion must be 1 or 2.", field="ManagedLoginVersion"
        )
    return domain


def _check_prefix(prefix: str) -> None:
    """What only a prefix must be; with a certificate the name is a domain of one's own."""
    if "." in prefix:
        raise InvalidParameterException(
            f"1 validation error detected: Value '{prefix}' at 'domain' failed to satisfy "
            f"constraint: Member must satisfy regular expression pattern: {_PREFIX}",
            field="Domain",
        )
    reserved = next((word for word in _RESERVED if word in prefix), None)
    if reserved is not None:
        raise InvalidParameterException(
            f"Domain cannot contain reserved word: {reserved}", field="Domain"
        )


def _save(core: Core, domain: UserPoolDomain, change: Change) -> None:
    core.store.domains.put(domain)
    core.bus.publish(ConfigurationChanged(Kind.DOMAIN, change, domain.user_pool_id, domain.domain))
