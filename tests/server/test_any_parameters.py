"""Whatever the parameters are: an answer, a record, and never a way to somewhere else."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.flows.parameters import Parameters, UnreadableParameters
from sandbox_app.server.incoming import FORM_TYPE, Incoming, UnreadableForm
from tests.fuzz.inputs import CALLBACK, CLIENTS, encoded_text, joined, pairs, values, written
from tests.fuzz.raw import RawAnswer, faults_of
from tests.server.conftest import Wire
from tests.visitor import Visitor

SPA = CLIENTS["spa"]
a_few = settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
many = settings(max_examples=300, derandomize=True, deadline=None)
GOOD = {
    "response_type": "code",
    "client_id": SPA,
    "redirect_uri": CALLBACK,
    "scope": "openid",
    "state": "s",
}


def is_proper(wire: Wire, answer: RawAnswer) -> None:
    assert faults_of(answer) == []
    assert (wire.last.id, wire.last.status) == (answer.request_id, answer.status)
    if answer.status >= 400 and wire.last.step not in ("error page", "login"):
        assert wire.last.rule, "a refusal names its rule"


def leads_home_or_to_the_app(answer: RawAnswer) -> None:
    if answer.status != 302:
        return
    location = answer.headers["Location"]
    to_app = location == CALLBACK or location.startswith((f"{CALLBACK}?", f"{CALLBACK}#"))
    own = location.startswith(("http://localhost/login?", "http://localhost/error?"))
    assert to_app or own, location


def query_with(**changes: str) -> str:
    """A good request, changed by values that are written already."""
    good = {name: encoded_text(value) for name, value in GOOD.items()}
    return joined(list({**good, **changes}.items()))


@pytest.mark.parametrize("path", ["/oauth2/authorize", "/login"])
@a_few
@given(redirect_uri=written)
async def test_any_redirect_uri_is_refused_unless_it_is_registered(
    wire: Wire, path: str, redirect_uri: str
) -> None:
    answer = await wire.ask("GET", f"{path}?{query_with(redirect_uri=redirect_uri)}")

    is_proper(wire, answer)
    leads_home_or_to_the_app(answer)
    registered = redirect_uri in (encoded_text(CALLBACK), CALLBACK)
    went_on = answer.status == 200 or "/login?" in answer.headers.get("Location", "")
    assert went_on is registered


@a_few
@given(scope=st.one_of(written, st.lists(values, max_size=5).map(" ".join).map(encoded_text)))
async def test_any_scope_leads_to_the_form_or_back_with_invalid_scope(
    wire: Wire, scope: str
) -> None:
    answer = await wire.ask("GET", f"/oauth2/authorize?{query_with(scope=scope)}")

    is_proper(wire, answer)
    leads_home_or_to_the_app(answer)
    location = answer.headers.get("Location", "")
    if answer.status == 302 and "/login?" not in location:
        assert (
            location == f"{CALLBACK}?error_description=invalid_scope&state=s&error=invalid_request"
        )


@a_few
@given(state=values)
async def test_any_state_comes_back_as_it_was_or_is_refused_at_once(
    visitor: Visitor, wire: Wire, state: str
) -> None:
    cookie = f"Cookie: cognito={await session(visitor)}"
    sent = encoded_text(state)
    answer = await wire.ask("GET", f"/oauth2/authorize?{query_with(state=sent)}", cookie)

    is_proper(wire, answer)
    if answer.status == 400:
        assert wire.last.rule == "US-W6"
        assert any(not character.isprintable() for character in state)
        return
    members = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert members.keys() == ({"code", "state"} if state else {"code"})
    assert members.get("state", "") == state


async def session(visitor: Visitor) -> str:
    """A signed-in browser's cookie, made once per visitor."""
    jar = {cookie.key: cookie.value for cookie in visitor.session.cookie_jar}
    if "cognito" not in jar:
        await visitor.code("alice")
        jar = {cookie.key: cookie.value for cookie in visitor.session.cookie_jar}
    return jar["cognito"]


@pytest.mark.parametrize("path", ["/oauth2/authorize", "/login", "/logout", "/error"])
@a_few
@given(parameters=pairs)
async def test_any_query_gets_a_proper_answer(
    wire: Wire, path: str, parameters: list[tuple[str, str]]
) -> None:
    answer = await wire.ask("GET", f"{path}?{joined(parameters)}")

    is_proper(wire, answer)


@pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo", "/login"])
@a_few
@given(parameters=pairs, query=pairs, grant=st.sampled_from(["code", "refresh", "machine", ""]))
async def test_any_form_gets_a_proper_answer(
    wire: Wire,
    path: str,
    parameters: list[tuple[str, str]],
    query: list[tuple[str, str]],
    grant: str,
) -> None:
    given_first = {
        "code": [("grant_type", "authorization_code"), ("client_id", SPA)],
        "refresh": [("grant_type", "refresh_token"), ("client_id", SPA)],
        "machine": [("grant_type", "client_credentials"), ("client_id", CLIENTS["m2m"])],
        "": [],
    }[grant]
    fixed = {name for name, _ in given_first}
    rest = [pair for pair in parameters if pair[0] not in fixed]

    answer = await wire.form(f"{path}?{joined(query[:2])}", joined([*given_first, *rest]))

    is_proper(wire, answer)
    if path != "/login":
        assert answer.status != 302


@a_few
@given(body=st.binary(max_size=200), kind=st.sampled_from([FORM_TYPE, "", "text/plain", ";;"]))
async def test_any_bytes_as_a_body_get_a_proper_answer(wire: Wire, body: bytes, kind: str) -> None:
    answer = await wire.ask("POST", "/oauth2/token", f"Content-Type: {kind}", body=body)

    is_proper(wire, answer)
    assert answer.status == 400


@a_few
@given(
    value=st.binary(max_size=60).map(lambda raw: raw.translate(None, bytes(range(32)) + b"\x7f"))
)
@pytest.mark.parametrize("name", ["Authorization", "Cookie", "Origin", "Content-Type", "Referer"])
async def test_any_header_gets_a_proper_answer(wire: Wire, name: str, value: bytes) -> None:
    text = value.decode("latin-1")
    for scheme in ("", "Basic ", "Bearer ", "cognito=", "XSRF-TOKEN="):
        header = f"{name}: {scheme}{text}"
        is_proper(wire, await wire.ask("GET", "/oauth2/userInfo", header))
        is_proper(wire, await wire.ask("GET", f"/login?{query_with()}", header))
        is_proper(wire, await wire.form("/oauth2/revoke", "token=x", header))


@many
@given(st.text(max_size=80) | pairs.map(joined))
def test_any_text_is_read_as_parameters_or_refused(text: str) -> None:
    said, read = "", Parameters()
    try:
        read = Parameters.parse(text)
    except UnreadableParameters as error:
        said = str(error) or "nothing"
    assert said != "nothing"
    assert len(said) < 200
    assert all("\x00" not in value and "\n" not in value for value in read.values.values())


@many
@given(st.dictionaries(st.text(max_size=10), st.text(max_size=20), max_size=6))
def test_what_a_proper_client_encodes_is_read_as_it_was(values_by_name: dict[str, str]) -> None:
    try:
        encoded = urlencode(values_by_name)
    except UnicodeEncodeError:
        return
    try:
        read = Parameters.parse(encoded)
    except UnreadableParameters:
        assert not "".join([*values_by_name, *values_by_name.values()]).isprintable()
        return
    assert dict(read.values) == values_by_name
    assert Parameters.parse(read.encoded()) == read


@many
@given(body=st.binary(max_size=80), kind=st.text(max_size=40) | st.just(FORM_TYPE))
def test_any_body_is_a_form_or_refused(body: bytes, kind: str) -> None:
    incoming = Incoming(
        method="POST",
        path="/",
        query="",
        headers={"content-type": kind},
        body=body,
        origin="http://localhost",
        peer="127.0.0.1",
    )
    said = ""
    try:
        incoming.form()
    except (UnreadableForm, UnreadableParameters) as error:
        said = str(error) or "nothing"
    assert said != "nothing"
    assert len(said) < 200
