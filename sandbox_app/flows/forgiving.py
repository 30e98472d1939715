"""What passes only because a lenient switch is on; Why and the listeners are told so."""

from urllib.parse import SplitResult, urlsplit

from sandbox_app.domain.conditions.leniency import switch
from sandbox_app.domain.events import LeniencyUsed
from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def forgive(
    name: str, core: Core, trace: Trace, *, rule: str = "", got: str = "", expected: str = ""
) -> None:
    """Note a rule that the request broke, and that the switch of that name lets it pass.

    Args:
        rule: the one that was broken, where the switch overrides several.
    """
    chosen = switch(name)
    rule = rule or chosen.rule
    because = f"passed only because “{chosen.title}” is switched on; the real service refuses this"
    trace.checks.note(rule, because, got=got, expected=expected)
    core.bus.publish(LeniencyUsed(name, rule, trace.pool_id, trace.username))


def registered_but_for_the_port(url: str, registered: tuple[str, ...], core: Core) -> bool:
    """Whether the switch for loopback ports is on and one of the URLs differs by its port alone."""
    if not core.conditions.leniency.any_loopback_port:
        return False
    wanted = _without_port(url)
    return wanted is not None and any(_without_port(one) == wanted for one in registered)


def _without_port(url: str) -> SplitResult | None:
    """The URL's parts with the host alone; `None` unless it is one of this machine."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.hostname not in _LOOPBACK or "@" in url:
        return None
    return parts._replace(netloc=parts.hostname)
