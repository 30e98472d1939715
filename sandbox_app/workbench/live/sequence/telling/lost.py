"""The stories of answers that were kept back until there was nobody left to hear them."""

from dataclasses import replace

from sandbox_app.domain.rules.holding import CLIENT_GONE, CUT
from sandbox_app.workbench.live.sequence.parts import Lane, Story
from sandbox_app.workbench.live.sequence.reading import Reading

_STAYS = "What the pool did for it stays done: a code that was spent is spent."


def tell_lost(reading: Reading, told: Story) -> Story:
    """What became of an answer, and what it would have been; `told` where it was not kept back.

    Args:
        told: the story of the answer, had it arrived.
    """
    who = "the browser" if reading.source is Lane.BROWSER else "the app"
    if reading.checked(CLIENT_GONE):
        rule, title = CLIENT_GONE, f"{who.capitalize()} was gone before the answer came"
        how = f"While the answer was kept back, {who} gave up waiting and closed the connection."
    elif reading.checked(CUT):
        rule, title = CUT, "The connection was cut by hand"
        how = f"The answer was kept back and then dropped, so {who} saw the connection break."
    else:
        return told
    never = f"This never arrived: {told.title[:1].lower()}{told.title[1:]}."
    return replace(
        told, title=title, sentences=(how, never, _STAYS), sources=(*told.sources, f"rule {rule}")
    )
