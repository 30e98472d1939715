"""The text of an exchange that plain words are looked for in."""

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.words import (
    again_words,
    fault_words,
    grant_words,
    short_refusal,
    status_words,
)

_REMEMBERED_TEXTS = 20_000


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


class SearchedTexts:
    """Requests repeat each other; their texts are made once and shared."""

    def __init__(self) -> None:
        self._texts: dict[tuple[object, ...], str] = {}

    def of(self, exchange: Exchange) -> str:
        """The text of an exchange."""
        key = (
            exchange.method,
            exchange.path,
            exchange.status,
            exchange.client_id,
            exchange.client_name,
            exchange.username,
            exchange.grant,
            exchange.step,
            exchange.rule,
            exchange.error,
            exchange.fault,
            exchange.again_at,
        )
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= _REMEMBERED_TEXTS:
                self._texts.clear()
            text = self._texts[key] = searched_text(exchange)
        return text

    def clear(self) -> None:
        """Forget them."""
        self._texts.clear()
