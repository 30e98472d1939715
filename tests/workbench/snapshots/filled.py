"""A workspace with something of everything in it, and a look at all that a snapshot holds."""

from typing import Any

from sandbox_app.domain.records.grants import AuthorizationCode, BrowserSession, RefreshGrant
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import domains, groups, resource_servers, user_pool_clients, user_pools
from sandbox_app.operations.core import Core
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.user_storing import store_new_user
from sandbox_app.store import StoredKey
from sandbox_app.store.state import state_tables

POOL, CLIENT = "us-east-1_Snapshots", "client00"
SECRET = PasswordSecret("$argon2id$made-up", "ab", "cd")


def fill(core: Core) -> None:
    user_pools.create_user_pool(
        core, {"PoolName": "demo", "AliasAttributes": ["email"]}, pool_id=POOL
    )
    domains.create_user_pool_domain(core, {"UserPoolId": POOL, "Domain": "demo"})
    user_pool_clients.create_user_pool_client(
        core,
        {"UserPoolId": POOL, "ClientName": "web", "GenerateSecret": True},
        client_id=CLIENT,
    )
    resource_servers.create_resource_server(
        core, {"UserPoolId": POOL, "Identifier": "orders", "Name": "Orders"}
    )
    groups.create_group(core, {"UserPoolId": POOL, "GroupName": "admins", "Precedence": 3})
    for name in ("alice", "bob"):
        add_user(core, name)
    groups.admin_add_user_to_group(
        core, {"UserPoolId": POOL, "Username": "alice", "GroupName": "admins"}
    )
    core.store.sessions.put(a_session("cookie"))
    core.store.codes.add(a_code("code"))
    core.store.refresh_grants.add(a_grant("fingerprint"))
    core.store.keys.add(POOL, StoredKey("kid-1", "id", b"pem", 1.0))


def add_user(core: Core, name: str, **values: Any) -> None:
    pool = pool_of(core, {"UserPoolId": POOL})
    attributes = {"sub": f"sub-{name}", "email": f"{name}@example.com", "email_verified": "true"}
    usual: dict[str, Any] = {"status": UserStatus.CONFIRMED, "attributes": attributes}
    user = User(
        user_pool_id=POOL,
        sub=f"sub-{name}",
        username=name,
        enabled=True,
        creation_date=1.0,
        last_modified_date=1.0,
        password=SECRET,
        **(usual | values),
    )
    store_new_user(core, pool, user)


def a_session(cookie: str) -> BrowserSession:
    return BrowserSession(
        cookie_hash=cookie, user_pool_id=POOL, sub="sub-alice", started_at=1.0, login_id="login"
    )


def a_code(code: str) -> AuthorizationCode:
    return AuthorizationCode(
        code=code,
        user_pool_id=POOL,
        client_id=CLIENT,
        sub="sub-alice",
        redirect_uri="https://app.example/",
        scopes=("openid",),
        issued_at=1.0,
        expires_at=2.0,
        auth_time=1,
        login_id="login",
    )


def a_grant(fingerprint: str) -> RefreshGrant:
    return RefreshGrant(
        fingerprint=fingerprint,
        user_pool_id=POOL,
        client_id=CLIENT,
        sub="sub-alice",
        family="family",
        scopes=("openid",),
        issued_at=1.0,
        expires_at=2.0,
        auth_time=1,
        login_id="login",
        event_id="event",
    )


def record_exchange(core: Core, exchange_id: str) -> None:
    """Let a request have been answered."""
    exchange = Exchange(
        id=exchange_id, started_at=1.0, duration=1.0, method="GET", path="/", status=200
    )
    detail = ExchangeDetail(
        exchange_id=exchange_id,
        target="/",
        http_version="1.1",
        peer="127.0.0.1",
        origin="http://localhost:9400",
        request=Message(body=b"question"),
        response=Message(body=b"answer"),
    )
    core.store.traffic.append(exchange, detail)


def exchanges_of(core: Core) -> list[str]:
    """The ids of everything recorded, newest first."""
    return [row.exchange.id for row in core.store.traffic.page(None, 1000)]


def everything(core: Core) -> dict[str, list[Any]]:
    """All rows that a snapshot holds, those of the table for searching included."""
    connection = core.store._database.connection
    return {
        table.name: connection.execute(
            f"SELECT {', '.join(table.columns)} FROM {table.name} "
            f"ORDER BY {', '.join(table.identity)}"
        ).fetchall()
        for table in state_tables(connection)
        if table.name != "schema_migration"
    }


def in_memory(core: Core) -> dict[str, Any]:
    """The configuration as flows read it, without asking the file."""
    store = core.store
    return {
        pool.id: (
            pool,
            store.clients.of_pool(pool.id),
            store.domains.of_pool(pool.id),
            store.resource_servers.of_pool(pool.id),
            store.groups.of_pool(pool.id),
        )
        for pool in store.pools.all()
    }
