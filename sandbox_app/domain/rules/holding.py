"""Rules of answers that are kept back: what is noted when one is not sent as it was made."""

from sandbox_app.domain.rules.rule import Certainty, Rule

_NEVER = "nothing: the real service keeps no answer back"

CLIENT_GONE, CUT, EDITED = "US-H1", "US-H2", "US-H3"

RULES = (
    Rule(
        id=CLIENT_GONE,
        sentence="The client waits for an answer that is kept back",
        certainty=Certainty.OURS,
        real_service=_NEVER,
    ),
    Rule(
        id=CUT,
        sentence="An answer that is kept back is sent in the end",
        certainty=Certainty.OURS,
        real_service=_NEVER,
    ),
    Rule(
        id=EDITED,
        sentence="An answer that is kept back is sent as the pool made it",
        certainty=Certainty.OURS,
        real_service=_NEVER,
    ),
)
