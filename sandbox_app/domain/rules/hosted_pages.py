"""Rules of /login and the other classic pages (contract oidc 5, hosted-ui 1 and 4.1)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

_WRONG = "“Incorrect username or password.”"

SIGN_IN_CHECKS = (
    "LG-2",
    "HU-G8",
    "HU-4.1-2",
    "HU-4.1-3",
    "HU-4.1-5",
    "HU-4.1-6",
    "HU-4.1-8",
    "HU-4.1-9",
    "HU-4.1-10",
    "HU-4.1-11",
    "HU-4.1-12",
)

RULES = (
    Rule(
        id="LG-1",
        sentence="The form carries _csrf, username, password, cognitoAsfData and the button",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="LG-2",
        sentence="_csrf equals the XSRF-TOKEN cookie",
        certainty=Certainty.OBSERVED,
        real_service="An error page; its words are not known.",
    ),
    Rule(
        id="LG-3",
        sentence="A good sign-in sets the session cookie and goes back to the app",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="LG-4",
        sentence="An unknown user is answered like a wrong password, if the client says so",
        certainty=Certainty.DOCUMENTED,
        setting="PreventUserExistenceErrors",
    ),
    Rule(
        id="LG-5",
        sentence="A managed login domain has a branding style for the client",
        certainty=Certainty.OBSERVED,
        real_service="“Login pages unavailable. Please contact an administrator.”",
        setting="ManagedLoginVersion",
    ),
    Rule(
        id="LG-6",
        sentence="Each challenge is finished within the authentication session",
        certainty=Certainty.DOCUMENTED,
        setting="AuthSessionValidity",
    ),
    Rule(
        id="LG-7",
        sentence="A provider's answer carries the state of this browser",
        certainty=Certainty.OBSERVED,
        real_service="/error?error=Invalid%20state",
    ),
    Rule(
        id="HU-G8",
        sentence="The sign-in form is submitted within five minutes",
        certainty=Certainty.DOCUMENTED,
        real_service="“Something went wrong”",
    ),
    Rule(
        id="HU-1.2-3",
        sentence="The session is at most one hour old, used or not",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="HU-1.2-4",
        sentence="A session serves every client of its pool",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="HU-1.2-5",
        sentence="The session's user still exists and is enabled",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="HU-5-6",
        sentence="The client has a provider to sign in with",
        certainty=Certainty.OBSERVED,
        real_service="“An error was encountered with the requested page.”",
        setting="SupportedIdentityProviders",
    ),
    Rule(
        id="HU-4.1-2",
        sentence="Username and password are filled in",
        certainty=Certainty.INFERRED,
        real_service=_WRONG,
    ),
    Rule(
        id="HU-4.1-3",
        sentence="The user is not locked out after failed sign-ins",
        certainty=Certainty.DOCUMENTED,
        real_service="“Password attempts exceeded”",
    ),
    Rule(
        id="HU-4.1-5",
        sentence="The user exists",
        certainty=Certainty.DOCUMENTED,
        real_service="“Incorrect username or password.” or “User does not exist.”",
        setting="PreventUserExistenceErrors",
    ),
    Rule(
        id="HU-4.1-6",
        sentence="The user is enabled",
        certainty=Certainty.INFERRED,
        real_service="“Incorrect username or password.” or “User is disabled.”",
        setting="Enabled",
    ),
    Rule(
        id="HU-4.1-8",
        sentence="The password is right",
        certainty=Certainty.OBSERVED,
        real_service=_WRONG,
    ),
    Rule(
        id="HU-4.1-9",
        sentence="The user is confirmed",
        certainty=Certainty.INFERRED,
        real_service="A confirmation page, or “User is not confirmed.”",
        setting="UserStatus",
    ),
    Rule(
        id="HU-4.1-10",
        sentence="A temporary password is not too old",
        certainty=Certainty.OBSERVED,
        real_service="“Temporary password has expired and must be reset by an administrator.”",
        setting="TemporaryPasswordValidityDays",
    ),
    Rule(
        id="HU-4.1-11",
        sentence="The password is not a temporary one that must be changed first",
        certainty=Certainty.DOCUMENTED,
        real_service="A page that asks for a new password.",
        setting="UserStatus",
    ),
    Rule(
        id="HU-4.1-12",
        sentence="No password reset is required",
        certainty=Certainty.DOCUMENTED,
        real_service="A page that sends a code and asks for a new password.",
        setting="UserStatus",
    ),
)
