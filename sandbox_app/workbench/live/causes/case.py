"""One refusal, with everything that may explain it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox_app.domain.checks import Check
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.operations.sign_in_names import find_user
from sandbox_app.workbench.live.libraries import Library
from sandbox_app.workbench.live.messages import form_of, header, query_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A refused request and what is known around it.

    Args:
        check: the one that refused.
        core: the configuration as it is now, which may be another than when it was refused.
        sent: the parameters of query and form; the form wins.
        login: the requests of the same login, oldest first.
        library: who sent it, if anybody can tell.
    """

    exchange: Exchange
    detail: ExchangeDetail
    check: Check
    core: Core
    sent: Mapping[str, str]
    login: tuple[Exchange, ...] = ()
    library: Library | None = None

    @property
    def client(self) -> UserPoolClient | None:
        """The client that asked, if it is still there."""
        return self.core.store.clients.get(self.exchange.client_id)

    @property
    def pool(self) -> UserPool | None:
        """Its pool."""
        return self.core.store.pools.get(self.exchange.pool_id)

    @property
    def user(self) -> User | None:
        """Whom the request is about."""
        pool, name = self.pool, self.exchange.username
        return find_user(self.core, pool, name) if pool is not None and name else None

    def header(self, name: str) -> str:
        """A request header; `name` in lower case."""
        return header(self.detail.request.headers, name)

    @property
    def from_page(self) -> bool:
        """Whether a script in a page sent it, which can keep no secret."""
        return bool(self.header("origin")) and self.header("user-agent").startswith("Mozilla/")

    @property
    def earlier(self) -> tuple[Exchange, ...]:
        """The login's requests before this one."""
        ids = [exchange.id for exchange in self.login]
        at = ids.index(self.exchange.id) if self.exchange.id in ids else len(ids)
        return self.login[:at]


def sent_with(detail: ExchangeDetail) -> dict[str, str]:
    """The parameters of a request, decoded."""
    return {**dict(query_of(detail.target)), **dict(form_of(detail.request))}
