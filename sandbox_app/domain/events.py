"""What happened, in the past tense; published on the bus, listed in the help as the event table."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox_app.domain.holding import Ending
from sandbox_app.domain.records.tokens import NOBODY, Caller, MintedToken
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail


class Change(StrEnum):
    """What was done to a thing."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


class Kind(StrEnum):
    """What kind of thing was changed."""

    USER_POOL = "user pool"
    CLIENT = "client"
    DOMAIN = "domain"
    RESOURCE_SERVER = "resource server"
    GROUP = "group"
    MEMBERSHIP = "membership"
    USER = "user"


@dataclass(frozen=True, slots=True)
class ConfigurationChanged:
    """A pool, or something in it, was created, updated or deleted.

    `identifier` is the thing's own: pool id, client id, domain, resource server identifier,
    group name, or a user's `sub`.
    """

    kind: Kind
    change: Change
    pool_id: str
    identifier: str


@dataclass(frozen=True, slots=True)
class EditsChanged:
    """What can be taken back or made again is another edit now; empty when there is none."""

    undo: str
    redo: str


@dataclass(frozen=True, slots=True)
class ExchangeFinished:
    """A request was answered and is about to be recorded."""

    exchange: Exchange
    detail: ExchangeDetail


@dataclass(frozen=True, slots=True)
class ExchangePassed:
    """A request was answered and is not recorded, since recording is paused."""


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """Recording was paused, or goes on; `passed` requests went unrecorded in the pause it ends."""

    paused: bool
    passed: int = 0


@dataclass(frozen=True, slots=True)
class AnswerHeld:
    """An answer is finished and kept back; the exchange is recorded once it is let go."""

    exchange: Exchange
    detail: ExchangeDetail


@dataclass(frozen=True, slots=True)
class AnswerLetGo:
    """It waits no longer: it is sent, the connection is cut, or the client had gone away."""

    exchange_id: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user proved who they are, or a session did it for them (`silent`)."""

    login_id: str
    pool_id: str
    client_id: str
    username: str
    silent: bool


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """A sign-in was refused on the page; `rule` says by what."""

    login_id: str
    pool_id: str
    client_id: str
    rule: str


@dataclass(frozen=True, slots=True)
class TokensMinted:
    """Tokens were signed; `family` is their `origin_jti`, empty for a machine's token.

    `uses` says what was handed out, `tokens` tells of the signed ones among them.
    """

    login_id: str
    pool_id: str
    client_id: str
    username: str
    grant: str
    family: str
    uses: tuple[str, ...]
    tokens: tuple[MintedToken, ...] = ()
    caller: Caller = NOBODY
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class KeysFetched:
    """A pool's key set was answered to somebody.

    `kids` are those it showed and that arrived; `unusual` says in a phrase how the answer was
    bent or which fault it met, and is empty where neither. `at` is in epoch seconds of the
    sandbox's clock, as in `TokensMinted`.
    """

    pool_id: str
    caller: Caller
    kids: tuple[str, ...]
    at: float
    unusual: str = ""


@dataclass(frozen=True, slots=True)
class TokensRevoked:
    """A refresh token and its family were revoked."""

    pool_id: str
    client_id: str
    family: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A browser's session with a pool was ended: signed out, or taken away in the window."""

    pool_id: str
    login_id: str


@dataclass(frozen=True, slots=True)
class ConditionsChanged:
    """The world was bent, or straightened; `part` names what: `clock`, `keys`, `faults` …"""

    part: str


@dataclass(frozen=True, slots=True)
class LeniencyUsed:
    """Something passed only because a lenient switch is on; `rule` is what it overrode."""

    switch: str
    rule: str
    pool_id: str
    username: str


@dataclass(frozen=True, slots=True)
class ConfirmationCodeMade:
    """A confirmation code was sent to a user; the code itself is not told."""

    pool_id: str
    sub: str
    purpose: str
    medium: str


@dataclass(frozen=True, slots=True)
class SnapshotsChanged:
    """A snapshot was saved, renamed or deleted."""


@dataclass(frozen=True, slots=True)
class SnapshotRestored:
    """The workspace is what it was when the snapshot was saved; anything may be different."""

    name: str


@dataclass(frozen=True, slots=True)
class SeedReloaded:
    """Watched seed files changed and were imported again, all of them as one change.

    `error` is empty, or says in one line why they could not be; then nothing was changed. The
    numbers count resources.
    """

    files: tuple[str, ...]
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    error: str = ""
