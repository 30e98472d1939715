"""The text of an exchange that plain words are looked for in."""

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.words import (
    again_words,
    fault_words,
    grant_words,
    short_refusal,
    status_words,
)


def searched_text(exchange: Exchange) -> str:
    """What the filter searches of one exchange."""
    words = (
        exchange.method,
        exchange.path,
        status_words(exchange.status),
        exchange.client_name,
        exchange.client_id,
        exchange.username,
        exchange.step,
        exchange.grant,
        grant_words(exchange.grant),
        short_refusal(exchange.rule, exchange.error, exchange.status)
        if exchange.rule or exchange.error
        else "",
        exchange.error,
        fault_words(exchange.fault),
        again_words(exchange),
    )
    return " ".join(word for word in words if word).lower()
