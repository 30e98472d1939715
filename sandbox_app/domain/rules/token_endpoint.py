"""Rules of /oauth2/token and its three grants (contract oidc 6, 11, 13 and 16)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

_GRANT = '{"error":"invalid_grant"}'
_REQUEST = '{"error":"invalid_request"}'
_SECRET = '{"error":"invalid_client","error_description":"invalid_client_secret"}'
_UNAUTHORIZED = '{"error":"unauthorized_client"}'

COMMON_CHECKS = ("TK-1", "TK-2", "TK-3", "TK-4", "TK-5", "TK-6", "TK-7")
CODE_CHECKS = ("TC-6", "TC-1", "TC-2", "TC-3", "TC-4", "TC-5", "TC-7")
REFRESH_CHECKS = ("TR-2", "TR-1")
MACHINE_CHECKS = ("TM-1", "TM-2")

RULES = (
    Rule(
        id="TK-1",
        sentence="grant_type is present",
        certainty=Certainty.INFERRED,
        real_service=_REQUEST,
    ),
    Rule(
        id="TK-2",
        sentence="grant_type is one the endpoint knows",
        certainty=Certainty.DOCUMENTED,
        real_service='{"error":"unsupported_grant_type"}',
    ),
    Rule(
        id="TK-3",
        sentence="The client names itself",
        certainty=Certainty.INFERRED,
        real_service=_REQUEST,
    ),
    Rule(
        id="TK-4",
        sentence="The client exists",
        certainty=Certainty.DOCUMENTED,
        real_service='{"error":"invalid_client"}',
        setting="ClientId",
    ),
    Rule(
        id="TK-5",
        sentence="A client with a secret sends it, and it is right",
        certainty=Certainty.OBSERVED,
        real_service=_SECRET,
        setting="ClientSecret",
    ),
    Rule(
        id="TK-6",
        sentence="A client without a secret sends none",
        certainty=Certainty.INFERRED,
        real_service=_SECRET,
        setting="ClientSecret",
    ),
    Rule(
        id="TK-7",
        sentence="The grant's own parameters are present",
        certainty=Certainty.DOCUMENTED,
        real_service=_REQUEST,
    ),
    Rule(
        id="TK-8",
        sentence="The grant's own checks come after the client has proved itself",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="TC-1",
        sentence="The code is known, at most five minutes old and not used before",
        certainty=Certainty.DOCUMENTED,
        real_service=_GRANT,
    ),
    Rule(
        id="TC-2",
        sentence="The code was made for this client",
        certainty=Certainty.INFERRED,
        real_service=_GRANT,
    ),
    Rule(
        id="TC-3",
        sentence="redirect_uri is the one of the authorize request",
        certainty=Certainty.INFERRED,
        real_service=_GRANT,
    ),
    Rule(
        id="TC-4",
        sentence="code_verifier answers the code_challenge; a wrong one costs the code",
        certainty=Certainty.INFERRED,
        real_service=_GRANT,
    ),
    Rule(
        id="TC-5",
        sentence="No code_verifier comes where no code_challenge was sent",
        certainty=Certainty.INFERRED,
        real_service=_GRANT,
    ),
    Rule(
        id="TC-6",
        sentence="The client may use the code flow",
        certainty=Certainty.DOCUMENTED,
        real_service=_UNAUTHORIZED,
        setting="AllowedOAuthFlows",
    ),
    Rule(
        id="TC-7",
        sentence="The client can read every attribute behind the granted scopes",
        certainty=Certainty.DOCUMENTED,
        real_service=_GRANT,
        setting="ReadAttributes",
    ),
    Rule(
        id="TR-1",
        sentence="The refresh token is this client's, alive, and so is its user",
        certainty=Certainty.DOCUMENTED,
        real_service=_GRANT,
        setting="RefreshTokenValidity",
    ),
    Rule(
        id="TR-2",
        sentence="The client may use the flow that the session began with",
        certainty=Certainty.DOCUMENTED,
        real_service=_UNAUTHORIZED,
        setting="AllowedOAuthFlows",
    ),
    Rule(
        id="TM-1",
        sentence="client_credentials is enabled on the client",
        certainty=Certainty.OBSERVED,
        real_service=_GRANT,
        setting="AllowedOAuthFlows",
    ),
    Rule(
        id="TM-2",
        sentence="Every scope is custom and enabled on the client",
        certainty=Certainty.INFERRED,
        real_service=_GRANT,
        setting="AllowedOAuthScopes",
    ),
    Rule(
        id="TM-3",
        sentence="A scope that its resource server no longer has is left out without a word",
        certainty=Certainty.DOCUMENTED,
        setting="AllowedOAuthScopes",
    ),
    Rule(
        id="TM-4",
        sentence="resource is ignored for machines",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="OI-6",
        sentence="A parameter that the token endpoint does not know is passed over without a word",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="OI-13",
        sentence="PKCE is S256 only, and never forced on a client",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="OI-16",
        sentence="With rotation each refresh hands out a new token that ends when the first would",
        certainty=Certainty.DOCUMENTED,
        setting="RefreshTokenRotation",
    ),
    Rule(
        id="OI-17",
        sentence="Revoking a refresh token kills the tokens of its family at the pool's endpoints",
        certainty=Certainty.DOCUMENTED,
        setting="EnableTokenRevocation",
    ),
)
