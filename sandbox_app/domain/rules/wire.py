"""Rules of the connection itself: names answered, readable requests, cross-origin answers."""

from sandbox_app.domain.rules.rule import Certainty, Rule

RULES = (
    Rule(
        id="CO-1",
        sentence="A request with an Origin header is answered with "
        "Access-Control-Allow-Origin: *, also on errors",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="CO-2",
        sentence="A preflight is answered 200 with the endpoint's verb and the headers asked for",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="CO-3",
        sentence="Navigation endpoints do not promise cross-origin headers",
        certainty=Certainty.INFERRED,
    ),
    Rule(
        id="OI-1.1",
        sentence="The pool has a domain, without which it has no pages and no OAuth endpoints",
        certainty=Certainty.DOCUMENTED,
        real_service="nothing: there is no host of that name",
        setting="Domain",
    ),
    Rule(
        id="US-W1",
        sentence="The request can be read as HTTP",
        certainty=Certainty.OURS,
        real_service="400 Bad Request",
    ),
    Rule(
        id="US-W2",
        sentence="The host name is one this sandbox answers to",
        certainty=Certainty.OURS,
        real_service="nothing: the name would not lead to the service",
        setting="--name",
    ),
    Rule(
        id="US-W3",
        sentence="The path is one of the pool's endpoints",
        certainty=Certainty.OURS,
        real_service="404 Not Found",
    ),
    Rule(
        id="US-W4",
        sentence="The method is the endpoint's own",
        certainty=Certainty.INFERRED,
        real_service="405 Method Not Allowed",
    ),
    Rule(
        id="US-W5",
        sentence="The body is a readable application/x-www-form-urlencoded form",
        certainty=Certainty.INFERRED,
        real_service='{"error":"invalid_request"}',
    ),
    Rule(
        id="US-W6",
        sentence="No parameter is repeated, over-long or holds control characters",
        certainty=Certainty.OURS,
        real_service='{"error":"invalid_request"}',
    ),
    Rule(
        id="US-W7",
        sentence="The program answered without an internal fault",
        certainty=Certainty.DOCUMENTED,
        real_service="error=server_error",
    ),
)
