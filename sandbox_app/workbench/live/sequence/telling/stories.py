"""Finds the storyteller for an arrow; refusals and strangers are told here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.domain.rules.on_purpose import ANSWERED, SENT
from sandbox_app.domain.rules.sending_again import SENT_AGAIN
from sandbox_app.workbench.live.login import SIGN_IN_AS
from sandbox_app.workbench.live.sequence.parts import Lane, Story
from sandbox_app.workbench.live.sequence.reading import Goal, Reading
from sandbox_app.workbench.live.sequence.telling import (
    around,
    back_channel,
    endings,
    front_channel,
    unseen,
)
from sandbox_app.workbench.live.sequence.telling.known import Known
from sandbox_app.workbench.live.words import (
    REFUSAL_WORDS,
    local_clock,
    long_refusal,
    showable,
)

_Request = Callable[[Reading, Known], Story]
_Answer = Callable[[Reading, Known, float], Story]

_REQUESTS: Mapping[str, _Request] = MappingProxyType(
    {
        "authorize": front_channel.authorize_asked,
        "login": front_channel.login_asked,
        "logout": endings.logout_asked,
        "error page": endings.error_page_asked,
        "token": back_channel.token_asked,
        "userInfo": back_channel.userinfo_asked,
        "revoke": back_channel.revoke_asked,
        "discovery": around.discovery_asked,
        "key set": around.keys_asked,
        SIGN_IN_AS: around.sign_in_as_asked,
    }
)
_ANSWERS: Mapping[str, _Answer] = MappingProxyType(
    {
        "authorize": front_channel.authorize_answered,
        "login": front_channel.login_answered,
        "logout": endings.logout_answered,
        "error page": endings.error_page_answered,
        "token": back_channel.token_answered,
        "userInfo": back_channel.userinfo_answered,
        "revoke": back_channel.revoke_answered,
        "discovery": around.discovery_answered,
        "key set": around.keys_answered,
        SIGN_IN_AS: around.sign_in_as_answered,
    }
)
_ERROR_SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "authorize": "RFC 6749 section 4.1.2.1",
        "login": "RFC 6749 section 3.1",
        "token": "RFC 6749 section 5.2",
        "userInfo": "RFC 6750 section 3.1",
        "revoke": "RFC 7009 section 2.2.1",
        "logout": "OpenID Connect RP-Initiated Logout section 4",
    }
)
_HTTP = "RFC 9110 section 15.5"

tell_start = unseen.started
tell_delivery = unseen.delivered
tell_fragment = unseen.fragment_read


def tell_request(reading: Reading, known: Known) -> Story:
    """The story of a request."""
    if reading.exchange.again_of:
        return _repeated(reading)
    if reading.is_preflight:
        return around.preflight_asked(reading, known)
    if Lane.PROVIDER in (reading.source, reading.target):
        return around.provider_asked(reading, known)
    return _REQUESTS.get(reading.step, around.stranger_asked)(reading, known)


def tell_answer(reading: Reading, known: Known, ended: float) -> Story:
    """The story of an answer; `ended` in epoch seconds."""
    if reading.exchange.fault:
        return _faulty(reading)
    if reading.refused and reading.step != "error page":
        return _refused(reading)
    if reading.is_preflight:
        return around.preflight_answered(reading, known, ended)
    if Lane.PROVIDER in (reading.source, reading.target):
        return around.provider_answered(reading, known, ended)
    return _ANSWERS.get(reading.step, around.stranger_answered)(reading, known, ended)


def _repeated(reading: Reading) -> Story:
    return Story(
        "The window sends the request again",
        (
            f"It is a copy of the request of {local_clock(reading.exchange.again_at)}.",
            "The pool answers it like any other: what was spent by the first one is spent.",
            "The answer goes to the window; neither browser nor app hear of it.",
        ),
        (f"rule {SENT_AGAIN}",),
    )


def _refused(reading: Reading) -> Story:
    exchange = reading.exchange
    rule = CATALOGUE.get(exchange.rule)
    because = reading.detail.because if reading.detail is not None else ""
    broken = (
        f"Rule {rule.id} was not met: {rule.sentence}."
        if rule is not None
        else f"The pool answered with status {exchange.status}."
    )
    return Story(
        f"Refused: {long_refusal(exchange.rule, exchange.error, exchange.status)}",
        (broken, _reason(because), _told(reading, rule.real_service if rule is not None else "")),
        (_ERROR_SECTIONS.get(reading.step, _HTTP), *((f"rule {rule.id}",) if rule else ())),
    )


def _faulty(reading: Reading) -> Story:
    exchange = reading.exchange
    in_its_place = exchange.rule == ANSWERED
    decided = (
        "The pool never saw the request, and nothing of it was spent."
        if in_its_place
        else "The pool decided the request as always; only what goes over the wire is bent."
    )
    known = exchange.rule in REFUSAL_WORDS
    words = long_refusal(exchange.rule, exchange.error, exchange.status) if known else ""
    return Story(
        f"On purpose: {words}" if words else "The sandbox answers wrongly on purpose",
        (
            f"The fault “{showable(exchange.fault)}” is switched on under Conditions.",
            decided,
            "Networks and services do such things now and then, and an app has to live with it.",
        ),
        (f"rule {exchange.rule if exchange.rule in CATALOGUE else SENT}",),
    )


def _reason(because: str) -> str:
    if not because:
        return "The other checks are listed under Why, those before it passed."
    words = showable(because) if because.isprintable() else repr(because)[1:-1]
    return f"This time: {words.rstrip('.')}."


def _told(reading: Reading, real_service: str) -> str:
    if reading.goal is Goal.APP:
        return "The callback is registered, so the app is told, in few words."
    if real_service.startswith("nothing"):
        return "The real service knows no such thing."
    if real_service:
        return f"All that the real service shows: {real_service.rstrip('.')}."
    return "The real service says no more than this status."
