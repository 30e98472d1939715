"""Refusals where a code is traded (TC-…)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.domain.rules.on_purpose import SENT
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found
from sandbox_app.workbench.live.causes.fixes import (
    ANEW,
    enable_flow,
    enable_user,
    possible,
    read_attributes,
)
from sandbox_app.workbench.live.causes.urls import causes_of
from sandbox_app.workbench.live.messages import query_of
from sandbox_app.workbench.live.words import local_clock, span_words

_SPENT_BY = ("", "TC-4", "TC-5", "TC-7", SENT)
"""Rules after whose refusal the code is spent all the same; none where tokens were issued."""

_SPENT = "The code is spent all the same: sign in anew."
_OWN_CODE = (
    "The challenge was made in code of the app's own.",
    "A challenge is the verifier's SHA-256 hash in base64url without padding.",
)
_UNRELATED = (
    "Verifier and challenge were not made together: the verifier may be of another tab or of an "
    "earlier try, or the app made a new one.",
    "Keep verifier and state together, one pair per sign-in.",
)
_VERIFIERS = (
    (
        "a code_challenge was sent",
        "The callback does not find the verifier that the app kept, or leaves it out.",
        "It has to outlive the visit to the pool: in the session, or in the tab's storage. Another "
        "tab, server or host name has another one.",
    ),
    ("the challenge", *_OWN_CODE),
    (
        "challenge and verifier are",
        "The verifier was not hashed for the challenge, or the challenge was sent once more "
        "in its place.",
        _OWN_CODE[1],
    ),
    (
        "the verifier belongs",
        "All sign-ins of the app share one place for the verifier: another tab, or another start "
        "in the same tab, has taken it.",
        "Keep verifier and state together, one pair per sign-in.",
    ),
    (
        "the verifier has",
        "The verifier was cut, or made in code of the app's own.",
        "A verifier has 43 to 128 letters, digits and the signs - . _ ~.",
    ),
    (
        "the verifier",
        "The verifier was right when the challenge was made, and was changed since.",
        "Look at how the app stores it and puts it into the form.",
    ),
)
"""What may have happened, by how the reason begins."""

_TWICE = 2.0
"""Seconds within which a second try is no second thought."""


def unusable(case: Case) -> Found:
    """TC-1: unknown, spent, too old, or its user is gone."""
    because = case.check.because
    if "spent at" in because or "another request" in because:
        return Found(tuple(_spent(case)))
    if "expired" in because:
        return Found(
            (
                Cause(
                    "The app took longer than five minutes to trade its code.",
                    "Trade it as soon as the callback is called: a debugger or a slow start in "
                    "between is enough.",
                ),
            )
        )
    if "user was" in because:
        user = case.user
        fixes = possible(case.core, enable_user(user, then=ANEW)) if user is not None else ()
        return Found((), fixes if user is not None and not user.enabled else ())
    return Found()


def _spent(case: Case) -> Iterator[Cause]:
    by = _spender(case)
    if by is None:
        yield Cause("A code is good for one request.", "Keep the tokens that it brought.")
        return
    seconds = case.exchange.started_at - by.started_at
    ago = "a moment" if seconds < 1 else span_words(seconds)
    when = f"at {local_clock(by.started_at)}, {ago} earlier,"
    if by.rule == SENT:
        yield Cause(
            f"The request {when} spent it, and a fault of the sandbox kept the answer away.",
            "A token request whose answer is lost cannot be repeated: sign in anew.",
            by.id,
        )
        return
    if by.rule:
        yield Cause(
            f"The request {when} spent it and was refused by {by.rule}.",
            "A code is spent before the verifier is looked at: sign in anew for every try.",
            by.id,
        )
        return
    twice = seconds <= _TWICE
    yield Cause(
        f"The request {when} got the tokens for it.",
        "The callback runs twice: a double render, a reload, or a retry after a slow answer."
        if twice
        else "The callback was opened again, from the history or by a reload, or the app tried "
        "an old code once more.",
        by.id,
    )


def _spender(case: Case) -> Exchange | None:
    tries = (
        one
        for one in case.earlier
        if one.step == "token" and one.grant == "authorization_code" and one.rule in _SPENT_BY
    )
    return next(tries, None)


def other_client(case: Case) -> Found:
    """TC-2."""
    clients = case.core.store.clients
    asked, traded = clients.get(case.check.expected), clients.get(case.check.got)
    names = [
        one.client_name if one is not None else sent
        for one, sent in ((asked, case.check.expected), (traded, case.check.got))
    ]
    cause = Cause(
        f"The browser was sent here by {names[0]}, and {names[1]} came for the tokens.",
        "Front end and back end have to use the same client id.",
    )
    return Found((cause,))


def other_redirect(case: Case) -> Found:
    """TC-3."""
    near = causes_of(case.check.got, case.check.expected, registered=False)
    usual = Cause(
        "Browser and back end name the callback differently.",
        "Send the URL of the authorize request once more, letter by letter.",
    )
    return Found((*near, usual))


def verifier(case: Case) -> Found:
    """TC-4; what is wrong with the verifier was told where it was checked."""
    because = case.check.because
    words, advice = next(
        (told for start, *told in _VERIFIERS if because.startswith(start)), _UNRELATED
    )
    return Found((Cause(words, f"{advice} {_SPENT}"),))


def needless_verifier(case: Case) -> Found:
    """TC-5."""
    cause = Cause(
        "The authorize request had no code_challenge: it was lost, or made by other code.",
        "Send code_challenge and code_challenge_method=S256 with the authorize request.",
        next((one.id for one in case.earlier if one.step == "authorize"), ""),
    )
    return Found((cause,))


def flow_off(case: Case) -> Found:
    """TC-6."""
    client = case.client
    if client is None:
        return Found()
    name = client.client_name
    if client.may_use("code"):
        return Found(settled=f"{name} may use the code flow now.")
    cause = Cause(f"The code flow was switched off on {name} since the code was issued.")
    if "client_credentials" in client.allowed_oauth_flows:
        cause = Cause(f"{name} is a machine's client and signs nobody in.")
    return Found((cause,), possible(case.core, enable_flow(client, "code")))


def unreadable_attribute(case: Case) -> Found:
    """TC-7."""
    client, pool = case.client, case.pool
    if client is None or pool is None:
        return Found()
    named = [name.strip() for name in case.check.got.partition(": ")[2].split(",") if name.strip()]
    missing = [name for name in named if name not in readable_attributes(pool, client)]
    place = places.of_client(case, "ReadAttributes")
    if not missing:
        return Found(place=place, settled=f"{client.client_name} may read them now.")
    causes = [Cause("The scope promises attributes that the client may not read.")]
    if _asked_for_nothing(case):
        causes = [
            Cause(
                "No scope was asked for, so all of the client's were granted.",
                "Ask for the scopes the app needs, or let the client read what they promise.",
            )
        ]
    return Found(tuple(causes), possible(case.core, read_attributes(pool, client, missing)), place)


def _asked_for_nothing(case: Case) -> bool:
    asked = next((one for one in case.earlier if one.step == "authorize"), None)
    if asked is None:
        return False
    detail = case.core.store.traffic.detail(asked.id)
    return detail is not None and not dict(query_of(detail.target)).get("scope")


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        "TC-1": unusable,
        "TC-2": other_client,
        "TC-3": other_redirect,
        "TC-4": verifier,
        "TC-5": needless_verifier,
        "TC-6": flow_off,
        "TC-7": unreadable_attribute,
    }
)
