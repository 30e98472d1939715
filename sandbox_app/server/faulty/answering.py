"""The answer that a fault gives in the pool's place, in the words of the endpoint asked."""

from dataclasses import replace

from sandbox_app.domain.conditions.faults import Answer, Step
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.rules.on_purpose import ANSWERED
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.authorize_checks import identify
from sandbox_app.flows.delivery import turn_back
from sandbox_app.server.faulty.subject import Subject
from sandbox_app.server.hosted.site import Endpoint, Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, json_reply

_API_TYPE = "application/x-amz-json-1.1"
_TOO_MANY = ("TooManyRequestsException", "Rate exceeded")
_ISSUER = (Step.DISCOVERY, Step.KEY_SET)


def answer_instead(
    effect: Answer,
    because: str,
    subject: Subject,
    endpoint: Endpoint | None,
    site: Site,
    trace: Trace,
) -> Reply:
    """The fault's answer; the trace tells that it was no refusal of the pool's."""
    subject.identify(trace)
    if subject.operation:
        return _operation(effect, because, trace)
    delivery = _delivery(effect, endpoint)
    refused = trace.refused(
        Refused(
            effect.error or _usual(effect.status, subject.step),
            ANSWERED,
            because,
            delivery,
            description=effect.error or None if delivery is Delivery.PAGE else None,
            status=effect.status,
        )
    )
    if delivery is Delivery.CLIENT:
        return _to_the_app(refused, subject.incoming, site, trace)
    if delivery is Delivery.PAGE:
        return site.renderer.refusal(refused, subject.incoming)
    if subject.step in _ISSUER:
        # The issuer host speaks the JSON API's dialect, not OAuth's; the body is inferred (DC-5).
        return json_reply({"message": refused.error}, refused.status)
    return site.renderer.json(refused)


def _operation(effect: Answer, because: str, trace: Trace) -> Reply:
    """A named exception. Too many requests is a 400 there, as SDKs know it."""
    status, name = effect.status, effect.error
    message = "The sandbox answers so on purpose."
    if status == 429 or name == _TOO_MANY[0]:
        status, (usual, message) = 400, _TOO_MANY
    elif status >= 500:
        usual = "InternalErrorException"
    else:
        usual = "InvalidParameterException"
    name = name or usual
    trace.refused(Refused(name, ANSWERED, because, status=status))
    headers = (("x-amzn-ErrorType", f"{name}:"), ("x-amzn-ErrorMessage", message))
    reply = json_reply({"__type": name, "message": message}, status, headers)
    return replace(reply, content_type=_API_TYPE)


def _to_the_app(refused: Refused, incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """Back to the callback with the error, unless the callback is none of the client's."""
    parameters = incoming.query_parameters()
    asking = identify(parameters, site.core, trace, pool_id=incoming.pool_id)
    if isinstance(asking, Refused):
        return site.renderer.refusal(trace.refused(asking), incoming)
    return site.renderer.sent_back(turn_back(asking, refused), incoming, site.core.now())


def _delivery(effect: Answer, endpoint: Endpoint | None) -> Delivery:
    if effect.status == 302:
        return Delivery.CLIENT
    if endpoint is not None and not endpoint.for_programs:
        return Delivery.PAGE
    if endpoint is not None and endpoint.step == Step.USERINFO:
        return Delivery.BEARER
    return Delivery.JSON


def _usual(status: int, step: str) -> str:
    """The word that goes with a status where the sentence gives none (most are inferred)."""
    if status == 401:
        return "invalid_token" if step == Step.USERINFO else "invalid_client"
    if status == 429:
        return "too_many_requests"
    if status in (502, 503, 504):
        return "temporarily_unavailable"
    return "server_error" if status >= 500 else "invalid_request"
