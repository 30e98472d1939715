"""Which terms of the filter the words in the head of the details stand for."""

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.filters.values import like_this, term
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.words import fault_words


def terms_of(
    words: str, login: Login, exchange: Exchange, *, headline: str, client: str
) -> tuple[str, ...]:
    """Terms for one fact of the head, by its words; none where no operator looks at it.

    Args:
        exchange: the one that is told about, or the most telling of the login.
        headline, client: what the head shows as such.
    """
    if exchange.fault and words == fault_words(exchange.fault):
        return ("~fault",)
    known: dict[str, tuple[str, ...]] = {
        headline: (like_this(exchange, "rule"),),
        client: (term("client", client),),
        f"{exchange.method} {exchange.path}": (
            like_this(exchange, "m"),
            like_this(exchange, "u"),
        ),
    }
    if login.username:
        known[login.username] = (term("user", login.username),)
    return known.get(words, ())
