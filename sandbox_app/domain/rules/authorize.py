"""Rules of /oauth2/authorize (contract oidc 4)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

_PAGE = "“An error was encountered with the requested page.” The app is never told."
_AT_APP = "The app's callback receives {} and no word more."

CHECKS_BEFORE_REDIRECT = ("AZ-1", "AZ-2", "AZ-3", "AZ-4")
CHECKS_OF_REQUEST = ("AZ-5", "AZ-6", "AZ-7", "AZ-8", "AZ-9", "AZ-10", "AZ-11")

RULES = (
    Rule(
        id="AZ-1",
        sentence="client_id is present",
        certainty=Certainty.INFERRED,
        real_service="“Required String parameter 'client_id' is not present”",
    ),
    Rule(
        id="AZ-2",
        sentence="The client exists",
        certainty=Certainty.OBSERVED,
        real_service=_PAGE,
        setting="ClientId",
    ),
    Rule(
        id="AZ-3",
        sentence="redirect_uri is present",
        certainty=Certainty.OBSERVED,
        real_service="“Required String parameter 'redirect_uri' is not present”",
    ),
    Rule(
        id="AZ-4",
        sentence="redirect_uri must be one of the client's callback URLs",
        certainty=Certainty.OBSERVED,
        real_service=_PAGE,
        setting="CallbackURLs",
    ),
    Rule(
        id="AZ-5",
        sentence="response_type is present",
        certainty=Certainty.DOCUMENTED,
        real_service=_AT_APP.format("error=invalid_request"),
    ),
    Rule(
        id="AZ-6",
        sentence="response_type is code or token",
        certainty=Certainty.INFERRED,
        real_service=_AT_APP.format("error=invalid_request"),
    ),
    Rule(
        id="AZ-7",
        sentence="The flow is allowed for this client",
        certainty=Certainty.DOCUMENTED,
        real_service=_AT_APP.format("error=unauthorized_client"),
        setting="AllowedOAuthFlows",
    ),
    Rule(
        id="AZ-8",
        sentence="code_challenge comes with code_challenge_method=S256",
        certainty=Certainty.DOCUMENTED,
        real_service=_AT_APP.format("error=invalid_request"),
    ),
    Rule(
        id="AZ-9",
        sentence="code_challenge_method comes with a code_challenge",
        certainty=Certainty.INFERRED,
        real_service=_AT_APP.format("error=invalid_request"),
    ),
    Rule(
        id="AZ-10",
        sentence="Every scope is enabled on the client",
        certainty=Certainty.OBSERVED,
        real_service=_AT_APP.format("error_description=invalid_scope and error=invalid_request"),
        setting="AllowedOAuthScopes",
    ),
    Rule(
        id="AZ-11",
        sentence="resource is a permitted URL",
        certainty=Certainty.INFERRED,
        real_service=_AT_APP.format("error=invalid_request"),
    ),
    Rule(
        id="AZ-12",
        sentence="The identity provider asked for is enabled on the client",
        certainty=Certainty.OBSERVED,
        real_service="“Login option is not available. Please try another one”",
        setting="SupportedIdentityProviders",
    ),
    Rule(
        id="AZ-13",
        sentence="prompt=none finds a session",
        certainty=Certainty.DOCUMENTED,
        real_service=_AT_APP.format("error=login_required"),
        setting="ManagedLoginVersion",
    ),
    Rule(
        id="OI-4.1",
        sentence="A parameter that authorize does not know is passed over without a word",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="AZ-20",
        sentence="Without a session the browser goes to /login with the same parameters",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="AZ-21",
        sentence="With a session the browser goes straight back to the app",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="AZ-22",
        sentence="identity_provider leads straight to the provider; COGNITO means the form",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="AZ-23",
        sentence="The code is delivered in the query, with the state as it came",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="AZ-24",
        sentence="The implicit flow delivers the tokens in the fragment",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="AZ-25",
        sentence="Without openid there is no ID token",
        certainty=Certainty.DOCUMENTED,
    ),
)
