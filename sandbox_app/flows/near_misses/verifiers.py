"""What a code_verifier answers, if not the code_challenge of its code."""

from sandbox_app.domain.records.grants import AuthorizationCode
from sandbox_app.operations.core import Core
from sandbox_app.tokens import pkce

_SHORTEST, _LONGEST = 43, 128
"""Characters of a code_verifier (RFC 7636 section 4.1)."""


def why_no_answer(code: AuthorizationCode, verifier: str | None, core: Core) -> str:
    """Why the verifier does not answer the code's challenge, in one clause."""
    if verifier is None:
        return "a code_challenge was sent to authorize, so a code_verifier has to come now"
    near = pkce.near_miss(code.code_challenge or "", verifier)
    if near is not None:
        return near
    other = core.store.codes.with_challenge(code.client_id, pkce.challenge_of(verifier))
    if other is not None:
        order = "a later" if other.issued_at > code.issued_at else "an earlier"
        apart = f"their codes were issued {abs(other.issued_at - code.issued_at):.0f} s apart"
        return f"the verifier belongs to {order} sign-in of this client: {apart}"
    if not _SHORTEST <= len(verifier) <= _LONGEST:
        size = len(verifier)
        return (
            f"the verifier has {size} characters; {_SHORTEST} to {_LONGEST} are allowed (RFC 7636)"
        )
    return "code_verifier does not answer the code_challenge"
