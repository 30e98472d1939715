"""Rules of the bent world: what differs because somebody asked for it, or by how it is reached."""

from sandbox_app.domain.rules.rule import Certainty, Rule

RULES = (
    Rule(
        id="US-N1",
        sentence="Browser and back end reach the pool under one name, and so know one issuer",
        certainty=Certainty.OURS,
        real_service="nothing: its issuer is the same whoever asks",
    ),
    Rule(
        id="US-C1",
        sentence="A client's tokens tell the time of a clock of their own where one is set",
        certainty=Certainty.OURS,
        real_service="nothing: its clock is right",
    ),
    Rule(
        id="US-K1",
        sentence="The key set is answered as the conditions say",
        certainty=Certainty.OURS,
        real_service="the pool's two keys, at once",
    ),
)
