"""Whom an app speaks of: its client, proven by the secret hash, and the user it names."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    NotAuthorizedException,
    ResourceNotFoundException,
    UserNotFoundException,
)
from sandbox_app.operations.sign_in_names import find_user, folded

_NO_USER = "Username/client id combination not found."


@dataclass(frozen=True, slots=True)
class Caller:
    """An app's client and its pool."""

    client: UserPoolClient
    pool: UserPool


def caller_of(core: Core, request: Mapping[str, Any]) -> Caller:
    """The client that `ClientId` names, once `SecretHash` proves it where it has a secret.

    Raises:
        ResourceNotFoundException: there is no such client.
        NotAuthorizedException: the secret hash is missing or wrong.
    """
    client_id = request["ClientId"]
    client = core.store.clients.get(client_id)
    pool = core.store.pools.get(client.user_pool_id) if client is not None else None
    if client is None or pool is None:
        raise ResourceNotFoundException(
            f"User pool client {client_id} does not exist.", field="ClientId"
        )
    _check_secret_hash(client, request)
    return Caller(client, pool)


def secret_hash(secret: str, username: str, client_id: str) -> str:
    """HMAC-SHA256 over user name and client id, in base64. Source: the API's own reference."""
    message = f"{username}{client_id}".encode(errors="surrogatepass")
    return base64.b64encode(hmac.digest(secret.encode(), message, hashlib.sha256)).decode()


def user_named(core: Core, caller: Caller, typed: str) -> User | None:
    """The user an app names; `None` for an unknown one that the client is not told of.

    Raises:
        UserNotFoundException: there is none, and the client may know (contract users 4).
    """
    user = find_user(core, caller.pool, typed)
    if user is None and not caller.client.hides_unknown_users:
        raise UserNotFoundException(_NO_USER, field="Username")
    return user


def stand_in(pool: UserPool, typed: str) -> str:
    """What tries are counted under for a name that is no user's, so that it looks like one."""
    key = folded(pool, typed).encode(errors="surrogatepass")
    return f"?{hashlib.sha256(key).hexdigest()}"


def _check_secret_hash(client: UserPoolClient, request: Mapping[str, Any]) -> None:
    given = request.get("SecretHash")
    if client.confidential and given is None:
        raise NotAuthorizedException(
            f"Client {client.client_id} is configured with secret but SECRET_HASH was not received",
            field="SecretHash",
        )
    if given is None:
        return
    wanted = [
        secret_hash(one.client_secret_value, request["Username"], client.client_id)
        for one in client.client_secrets
    ]
    # Every secret is looked at, whichever it is.
    if sum(hmac.compare_digest(one.encode(), given.encode()) for one in wanted) == 0:
        raise NotAuthorizedException(
            f"Unable to verify secret hash for client {client.client_id}", field="SecretHash"
        )
