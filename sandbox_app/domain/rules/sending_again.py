"""The rule that marks what the window itself sends."""

from sandbox_app.domain.rules.rule import Certainty, Rule

SENT_AGAIN = "US-R1"

RULES = (
    Rule(
        id=SENT_AGAIN,
        sentence="Requests come from apps and browsers, unless the window sends one again",
        certainty=Certainty.OURS,
        real_service="nothing: the real service cannot tell, and answers it like any other",
    ),
)
