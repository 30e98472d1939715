"""Rules of /oauth2/userInfo and /oauth2/revoke (contract oidc 7 and 8)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

USERINFO_CHECKS = ("UI-1", "UI-2", "UI-3")
REVOKE_CHECKS = ("RV-1", "RV-2", "RV-3", "RV-4", "RV-5", "RV-6")

RULES = (
    Rule(
        id="UI-1",
        sentence="An Authorization header carries a bearer token",
        certainty=Certainty.DOCUMENTED,
        real_service='400 error="invalid_request", '
        'error_description="Bad OAuth2 request at UserInfo Endpoint"',
    ),
    Rule(
        id="UI-2",
        sentence="The access token is this pool's, alive and not revoked, and so is its user",
        certainty=Certainty.DOCUMENTED,
        real_service='401 error="invalid_token", error_description="Access token is expired, '
        'disabled, or deleted, or the user has globally signed out."',
    ),
    Rule(
        id="UI-3",
        sentence="The access token holds the openid scope",
        certainty=Certainty.OBSERVED,
        real_service='401 error="invalid_token", '
        'error_description="Access token does not contain openid scope"',
        setting="AllowedOAuthScopes",
    ),
    Rule(
        id="RV-1",
        sentence="The client's credentials are right",
        certainty=Certainty.DOCUMENTED,
        real_service='401 {"error":"invalid_client"}',
        setting="ClientSecret",
    ),
    Rule(
        id="RV-2",
        sentence="token is present and revocation is switched on",
        certainty=Certainty.DOCUMENTED,
        real_service='{"error":"invalid_request"}',
        setting="EnableTokenRevocation",
    ),
    Rule(
        id="RV-3",
        sentence="The token is a refresh token, not an access or ID token",
        certainty=Certainty.DOCUMENTED,
        real_service='{"error":"unsupported_token_type"}',
    ),
    Rule(
        id="RV-4",
        sentence="A token that is unknown or already revoked is answered with 200 all the same",
        certainty=Certainty.DOCUMENTED,
        real_service="200 with an empty body, as if it had worked",
    ),
    Rule(
        id="RV-5",
        sentence="A token of another client is left alone and answered with 200",
        certainty=Certainty.INFERRED,
        real_service="200 with an empty body, as if it had worked",
    ),
    Rule(
        id="RV-6",
        sentence="A good request is answered with 200 and an empty body",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="OI-8",
        sentence="token_type_hint is accepted and passed over",
        certainty=Certainty.OBSERVED,
    ),
)
