"""Rules of the door that the sandbox alone has: signing in as a user without a password."""

from sandbox_app.domain.rules.rule import Certainty, Rule

_NO_DOOR = "nothing: there is no such door"

SIGN_IN_AS_CHECKS = (
    "US-S1",
    "US-S2",
    "US-S3",
    "HU-4.1-5",
    "HU-4.1-6",
    "HU-4.1-9",
    "HU-4.1-11",
    "HU-4.1-12",
)

RULES = (
    Rule(
        id="US-S1",
        sentence="A link that signs in without a password is opened by a browser on this machine",
        certainty=Certainty.OURS,
        real_service=_NO_DOOR,
    ),
    Rule(
        id="US-S2",
        sentence="Such a link is opened once, within a minute",
        certainty=Certainty.OURS,
        real_service=_NO_DOOR,
    ),
    Rule(
        id="US-S3",
        sentence="The link's client is set up to sign users in",
        certainty=Certainty.OURS,
        real_service=_NO_DOOR,
    ),
    Rule(
        id="US-S4",
        sentence="The sandbox signs users in without a password where its window asks for it",
        certainty=Certainty.OURS,
        real_service=_NO_DOOR,
    ),
)
