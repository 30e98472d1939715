"""A request of the control interface read against its route; what is wrong is said at once."""

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from aiohttp import web

from sandbox_app.flows.parameters import Parameters, UnreadableParameters
from sandbox_app.server.body import read_body
from sandbox_app.server.control.route import Mistake, Route
from sandbox_app.server.control.schema import Schema, first_fault

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes of a body that are read: a template with tens of thousands of users."""


async def body_of(request: web.BaseRequest, route: Route) -> Mapping[str, Any]:
    """The JSON object that was sent; an empty body is an empty object.

    Raises:
        Mistake: it is no JSON, or not as the route takes it.
    """
    if route.takes is None:
        return {}
    body = await read_body(request, BODY_LIMIT)
    if body.wrong:
        raise Mistake("unreadable", _sentence(body.wrong), status=body.status)
    if not body.data:
        sent: Any = {}
    else:
        _refuse_other_types(request.headers.get("Content-Type", ""))
        sent = _json(body.data)
    _hold_against(route.takes, sent)
    assert isinstance(sent, dict)
    return sent


def query_of(query: str, route: Route) -> Mapping[str, Any]:
    """The query's parameters, numbers as numbers; an empty one counts as not given.

    Raises:
        Mistake: it cannot be read, or says something the route does not know.
    """
    try:
        parameters = Parameters.parse(query)
    except UnreadableParameters as error:
        raise Mistake("unreadable", f"The query cannot be read: {error}.") from None
    given: dict[str, Any] = {}
    for name, value in parameters.values.items():
        schema = route.query.get(name)
        if schema is None:
            known = ", ".join(route.query) or "nothing"
            raise Mistake(
                "invalid",
                f"{name[:60]} is not known; what may be asked is {known}.",
                field=name[:60],
            )
        if value:
            given[name] = _typed(value, schema)
            _hold_against(schema, given[name], name)
    return given


def _refuse_other_types(content_type: str) -> None:
    kind, _, rest = content_type.partition(";")
    charset = rest.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise Mistake(
            "not_json",
            "The body must be JSON: send it with Content-Type: application/json.",
            status=415,
        )


def _json(data: bytes) -> Any:
    try:
        text = data.decode()
        read = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
        json.dumps(read, ensure_ascii=False).encode()
    except UnicodeDecodeError:
        raise Mistake("not_json", "The body is not UTF-8 text.") from None
    except UnicodeEncodeError:
        raise Mistake("not_json", "The body holds half a character (a lone surrogate).") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Mistake("not_json", f"The body is not JSON: {error.msg}, {where}.") from None
    except (ValueError, RecursionError):
        raise Mistake("not_json", "The body holds a number or a nesting beyond reason.") from None
    return read


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Mistake("not_json", "The body names a member twice.")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise Mistake("not_json", f"{name} is no number that can be used.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse_constant(text[:20])
    return number


def _hold_against(schema: Schema, value: Any, at: str = "") -> None:
    fault = first_fault(schema, value, at)
    if fault is not None:
        raise Mistake("invalid", fault[1], field=fault[0] or None)


def _typed(value: str, schema: Schema) -> Any:
    kind = schema.get("type")
    if kind == "integer" and value.isascii() and value.removeprefix("-").isdigit():
        return int(value) if len(value) < 20 else value
    if kind == "boolean":
        return {"true": True, "false": False}.get(value, value)
    return value


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
