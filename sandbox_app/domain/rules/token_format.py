"""Rules of the tokens' bytes and of what they hold (contract oidc 10, 12 and 14)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

RULES = (
    Rule(
        id="TF-1",
        sentence="A token's header is kid, then alg, and no typ",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="TF-2",
        sentence="A token's JSON is compact and escapes the slash",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="TF-3",
        sentence="A payload's members stand in the order of a Java HashMap",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="TF-4",
        sentence="The scope string is ordered like a Java HashSet, not as requested",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="OI-12",
        sentence="Naming a scope beside openid narrows the claims to that scope's",
        certainty=Certainty.DOCUMENTED,
        setting="AllowedOAuthScopes",
    ),
    Rule(
        id="OI-14",
        sentence="cognito:groups is an array, and absent for a user without groups",
        certainty=Certainty.OBSERVED,
    ),
)
