"""The OpenAPI document: every route is in it, and the answers are as it promises."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox_app.operations import catalogue
from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.route import Route
from sandbox_app.server.control.table import routes
from tests.server.control.conftest import Script

KEYWORDS = {
    *("type", "enum", "properties", "required", "additionalProperties", "items", "description"),
    *("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "$ref"),
}
TYPES = {"string", "integer", "number", "boolean", "array", "object", "null"}


def all_routes(script: Script) -> tuple[Route, ...]:
    return routes(EventStream(script.sandbox.core))


async def test_every_route_is_in_the_document(script: Script) -> None:
    document = await script.get("/openapi.json")

    told = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method in methods
    }
    calls = {f"POST /_sandbox/operations/{name}" for name in catalogue.operations()}
    expected = {route.name for route in all_routes(script)}
    assert told == (expected - {"POST /_sandbox/operations/{operation}"}) | calls


async def test_the_document_is_sound(script: Script) -> None:
    document = await script.get("/openapi.json")

    assert document["openapi"] == "3.1.0"
    assert document["info"].keys() == {"title", "version", "description"}
    assert document["servers"] == [{"url": script.sandbox.http}]
    assert list(document["components"]["securitySchemes"]) == list(document["security"][0])
    identifiers = []
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            identifiers.append(told["operationId"])
            named = [each["name"] for each in told.get("parameters", ()) if each["in"] == "path"]
            assert named == re.findall(r"\{(\w+)\}", path)
            assert told["summary"].endswith("."), path
            assert {"200", "default"} <= told["responses"].keys()
            assert ("requestBody" in told) == (method in ("post", "patch")), (method, path)
    assert len(set(identifiers)) == len(identifiers)


async def test_every_schema_is_one(script: Script) -> None:
    document = await script.get("/openapi.json")

    found = list(schemas(document))
    assert len(found) > 100
    for schema in found:
        assert schema.keys() <= KEYWORDS, schema
        kinds = schema.get("type", [])
        assert set([kinds] if isinstance(kinds, str) else kinds) <= TYPES
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/components/schemas/")
            assert name in document["components"]["schemas"]
        assert set(schema.get("required", ())) <= schema.get("properties", {}).keys()


def schemas(node: Any, inside: bool = False) -> Iterator[dict[str, Any]]:
    """Every schema of the document, those inside others too."""
    if not isinstance(node, dict):
        return
    if inside:
        yield node
        for each in node.get("properties", {}).values():
            yield from schemas(each, True)
        for name in ("items", "additionalProperties"):
            yield from schemas(node.get(name), True)
        return
    for name, each in node.items():
        if name == "schema":
            yield from schemas(each, True)
        elif name == "schemas":
            for schema in each.values():
                yield from schemas(schema, True)
        elif isinstance(each, list):
            for item in each:
                yield from schemas(item)
        else:
            yield from schemas(each)


async def test_every_route_calls_something_and_says_so(script: Script) -> None:
    for route in all_routes(script):
        assert route.calls or route.method == "GET", route.name
        assert route.path.startswith("/_sandbox/")
        assert set(re.findall(r"\{(\w+)\}", route.path)) == route.named.keys()
        assert (route.takes is None) == (route.method in ("GET", "DELETE"))


def test_the_catalogue_holds_every_operation_there_is() -> None:
    from tests.architecture.test_floor_plan import PACKAGE

    text = "".join(each.read_text() for each in (PACKAGE / "operations").glob("*.py"))
    assert set(re.findall(r'@shapes\.checked\("(\w+)"\)', text)) == set(catalogue.operations())
