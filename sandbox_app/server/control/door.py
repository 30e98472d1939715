"""Who may use the control interface: a program on this machine that can read the token's file."""

import hmac
from collections.abc import Mapping

from sandbox_app.server.control.route import Mistake
from sandbox_app.server.edge.local import why_not_local

_CURE = "Send Authorization: Bearer with what the control token's file holds."


def let_in(peer: str, headers: Mapping[str, str], token: str) -> None:
    """Return for a caller who may come in.

    Args:
        peer: the address of the socket's other end.
        headers: by lower-case name.
        token: the one that opens.

    Raises:
        Mistake: why not; nobody learns anything else.
    """
    stranger = why_not_local(peer, headers)
    if stranger:
        raise Mistake(
            "not_local", f"Only this machine may use the control interface: {stranger}.", status=403
        )
    if "origin" in headers:
        raise Mistake(
            "from_a_browser",
            "The control interface is for programs: a request with an Origin header is refused.",
            status=403,
        )
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _same(given.strip(), token):
        what = "The control token is wrong" if scheme else "There is no control token"
        raise Mistake("unauthorized", f"{what}. {_CURE}", status=401)


def _same(given: str, token: str) -> bool:
    # Bytes outside ASCII arrive as lone surrogates, which only this way become bytes again.
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), token.encode())
