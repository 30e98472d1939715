"""What the sandbox did wrong on purpose, told where it shows: no rule of the service's own."""

from sandbox_app.domain.rules.rule import Certainty, Rule

ANSWERED = "US-F1"
SENT = "US-F2"
CERTIFICATE = "US-F3"

RULES = (
    Rule(
        id=ANSWERED,
        sentence="The pool itself answers, and no fault of the sandbox in its place",
        certainty=Certainty.OURS,
        real_service="nothing: a fault set in Conditions gave this answer",
    ),
    Rule(
        id=SENT,
        sentence="The answer goes out at once and as it is, unspoilt by a fault of the sandbox",
        certainty=Certainty.OURS,
        real_service="nothing: a fault set in Conditions spoilt the answer",
    ),
    Rule(
        id=CERTIFICATE,
        sentence="The TLS certificate is good for this name, unspoilt by a fault of the sandbox",
        certainty=Certainty.OURS,
        real_service="nothing: a fault set in Conditions showed another certificate",
    ),
)
