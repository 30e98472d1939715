"""What the store costs a request, in microseconds: `python tests/bench/store_costs.py [users]`."""

import sys
import time
from collections.abc import Callable

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.grants import AuthorizationCode, RefreshGrant
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.domain.records.users import Lockout, User, UserStatus
from sandbox_app.store import Store

POOL = "eu-west-1_Bench"
ROUNDS = 5000


def user(number: int) -> User:
    sub = f"sub-{number:08d}"
    return User(
        user_pool_id=POOL,
        sub=sub,
        username=f"user{number}",
        status=UserStatus.CONFIRMED,
        enabled=True,
        creation_date=1.0,
        last_modified_date=1.0,
        attributes={"sub": sub, "email": f"user{number}@example.com", "name": "A User"},
    )


def code(number: int) -> AuthorizationCode:
    return AuthorizationCode(
        code=f"code-{number}",
        user_pool_id=POOL,
        client_id="client",
        sub="sub-00000000",
        redirect_uri="http://localhost:8080/callback",
        scopes=("openid", "email"),
        issued_at=1.0,
        expires_at=301.0,
        auth_time=1,
        login_id="login",
        code_challenge="x" * 43,
    )


def grant(number: int) -> RefreshGrant:
    return RefreshGrant(
        fingerprint=f"{number * 2654435761 % 2**32:064x}",
        user_pool_id=POOL,
        client_id="client",
        sub="sub-00000000",
        family=f"family-{number}",
        scopes=("openid", "email"),
        issued_at=1.0,
        expires_at=1000.0 + number,
        auth_time=1,
        login_id="login",
        event_id="event",
    )


def exchange(number: int) -> tuple[Exchange, ExchangeDetail]:
    headers = tuple((f"Header-{count}", "the value of a header") for count in range(12))
    message = Message(headers=headers, body=b"x" * 600, size=600)
    checks = tuple(Check(f"TC-{count}", Verdict.PASSED, "got", "expected") for count in range(12))
    key = f"exchange-{number}"
    narrow = Exchange(
        id=key, started_at=1.0, duration=1.0, method="POST", path="/oauth2/token", status=200
    )
    wide = ExchangeDetail(
        exchange_id=key,
        target="/oauth2/token",
        http_version="1.1",
        peer="127.0.0.1",
        origin="http://localhost:9400",
        request=message,
        response=message,
        checks=checks,
    )
    return narrow, wide


def measure(name: str, act: Callable[[int], object], rounds: int = ROUNDS) -> None:
    begun = time.perf_counter()
    for number in range(rounds):
        act(number)
    print(f"{name:34} {(time.perf_counter() - begun) / rounds * 1e6:9.1f} µs")


def main(users: int) -> None:
    store = Store.open(None)
    store.pools.put(UserPool(id=POOL, name="b", creation_date=1.0, last_modified_date=1.0))

    def add(number: int) -> None:
        store.users.add(user(number), f"user{number}")
        email = f"user{number}@example.com"
        store.users.claim_alias(POOL, "email", email, f"sub-{number:08d}")

    def some(number: int) -> int:
        return number * 7919 % users

    with store.transaction():
        measure("add a user with an alias, batched", add, users)
    measure("find a user", lambda n: store.users.find(POOL, f"user{some(n)}"))
    measure(
        "find a user by e-mail",
        lambda n: store.users.find_by_alias(POOL, "email", f"user{some(n)}@example.com"),
    )
    measure(
        "set a lockout",
        lambda n: store.users.set_lockout(POOL, f"sub-{some(n):08d}", Lockout(1, 2.0, 3.0)),
    )
    measure("add a code", lambda n: store.codes.add(code(n)))
    measure("find a code", lambda n: store.codes.find(f"code-{n}"))
    measure("spend a code", lambda n: store.codes.spend(f"code-{n}", 2.0))
    measure("add a refresh token", lambda n: store.refresh_grants.add(grant(n)))
    measure("find a refresh token", lambda n: store.refresh_grants.find(grant(n).fingerprint))
    measure("ask for a family", lambda n: store.refresh_grants.family_revoked(f"family-{n}"))
    exchanges = [exchange(number) for number in range(ROUNDS)]
    measure("append an exchange", lambda n: store.traffic.append(*exchanges[n]))
    measure(f"write {ROUNDS} exchanges", lambda _: store.traffic.flush(), 1)
    measure("read a page of 200 exchanges", lambda _: store.traffic.page(None, 200), 50)
    print(f"dropped: {store.traffic.dropped}")
    store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
