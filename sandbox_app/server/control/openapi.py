"""The OpenAPI 3.1 document, made from the table of routes that is served."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox_app import __version__
from sandbox_app.operations import catalogue
from sandbox_app.server.control.api_shapes import ShapeSchemas
from sandbox_app.server.control.route import Route
from sandbox_app.server.control.schema import Schema, record, text

_OPERATION = "/_sandbox/operations/{operation}"
_ERROR = record(
    {"error": text("A word for programs."), "message": text("One sentence for a person.")},
    {
        "field": text("The member it is about."),
        "__type": text("Where the Cognito API refused: the same as `error`, for SDKs."),
    },
)
_INTRODUCTION = """\
Everything the sandbox's window can bend, for a script on the same machine. Send the control token
as a bearer token; the line that `userpool-sandbox serve` prints when it is ready names its file.
What is asked here is not recorded as traffic."""


def document(routes: Iterable[Route], origin: str) -> dict[str, Any]:
    """The whole document; the API's shapes take a quarter of a second to load the first time."""
    shapes = ShapeSchemas()
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        if route.path == _OPERATION:
            for name in catalogue.operations():
                path = _OPERATION.replace("{operation}", name)
                paths[path] = {"post": _api_operation(name, shapes)}
            continue
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Userpool Sandbox control interface",
            "version": __version__,
            "description": _INTRODUCTION,
        },
        "servers": [{"url": origin}],
        "security": [{"control_token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"control_token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": dict(_ERROR), **shapes.schemas},
            "responses": {
                "Error": {
                    "description": "It cannot be done; the body says why.",
                    "content": _json({"$ref": "#/components/schemas/Error"}),
                }
            },
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": _identifier(route),
        "summary": route.summary,
        "tags": [route.area],
        "responses": {
            "200": {
                "description": "Done.",
                "content": {route.media_type: {"schema": dict(route.gives)}},
            },
            "default": {"$ref": "#/components/responses/Error"},
        },
    }
    parameters = [_parameter("path", name, schema) for name, schema in route.named.items()]
    parameters += [_parameter("query", name, schema) for name, schema in route.query.items()]
    if parameters:
        told["parameters"] = parameters
    if route.takes is not None:
        needed = bool(route.takes.get("required"))
        told["requestBody"] = {"required": needed, "content": _json(route.takes)}
    return told


def _api_operation(name: str, shapes: ShapeSchemas) -> dict[str, Any]:
    """An operation of the API, with the API's own shapes."""
    asked, answered = shapes.of_operation(name)
    return {
        "operationId": name,
        "summary": f"{name} of the Cognito API.",
        "tags": ["operations"],
        "requestBody": {"required": True, "content": _json(asked)},
        "responses": {
            "200": {"description": "Done.", "content": _json(answered)},
            "default": {"$ref": "#/components/responses/Error"},
        },
    }


def _parameter(place: str, name: str, schema: Schema) -> dict[str, Any]:
    words = {key: value for key, value in schema.items() if key == "description"}
    kind = {key: value for key, value in schema.items() if key != "description"}
    return {"name": name, "in": place, "required": place == "path", "schema": kind, **words}


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": dict(schema)}}


def _identifier(route: Route) -> str:
    """`get_clock`, `post_tokens_mint`."""
    path = route.path.removeprefix("/_sandbox/").removesuffix(".json")
    return re.sub(r"\W+", "_", f"{route.method.lower()}_{path}").strip("_")
