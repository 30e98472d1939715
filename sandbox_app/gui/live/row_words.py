"""What a row of the list says, for painting, copying and screen readers alike."""

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.theme import Token
from sandbox_app.workbench.live.login import SIGN_IN_AS, Login, Outcome, is_refusal
from sandbox_app.workbench.live.words import (
    again_words,
    count_words,
    duration_words,
    fault_words,
    local_clock,
    long_refusal,
    status_words,
)

OUTCOME_LOOKS: dict[Outcome, tuple[str, Token]] = {
    Outcome.RUNNING: ("clock", "accent_text"),
    Outcome.SIGNED_IN: ("passed", "ok"),
    Outcome.REFUSED: ("refused", "bad"),
    Outcome.ANSWERED: ("check", "text3"),
}
"""The icon and its colour for each outcome; the word is always beside it."""

_STEPS = {"userInfo": "userInfo"}


def title(login: Login) -> str:
    """Who asks: the client's name, its id, or what was asked where no client is known."""
    known = login.client_name or login.client_id
    if known or not login.exchanges:
        return known or "Unknown"
    step = login.exchanges[0].step
    return _STEPS.get(step, step[:1].upper() + step[1:]) or "Request"


def subtitle(login: Login) -> str:
    """For whom: the user, or why there is none; of what the window sent again, from when it is."""
    if login.last.again_of:
        return again_words(login.last)
    if login.username:
        return login.username
    if login.grant == "client credentials":
        return "no user"
    if login.client_id or login.client_name:
        return "no user yet" if login.outcome is not Outcome.ANSWERED else ""
    return login.exchanges[0].path if login.exchanges else ""


def outcome_words(login: Login) -> str:
    """The outcome as a word, or the refusal in a few."""
    if login.outcome is Outcome.REFUSED:
        return login.refusal_words
    words = "no token" if login.outcome is Outcome.RUNNING and login.username else ""
    return words or login.outcome[:1].upper() + login.outcome[1:]


def detail_words(login: Login) -> str:
    """What the second line adds: what was done wrong on purpose, the grant, or what is awaited."""
    if login.faults:
        return fault_words("; ".join(login.faults))
    if login.outcome is Outcome.RUNNING:
        return "on the sign-in page"
    if login.by_sandbox:
        return "signed in by the sandbox"
    if login.outcome is Outcome.ANSWERED and login.exchanges:
        last = login.exchanges[-1]
        return f"{last.method} {status_words(last.status)}"
    return login.grant


def span(login: Login) -> str:
    """How long it took, or that it waits."""
    return "waiting" if login.outcome is Outcome.RUNNING else duration_words(login.duration)


def spoken_login(login: Login) -> str:
    """The whole row in one line."""
    words = (
        title(login),
        subtitle(login),
        outcome_words(login),
        detail_words(login),
        local_clock(login.started_at),
        span(login),
        count_words(login.requests, "request"),
    )
    return ", ".join(word for word in words if word)


def spoken_exchange(exchange: Exchange) -> str:
    """One request in one line."""
    refused = " refused" if is_refusal(exchange) else ""
    words = f"{exchange.method} {exchange.path} {status_words(exchange.status)}{refused}"
    more = fault_words(exchange.fault), again_words(exchange)
    return ", ".join(part for part in (words, *more) if part)


def login_headline(login: Login) -> str:
    """What happened, as the detail's headline."""
    refusal = login.refusal
    if refusal is not None:
        return exchange_headline(refusal)
    if login.outcome is Outcome.RUNNING:
        return "Waiting for the sign-in"
    if login.outcome is Outcome.ANSWERED:
        return exchange_headline(login.telling)
    if login.grant == "client credentials":
        return f"{title(login)} got a token"
    if login.by_sandbox:
        return by_sandbox(login.username)
    client = login.client_name or login.client_id
    where = f" to {client}" if client else ""
    return f"{login.username or 'The user'} signed in{where}"


def exchange_headline(exchange: Exchange) -> str:
    """The same for a single request."""
    if is_refusal(exchange):
        return f"Refused: {long_refusal(exchange.rule, exchange.error, exchange.status)}"
    if exchange.step == SIGN_IN_AS:
        return by_sandbox(exchange.username)
    return f"{exchange.method} {exchange.path}: answered with {status_words(exchange.status)}"


def by_sandbox(username: str) -> str:
    """That nobody typed a password; the same words as the check that notes it."""
    return f"The sandbox signed {username or 'the user'} in without a password"
