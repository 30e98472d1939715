"""What one exchange turned out to be about, filled in by the flow that handles it."""

from dataclasses import dataclass, field

from sandbox_app.domain.checks import Checklist
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.tokens import NOBODY, Caller
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.sending_again import SentAgain


@dataclass(slots=True, kw_only=True)
class Trace:
    """The window's view of one exchange while it is being decided.

    A flow writes here what it learns: which login the request belongs to, whose pool and client
    it concerns, who signed in. `fault` names what the sandbox did wrong on purpose, `misplaced`
    a parameter that turned out to hold a secret and must not be kept. `caller` it is given, and
    `again` where the window itself asks; `delivered` is false once it is known that nobody waited
    for the answer. Nothing in here ever reaches the wire.
    """

    login_id: str
    step: str = ""
    pool_id: str = ""
    client_id: str = ""
    client_name: str = ""
    username: str = ""
    grant: str = ""
    fault: str = ""
    misplaced: str = ""
    again: SentAgain | None = None
    caller: Caller = NOBODY
    delivered: bool = True
    checks: Checklist = field(default_factory=Checklist)
    refusal: Refused | None = None

    def concerns(self, client: UserPoolClient) -> None:
        """Note the client, and with it the pool."""
        self.pool_id = client.user_pool_id
        self.client_id = client.client_id
        self.client_name = client.client_name

    def refused(self, refusal: Refused) -> Refused:
        """Note why the request was turned down, and hand the refusal on."""
        self.refusal = refusal
        return refusal
