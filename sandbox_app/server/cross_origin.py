"""Answers that scripts of other origins may read (contract oidc 1.4)."""

from dataclasses import replace

from sandbox_app.domain.trace import Trace
from sandbox_app.server.hosted.site import Endpoint
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply

_ANY_ORIGIN = ("Access-Control-Allow-Origin", "*")
_LONGEST_LIST = 2048


def allow_origin(reply: Reply, incoming: Incoming) -> Reply:
    """CO-1: also on errors, never with credentials, and only where an Origin was sent."""
    if "origin" not in incoming.headers:
        return reply
    return replace(reply, headers=(*reply.headers, _ANY_ORIGIN))


def preflight(endpoint: Endpoint, incoming: Incoming, trace: Trace) -> Reply:
    """CO-2: the endpoint's verb, and the headers that were asked for, whatever they are."""
    trace.step = f"{trace.step} preflight"
    trace.checks.require("CO-2", True, got=incoming.headers.get("origin", "no Origin"))
    asked = incoming.headers.get("access-control-request-headers", "")[:_LONGEST_LIST]
    headers = [("Access-Control-Allow-Methods", ", ".join(endpoint.methods))]
    if asked and asked.isascii() and asked.isprintable():
        headers.append(("Access-Control-Allow-Headers", asked))
    return Reply(status=200, headers=tuple(headers))
