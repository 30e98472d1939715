"""Tokens found anywhere in an exchange, taken apart and judged for the window."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeGuard

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.operations.core import Core
from sandbox_app.tokens.inspect import Decoded, decode, find_tokens, kind_of, unverified_claims
from sandbox_app.tokens.verdict import Finding
from sandbox_app.tokens.verdict import verify as verify_token
from sandbox_app.workbench.live.claims import Claim, explain
from sandbox_app.workbench.live.known_keys import keys_for, skew_sentence
from sandbox_app.workbench.live.messages import form_of, header
from sandbox_app.workbench.live.words import showable, span_words

MOST_TOKENS = 12
"""More than this in one exchange are left to the raw text."""

_USES = {"id": "ID token", "access": "Access token"}
_TIME_CLAIMS = frozenset({"exp", "iat", "nbf"})
_LONGEST_SEARCHED = 70_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a careful client would say: `holds` is `None` where nobody can tell."""

    holds: bool | None
    title: str
    sentence: str = ""


Judge = Callable[[str], Judgement]


@dataclass(frozen=True, slots=True)
class FoundToken:
    """One token of an exchange: its name, where it stood, and what is in it.

    An opaque one (a refresh token is encrypted) has neither header nor claims.
    """

    token: str
    name: str
    place: str
    decoded: Decoded | None

    @property
    def header_text(self) -> str:
        """The header as JSON on one line; empty where opaque."""
        if self.decoded is None:
            return ""
        members = json.dumps(self.decoded.header, ensure_ascii=False, separators=(",", ":"))
        return showable(members)

    @property
    def payload_text(self) -> str:
        """The payload byte for byte; empty where opaque."""
        return self.decoded.payload_text if self.decoded else ""

    def claims(self, now: float) -> tuple[Claim, ...]:
        """Its claims explained, in the order sent."""
        return explain(self.decoded.payload, now) if self.decoded else ()


def tokens_of(exchange: Exchange, detail: ExchangeDetail) -> tuple[FoundToken, ...]:
    """Every token of the exchange, each once, in the order a reader meets them."""
    found: dict[str, FoundToken] = {}
    for place, text in _places(exchange, detail):
        for token in find_tokens(text[:_LONGEST_SEARCHED]):
            if token not in found and len(found) < MOST_TOKENS:
                found[token] = _describe(token, place, text)
    return tuple(sorted(found.values(), key=lambda token: token.place == "request cookie"))


_SHORT = ("token_use", "sub", "cognito:username", "username", "aud", "client_id", "scope", "exp")
"""Claims by which a token is told from others, in this order."""

_MOST_TOLD = 6


def in_short(token: str, now: float) -> tuple[tuple[str, str], ...]:
    """The claims by which a token is known, as (name, value); none where it cannot be read.

    Args:
        now: epoch seconds.
    """
    payload = unverified_claims(token) or {}
    told = [claim for claim in explain(payload, now) if claim.name in _SHORT]
    told.sort(key=lambda claim: _SHORT.index(claim.name))
    return tuple(
        (claim.name, claim.meaning if claim.name == "exp" else claim.value)
        for claim in told[:_MOST_TOLD]
    )


def judge_with(core: Core) -> Judge:
    """A judge who knows the keys of every pool of this sandbox, retired ones too, and its clock."""

    def judge(token: str) -> Judgement:
        claims = unverified_claims(token) or {}
        keys, withheld = keys_for(core, claims)
        verdict = verify_token(token, keys, now=core.now(), withheld=withheld)
        judged = judgement(verdict.findings, token, core.now())
        skewed = skew_sentence(core, claims)
        return replace(judged, sentence=f"{judged.sentence} {skewed}") if skewed else judged

    return judge


def judgement(findings: Iterable[Finding], token: str, now: datetime) -> Judgement:
    """The findings in two lines: the worst first, the rest as reassurance."""
    if kind_of(token) == "encrypted":
        return Judgement(None, "Opaque", "Encrypted for its pool alone; nobody else can read it.")
    asked = {finding.name: finding for finding in findings}
    if (broken := _failed(asked, "Well formed")) is not None:
        return Judgement(False, "Not a token", _sentence(broken.words))
    if (broken := _failed(asked, "Algorithm")) is not None:
        return Judgement(False, "Unacceptable algorithm", f"alg is {broken.words}.")
    if (broken := _failed(asked, "Signature")) is not None:
        return Judgement(False, "The signature does not hold", _sentence(broken.words))
    if (broken := _failed(asked, "Key is published")) is not None:
        if asked["Signature"].holds:
            # The kid before it stands in the header right below.
            why = broken.words.partition(" ")[2]
            return Judgement(False, "This pool's key, but not published", f"It {why}.")
        return Judgement(False, "Signature of another pool", f"Not verifiable: {broken.words}.")
    return _judge_times(asked, token, now)


def _judge_times(asked: Mapping[str, Finding], token: str, now: datetime) -> Judgement:
    sound = "Otherwise sound: this pool's key, unaltered."
    decoded = decode(token)
    expires = decoded.payload.get("exp") if decoded is not None else None
    if (broken := _failed(asked, "Not expired")) is not None:
        if _is_number(expires) and 0 <= expires <= now.timestamp():
            return Judgement(False, f"Expired {span_words(now.timestamp() - expires)} ago", sound)
        return Judgement(False, "Never expires as it should", _sentence(broken.words))
    for name, claim in (("Issued in the past", "iat"), ("Already valid", "nbf")):
        if (broken := _failed(asked, name)) is not None:
            known = decoded is not None and _is_number(decoded.payload.get(claim))
            title = "Not valid yet" if known else "A time that is none"
            return Judgement(False, title, _sentence(broken.words))
    if _is_number(expires):
        left = span_words(expires - now.timestamp())
        return Judgement(True, "Valid", f"Signed by this pool's key, unaltered, {left} left.")
    return Judgement(True, "Valid", "Signed by this pool's key, unaltered.")


def _places(exchange: Exchange, detail: ExchangeDetail) -> Iterable[tuple[str, str]]:
    request, response = detail.request, detail.response
    yield "response body", response.body.decode("utf-8", "replace")
    yield "redirect", header(response.headers, "location")
    for name, value in request.headers:
        if name.lower() == "authorization":
            yield "Authorization header", value
    if fields := form_of(request):
        for name, value in fields:
            yield f"request form, {name}", value
    else:
        yield "request body", request.body.decode("utf-8", "replace")
    yield "request query", detail.target.partition("?")[2]
    for name, value in request.headers:
        if name.lower() == "cookie":
            yield "request cookie", value
        elif name.lower() != "authorization":
            yield f"{name} header", value
    for name, value in response.headers:
        if name.lower() != "location":
            yield f"{name} header", value


def _describe(token: str, place: str, text: str) -> FoundToken:
    decoded = decode(token)
    if decoded is None:
        return FoundToken(token, _opaque_name(token, place, text), place, None)
    use = decoded.payload.get("token_use")
    name = _USES.get(use, "Token") if isinstance(use, str) else "Token"
    return FoundToken(token, name, place, decoded)


def _opaque_name(token: str, place: str, text: str) -> str:
    if kind_of(token) != "encrypted":
        return "Unreadable token"
    return "Refresh token" if "refresh" in _around(token, place, text) else "Encrypted token"


def _around(token: str, place: str, text: str) -> str:
    at = text.find(token)
    return f"{place} {text[max(0, at - 32) : max(0, at)]}"


def _failed(asked: Mapping[str, Finding], name: str) -> Finding | None:
    finding = asked.get(name)
    return finding if finding is not None and finding.holds is False else None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sentence(words: str) -> str:
    """The words as a sentence; a claim's name keeps the case it has in the token."""
    if words.partition(" ")[0] in _TIME_CLAIMS:
        return f"{words}."
    return f"{words[:1].upper()}{words[1:]}." if words else ""
