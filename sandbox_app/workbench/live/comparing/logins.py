"""Which steps of two logins belong together, and with which login one is best compared."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.login import Login, Outcome

Pair = tuple[Exchange | None, Exchange | None]

MOST_STEPS = 200
"""Steps of each login that are aligned; one that is refreshed for days repeats itself."""


def align(left: Sequence[Exchange], right: Sequence[Exchange]) -> tuple[Pair, ...]:
    """The steps of two logins in order, those of the same kind beside each other."""
    ours, theirs = left[:MOST_STEPS], right[:MOST_STEPS]
    matcher = SequenceMatcher(None, [*map(_key, ours)], [*map(_key, theirs)], autojunk=False)
    pairs: list[Pair] = []
    for _, start, end, begin, stop in matcher.get_opcodes():
        pairs += _block(ours[start:end], theirs[begin:stop])
    return tuple(pairs)


def last_success(logins: Iterable[Login], of: Login) -> Login | None:
    """The newest login of the same client that brought what it asked for, other than this one.

    One that began before comes first, and one with the same grant before any other: what worked
    until it did not is the best witness.

    Args:
        logins: oldest first.
    """
    if not of.client_id:
        return None
    found = [
        login
        for login in logins
        if login is not of
        and login.client_id == of.client_id
        and login.outcome is Outcome.SIGNED_IN
        and login.exchanges
        and not login.last.again_of
    ]
    return max(found, key=lambda it: _fitness(it, of), default=None)


def best_match(logins: Iterable[Login], of: Login) -> Login | None:
    """The one that a login of Live is best compared with: by client, then grant, then newest.

    Args:
        logins: of a file, oldest first.
    """

    def fitness(login: Login) -> tuple[bool, bool, int]:
        same_client = bool(of.client_id) and login.client_id == of.client_id
        return same_client, bool(of.grant) and login.grant == of.grant, login.serial

    return max(logins, key=fitness, default=None)


def counterpart(exchange: Exchange, login: Login) -> Exchange | None:
    """The step of a login that an exchange is best compared with; `None` if it has no such step."""
    same = [one for one in login.exchanges if _key(one) == _key(exchange)]
    return same[-1] if same else None


def _key(exchange: Exchange) -> tuple[str, str]:
    return exchange.method, exchange.path


def _fitness(login: Login, of: Login) -> tuple[bool, bool, int]:
    same_grant = not of.grant or login.grant == of.grant
    return same_grant, login.serial < of.serial, login.serial


def _block(ours: Sequence[Exchange], theirs: Sequence[Exchange]) -> Iterable[Pair]:
    """Steps that have the same address in one order, or stand alone."""
    if [_key(one) for one in ours] == [_key(one) for one in theirs]:
        return tuple(zip(ours, theirs, strict=True))
    return (*((one, None) for one in ours), *((None, one) for one in theirs))
