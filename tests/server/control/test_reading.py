"""What a script gets wrong is said at once: where, and what would have been right."""

from typing import Any

import pytest

from sandbox_app.server.control import reading, schema
from tests.server.control.conftest import Script


@pytest.mark.parametrize(
    "path", ["/nowhere", "/conditions/", "//conditions", "/conditions/normal/x"]
)
async def test_an_unknown_path_names_the_list_of_paths(script: Script, path: str) -> None:
    said = await script.ask("GET", path)

    assert (said.status, said.error) == (404, "not_found")
    assert "/_sandbox/openapi.json" in said.message


async def test_another_method_is_told_the_right_ones(script: Script) -> None:
    said = await script.ask("DELETE", "/conditions")

    assert (said.status, said.error, said.headers["Allow"]) == (405, "method_not_allowed", "GET")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"user": "a", "user": "b"}',
        b'{"n": NaN}',
        b'{"n": 1e999}',
        b'{"n": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"user": "\\ud800"}',
        "{}".encode("utf-16"),
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_no_json_changes_nothing(script: Script, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    said = await script.ask("POST", "/sessions/end", headers=headers, data=body)

    assert (said.status, said.error) == (400, "not_json")
    assert said.message.endswith(".")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
async def test_what_a_form_can_send_is_not_taken(script: Script, kind: str) -> None:
    headers = {"Content-Type": kind}
    said = await script.ask("POST", "/sessions/end", headers=headers, data=b'{"user":"alice"}')

    assert (said.status, said.error) == (415, "not_json")
    assert "application/json" in said.message


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "user", "user is missing."),
        ({"user": 7}, "user", "user must be a text."),
        ({"user": "alice", "usr": "x"}, "usr", "usr is not known; what may be said is"),
        ([], None, "The body must be a JSON object."),
        ("alice", None, "The body must be a JSON object."),
    ],
)
async def test_a_wrong_member_is_named(
    script: Script, body: Any, field: str | None, words: str
) -> None:
    said = await script.ask("POST", "/sessions/end", body)

    assert (said.status, said.error, said.field) == (400, "invalid", field)
    assert said.message.startswith(words)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("outcome=lost", "outcome"),
        ("who=alice", "who"),
    ],
)
async def test_a_wrong_question_is_named(script: Script, query: str, field: str) -> None:
    said = await script.ask("GET", f"/logins?{query}")

    assert (said.status, said.error, said.field) == (400, "invalid", field)


@pytest.mark.parametrize("query", ["user=%ff", "user=a&user=b", "user=%00"])
async def test_a_query_that_cannot_be_read_is_told(script: Script, query: str) -> None:
    said = await script.ask("GET", f"/logins?{query}")

    assert (said.status, said.error) == (400, "unreadable")


async def test_an_endless_body_is_cut_off(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BODY_LIMIT", 1000)
    headers = {"Content-Type": "application/json"}
    body = b'{"template":"' + b"a" * 1000 + b'"}'
    said = await script.ask("POST", "/seeds", headers=headers, data=body)

    assert (said.status, said.error) == (413, "unreadable")


async def test_a_name_that_nothing_has_is_told_with_those_there_are(script: Script) -> None:
    said = await script.ask("POST", "/tokens/mint", {"client": "wbe", "user": "alice"})

    assert (said.status, said.error, said.field) == (404, "not_found", "client")
    assert said.message == "There is no client “wbe”; there is m2m, spa, web."


async def test_a_fault_of_ours_is_no_trace_on_the_wire(
    script: Script, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(core: object) -> None:
        raise RuntimeError("secret inner workings")

    monkeypatch.setattr("sandbox_app.server.control.conditions.deviations", broken)
    said = await script.ask("GET", "/conditions")

    assert (said.status, said.error) == (500, "fault")
    assert "inner" not in str(said.body)
    assert "secret inner workings" in caplog.text


@pytest.mark.parametrize(
    ("made", "good", "bad"),
    [
        (schema.text(among=("a", "b")), ["a", "b"], ["c", 1, None]),
        (schema.whole(least=1, most=3), [1, 3], [0, 4, 1.0, True, "1"]),
        (schema.number(), [1, -2.5], [True, "1", None]),
        (schema.flag(), [True, False], [0, 1, "true"]),
        (schema.listed(schema.text()), [[], ["a"]], ["a", [1]]),
        (schema.mapping(schema.text()), [{}, {"a": "b"}], [{"a": 1}, []]),
        (schema.maybe(schema.text()), ["a", None], [1]),
        (schema.record({"a": schema.text()}), [{"a": "b"}], [{}, {"a": 1}, {"a": "b", "c": 1}]),
    ],
)
def test_a_schema_lets_the_right_values_pass(
    made: schema.Schema, good: list[Any], bad: list[Any]
) -> None:
    assert [value for value in good if schema.first_fault(made, value) is not None] == []
    assert [value for value in bad if schema.first_fault(made, value) is None] == []
