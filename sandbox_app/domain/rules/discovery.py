"""Rules of the discovery document and the key set (contract oidc 2 and 3)."""

from sandbox_app.domain.rules.rule import Certainty, Rule

RULES = (
    Rule(
        id="DC-1",
        sentence="code_challenge_methods_supported is absent although S256 works",
        certainty=Certainty.OBSERVED,
        setting="Sandbox.AdvertisePkce",
    ),
    Rule(
        id="DC-2",
        sentence="Grant types, claims and response modes are not advertised either",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="DC-3",
        sentence="A pool without a domain advertises endpoints below its issuer and no sign-out",
        certainty=Certainty.OBSERVED,
        setting="Domain",
    ),
    Rule(
        id="DC-4",
        sentence="/.well-known/oauth-authorization-server is not served",
        certainty=Certainty.INFERRED,
        real_service="404",
    ),
    Rule(
        id="DC-5",
        sentence="The pool in the path exists",
        certainty=Certainty.INFERRED,
        real_service="404 with a short JSON message",
        setting="Id",
    ),
    Rule(
        id="JW-1",
        sentence="A pool has two keys: one signs ID tokens, the other access tokens",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="JW-2",
        sentence="A key's members are alg, e, kid, kty, n, use, in that order",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="JW-3",
        sentence="A kid is standard base64 of 32 bytes and may hold / and +",
        certainty=Certainty.OBSERVED,
    ),
    Rule(
        id="JW-4",
        sentence="The set may gain keys; a client fetches it again on an unknown kid",
        certainty=Certainty.DOCUMENTED,
    ),
)
