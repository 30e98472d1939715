"""Rules of /logout (contract oidc 9)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

_MISLEADING = "“Required String parameter 'redirect_uri' is not present”, whatever is wrong"

LOGOUT_CHECKS = ("AZ-1", "AZ-2")

RULES = (
    Rule(
        id="LO-1",
        sentence="A registered logout_uri ends the session and is gone to",
        certainty=Certainty.DOCUMENTED,
        setting="LogoutURLs",
    ),
    Rule(
        id="LO-2",
        sentence="logout_uri must be one of the client's sign-out URLs",
        certainty=Certainty.OBSERVED,
        real_service=_MISLEADING,
        setting="LogoutURLs",
    ),
    Rule(
        id="LO-3",
        sentence="logout_uri or redirect_uri is present",
        certainty=Certainty.OBSERVED,
        real_service=_MISLEADING,
    ),
    Rule(
        id="LO-4",
        sentence="With redirect_uri the session ends and the sign-in page follows",
        certainty=Certainty.DOCUMENTED,
        setting="CallbackURLs",
    ),
    Rule(
        id="LO-5",
        sentence="identity_provider is ignored",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="LO-6",
        sentence="The OIDC names post_logout_redirect_uri and id_token_hint mean nothing here",
        certainty=Certainty.INFERRED,
        real_service=_MISLEADING,
        setting="LogoutURLs",
    ),
    Rule(
        id="OI-9",
        sentence="A parameter that logout does not know is passed over without a word",
        certainty=Certainty.INFERRED,
    ),
)
