"""What an unknown authorization code may have been, and what became of a known one."""

from datetime import UTC, datetime
from urllib.parse import unquote

from sandbox_app.domain.records.grants import AuthorizationCode
from sandbox_app.flows.near_misses.clocks import bent_words, span_words
from sandbox_app.flows.near_misses.texts import spoilt
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import is_uuid
from sandbox_app.tokens.inspect import kind_of

_CUTS = ("#", "&", "?", "/", ";", ",")
_LENGTH = 36


def why_unknown(sent: str, core: Core) -> str:
    """Why the pool knows no such code, in one clause."""
    for meant, how in spoilt(sent):
        if meant != sent and _known(meant, core):
            return f"the code came {how}"
    plain = unquote(sent)
    for mark in _CUTS:
        if mark in plain and _known(plain.partition(mark)[0], core):
            return f"the code came with “{mark}” and what followed it in the callback URL"
    if sent.lower() != sent and _known(sent.lower(), core):
        return "the code came in upper case"
    if (kind := kind_of(sent)) is not None:
        return f"no such code was issued: this is {_token_words(kind)}"
    if len(sent) == 2 * _LENGTH and _known(sent[:_LENGTH], core):
        return "the code came twice in one value"
    if not is_uuid(sent):
        return f"no such code was issued: ours have {_LENGTH} characters, this one {len(sent)}"
    return "no such code was issued, or it expired more than an hour ago"


def why_not_fresh(code: AuthorizationCode, now: float, core: Core) -> str:
    """Empty while the code can be redeemed; otherwise what became of it, in one clause."""
    if code.spent_at is not None:
        return f"the code was spent at {_clock(code.spent_at)}, {_ago(now - code.spent_at)}"
    if code.expires_at <= now:
        lifetime = code.expires_at - code.issued_at
        return (
            f"the code expired {span_words(now - code.expires_at)} ago: it was issued "
            f"{span_words(now - code.issued_at)} ago and is good for {span_words(lifetime)}"
            f"{bent_words(core)}"
        )
    return ""


def _known(code: str, core: Core) -> bool:
    return core.store.codes.find(code) is not None


def _token_words(kind: str) -> str:
    return "an access or ID token" if kind == "signed" else "a refresh token"


def _clock(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%H:%M:%S UTC")


def _ago(seconds: float) -> str:
    return "less than a second ago" if seconds < 1 else f"{span_words(seconds)} ago"
