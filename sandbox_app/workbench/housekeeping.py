"""What expired long ago is taken out of the workspace, so that it does not grow for ever."""

from sandbox_app.operations.core import Core

_HOUR = 3600.0
_DAY = 24 * _HOUR


def purge(core: Core) -> None:
    """Drop codes, sessions, sign-ins and refresh tokens that nothing can ask for any more.

    Codes stay an hour and refresh tokens a day beyond their end, so that a late request can
    still be told why it is refused. While the clock is ahead, only what is over by the machine's
    time as well goes: it may be set back.
    """
    now = min(core.now(), core.clock.true_now).timestamp()
    store = core.store
    store.codes.purge(now - _HOUR)
    store.sessions.purge(now - _HOUR)
    store.attempts.purge(now - _HOUR)
    store.confirmations.purge(now - _HOUR)
    store.refresh_grants.purge(now - _DAY)
