"""Makes logins of what a visitor did, over real HTTP."""

from collections.abc import Callable

import pytest

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.login import Login
from tests.visitor import Visitor

Read = Callable[[Visitor], tuple[list[Login], dict[str, ExchangeDetail]]]


@pytest.fixture
def read() -> Read:
    """The logins so far, and every detail by its id."""

    def read(visitor: Visitor) -> tuple[list[Login], dict[str, ExchangeDetail]]:
        book = TrafficBook()
        book.absorb(exchange for exchange, _ in visitor.seen)
        logins = [login for login in book.logins if login.login_id]
        return logins, {exchange.id: detail for exchange, detail in visitor.seen}

    return read


def step(login: Login, path: str, method: str = "POST") -> Exchange:
    """The one request of that kind in a login."""
    return next(it for it in login.exchanges if (it.method, it.path) == (method, path))
