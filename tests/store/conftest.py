"""A store on a real file, and records to put into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import AuthorizationCode, BrowserSession, RefreshGrant
from sandbox_app.domain.records.pools import Group, UserPool
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.store import Store

Make = Callable[..., Any]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace.sqlite"


@pytest.fixture
def store(workspace: Path) -> Iterator[Store]:
    opened = Store.open(workspace)
    yield opened
    opened.close()


@pytest.fixture
def a_pool() -> Make:
    def make(pool_id: str = "eu-west-1_One", **values: Any) -> UserPool:
        values = {"name": "demo", "creation_date": 1.5, "last_modified_date": 2.5} | values
        return UserPool(id=pool_id, **values)

    return make


@pytest.fixture
def a_client() -> Make:
    def make(client_id: str = "c1", pool_id: str = "eu-west-1_One", **values: Any) -> Any:
        values = {"client_name": "web", "creation_date": 1.0, "last_modified_date": 1.0} | values
        return UserPoolClient(client_id=client_id, user_pool_id=pool_id, **values)

    return make


@pytest.fixture
def a_group() -> Make:
    def make(name: str = "admins", pool_id: str = "eu-west-1_One") -> Group:
        return Group(
            group_name=name, user_pool_id=pool_id, creation_date=1.0, last_modified_date=1.0
        )

    return make


@pytest.fixture
def a_user() -> Make:
    def make(name: str = "alice", pool_id: str = "eu-west-1_One", **values: Any) -> User:
        sub = f"sub-{name}"
        usual: dict[str, Any] = {
            "sub": sub,
            "status": UserStatus.CONFIRMED,
            "enabled": True,
            "creation_date": 1.0,
            "last_modified_date": 2.0,
            "attributes": {"sub": sub, "email": f"{name}@example.com"},
        }
        return User(user_pool_id=pool_id, username=name, **(usual | values))

    return make


@pytest.fixture
def a_code() -> Make:
    def make(code: str = "code-1", **values: Any) -> AuthorizationCode:
        usual: dict[str, Any] = {
            "user_pool_id": "eu-west-1_One",
            "client_id": "c1",
            "sub": "sub-alice",
            "redirect_uri": "https://app.example/callback",
            "scopes": ("openid", "email"),
            "issued_at": 100.25,
            "expires_at": 400.25,
            "auth_time": 100,
            "login_id": "login-1",
        }
        return AuthorizationCode(code=code, **(usual | values))

    return make


@pytest.fixture
def a_grant() -> Make:
    def make(fingerprint: str = "f1", **values: Any) -> RefreshGrant:
        usual: dict[str, Any] = {
            "user_pool_id": "eu-west-1_One",
            "client_id": "c1",
            "sub": "sub-alice",
            "family": "family-1",
            "scopes": ("openid",),
            "issued_at": 100.0,
            "expires_at": 1000.0,
            "auth_time": 99,
            "login_id": "login-1",
            "event_id": "event-1",
        }
        return RefreshGrant(fingerprint=fingerprint, **(usual | values))

    return make


@pytest.fixture
def a_session() -> Make:
    def make(
        cookie_hash: str = "h1", pool_id: str = "eu-west-1_One", **values: Any
    ) -> BrowserSession:
        values = {"sub": "sub-alice", "started_at": 10.0, "login_id": "login-1"} | values
        return BrowserSession(cookie_hash=cookie_hash, user_pool_id=pool_id, **values)

    return make


@pytest.fixture
def an_exchange() -> Callable[..., tuple[Exchange, ExchangeDetail]]:
    def make(
        exchange_id: str = "e1", path: str = "/oauth2/token", body: bytes = b"\x00\xff"
    ) -> tuple[Exchange, ExchangeDetail]:
        message = Message(headers=(("Host", "localhost"), ("A", "\udcff")), body=body, size=99)
        exchange = Exchange(
            id=exchange_id,
            started_at=1.5,
            duration=2.25,
            method="POST",
            path=path,
            status=400,
            grant="authorization_code",
            rule="TC-4",
        )
        detail = ExchangeDetail(
            exchange_id=exchange_id,
            target=path,
            http_version="1.1",
            peer="127.0.0.1",
            origin="http://localhost:9400",
            request=message,
            response=Message(),
            checks=(Check("TC-1", Verdict.PASSED), Check("TC-4", Verdict.REFUSED, "a", "b", "c")),
            because="the verifier is wrong",
        )
        return exchange, detail

    return make
