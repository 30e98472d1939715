"""One refusal after another through the real server, and what Live says of each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.operations import users
from sandbox_app.operations.user_pool_clients import create_user_pool_client
from sandbox_app.workbench import edits
from sandbox_app.workbench.live.causes import Explanation
from sandbox_app.workbench.live.causes.explain import explain
from sandbox_app.workbench.live.libraries import recognise_login
from tests.conftest import DEMO_POOL
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import Visitor

UNKNOWN = "0unknownunknownunknownunkn"


@dataclass(slots=True)
class Stage:
    """A browser, the sandbox behind it, and the time."""

    visitor: Visitor
    sandbox: Sandbox
    clock: ManualClock
    kept: dict[str, Any] = field(default_factory=dict)

    # What rows do.

    def set(self, client: str, **changes: Any) -> None:
        """Change a client's settings."""
        reconfigure(self.sandbox, self.visitor, client, **changes)

    def make(self, name: str, **settings: Any) -> Any:
        """Make a client."""
        request = {"UserPoolId": DEMO_POOL, "ClientName": name, **settings}
        return create_user_pool_client(self.sandbox.core, request)["UserPoolClient"]

    async def user(self, name: str, **attributes: str) -> None:
        """Make a user with a permanent password."""
        core, known = self.sandbox.core, {"UserPoolId": DEMO_POOL, "Username": name}
        pairs = [{"Name": key, "Value": value} for key, value in attributes.items()]
        pairs = pairs or [{"Name": "email", "Value": f"{name}@example.com"}]
        await users.admin_create_user(core, {**known, "UserAttributes": pairs})
        password = {"Password": "Sandbox-1", "Permanent": True}
        await users.admin_set_user_password(core, {**known, **password})

    def admin(self, operation: Callable[..., Any], name: str = "alice", **more: Any) -> None:
        """Do something to a user as an administrator."""
        operation(self.sandbox.core, {"UserPoolId": DEMO_POOL, "Username": name, **more})

    def attach(self, provider: str) -> None:
        """Give the pool an identity provider, as a template does."""
        store = self.sandbox.core.store
        pool = store.pools.get(DEMO_POOL)
        assert pool is not None
        kind = "AWS::Cognito::UserPoolIdentityProvider"
        attached = {kind: {provider: {"ProviderName": provider}}}
        store.pools.put(replace(pool, attached=attached))

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(**span))

    async def post(self, form: dict[str, Any], **options: Any) -> None:
        """A token request with exactly this form."""
        await self.visitor.send("POST", f"{self.visitor.base}/oauth2/token", data=form, **options)

    # What the test looks at.

    @property
    def refused_by(self) -> str | None:
        """The rule that refused the last request first."""
        return self.visitor.first_refusal

    def explained(self) -> Explanation:
        """What Live says of the last request."""
        exchange, detail = self.visitor.seen[-1]
        login = self._login(exchange)
        library = recognise_login(login, self.sandbox.core.store.traffic.detail)
        found = explain(exchange, detail, self.sandbox.core, login=login, library=library)
        assert found is not None, f"{exchange.method} {exchange.path} was not refused"
        return found

    def fix(self, explanation: Explanation) -> None:
        """Press the first button."""
        (fix, *_) = explanation.fixes
        with edits.step(self.sandbox.core, fix.edit):
            fix.apply(self.sandbox.core)

    def undo(self) -> str:
        """Take the last edit back."""
        return edits.undo(self.sandbox.core)

    def _login(self, exchange: Exchange) -> tuple[Exchange, ...]:
        if not exchange.login_id:
            return (exchange,)
        seen = (one for one, _ in self.visitor.seen)
        return tuple(one for one in seen if one.login_id == exchange.login_id)


Drive = Callable[[Stage], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Row:
    """One way to be refused, what is said of it, and the button that is offered.

    Args:
        drive: makes the request; it is made again once the fix is applied.
        says: words that must be among what is said.
        fix: the first button's label; empty where none is offered.
        passes: whether the same request passes the rule once the fix is applied.
        arrange: what has to be so before.
        place: the section and member that Show the setting opens; empty where none.
    """

    rule: str
    drive: Drive
    says: str
    fix: str = ""
    passes: bool = False
    arrange: Drive | None = None
    place: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.says or self.fix}"[:70]


def said(explanation: Explanation) -> str:
    """Everything that is said, in one text."""
    causes = (f"{cause.words} {cause.advice}" for cause in explanation.causes)
    return " ".join((explanation.comparison.words, explanation.because, *causes))
