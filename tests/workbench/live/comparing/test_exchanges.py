"""What differs between two requests, and what is muted because it always does."""

import json

import pytest

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live.comparing.exchanges import compare_exchanges
from sandbox_app.workbench.live.comparing.rows import Kind, Row, Section, row
from tests.gui.live.samples import a_detail, a_jwt, an_exchange, id_payload
from tests.workbench.live.comparing.conftest import step

JSON = (("Content-Type", "application/json"),)


def found(sections: tuple[Section, ...], title: str) -> dict[str, Row]:
    return {row.name: row for section in sections if section.title == title for row in section.rows}


def bodies(left: object, right: object) -> tuple[Section, ...]:
    sides = []
    for value in (left, right):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        exchange = an_exchange(path="/oauth2/token")
        message = Message(headers=JSON, body=body, size=len(body))
        sides.append((exchange, a_detail(exchange, response=message)))
    return compare_exchanges(*sides)


async def test_the_wrong_secret_shows_in_checks_and_answer(visitor, read) -> None:
    await visitor.tokens("alice", "web")
    code = await visitor.code("bob", "web", prompt="login")
    wrong = visitor.basic("web", "wrong")
    await visitor.post(
        "/oauth2/token",
        {"grant_type": "authorization_code", "code": code, "redirect_uri": "http://other"},
        headers=wrong,
    )
    logins, details = read(visitor)
    good, bad = step(logins[0], "/oauth2/token"), step(logins[-1], "/oauth2/token")

    sections = compare_exchanges((bad, details[bad.id]), (good, details[good.id]))

    assert found(sections, "Request and answer")["Status"].kind is Kind.DIFFERENT
    checks = found(sections, "Checks")
    assert (checks["TK-5"].left or "").startswith("refused")
    assert (checks["TK-5"].right or "").startswith("passed")
    assert checks["TK-3"].kind is Kind.SAME
    form = found(sections, "Form")
    assert form["redirect_uri"].kind is Kind.DIFFERENT
    assert form["code_verifier"].kind is Kind.ONLY_RIGHT
    assert form["code"].kind is Kind.VOLATILE
    assert found(sections, "Request headers")["authorization"].kind is Kind.SAME
    assert found(sections, "Response body")["error"].kind is Kind.ONLY_LEFT


@pytest.mark.parametrize(
    ("name", "left", "right", "kind"),
    [
        ("state", "a", "b", Kind.VOLATILE),
        ("state", "a", "a", Kind.SAME),
        ("nonce", "a", None, Kind.ONLY_LEFT),
        ("code_challenge", None, "b", Kind.ONLY_RIGHT),
        ("exp", "1", "2", Kind.VOLATILE),
        ("event_id", "1", "2", Kind.VOLATILE),
        ("client_id", "a", "b", Kind.DIFFERENT),
        ("scope", "openid email", "email openid", Kind.SAME),
        ("scope", "openid", "openid email", Kind.DIFFERENT),
        ("X-Amz-Cognito-Request-Id", "1", "2", Kind.VOLATILE),
        ("cookie cognito", "a", "b", Kind.VOLATILE),
        ("cookie cognito", "a", None, Kind.ONLY_LEFT),
        ("set-cookie x", "a; Path=/; Expires=1", "b; Expires=2; path=/", Kind.VOLATILE),
        ("set-cookie x", "a; Path=/; Secure", "b; Path=/", Kind.DIFFERENT),
        ("set-cookie x", '""; Path=/', "b; Path=/", Kind.DIFFERENT),
        ("authorization", "Basic (masked)", "Bearer eyJ", Kind.DIFFERENT),
        ("authorization", "Bearer a", "Bearer b", Kind.VOLATILE),
        ("referer", "http://h/login?state=a&x=1", "http://h/login?x=1&state=b", Kind.VOLATILE),
        ("referer", "http://h/login?x=1", "http://h/login?x=2", Kind.DIFFERENT),
        ("referer", "http://h/login?x=1", "http://other/login?x=1", Kind.DIFFERENT),
    ],
)
def test_only_what_matters_is_called_different(name, left, right, kind) -> None:
    assert row(name, left, right).kind is kind
    assert row(name, left, right).matters is (kind not in (Kind.SAME, Kind.VOLATILE))


def test_parameters_are_sets() -> None:
    one, other = an_exchange(), an_exchange()
    left = (one, a_detail(one, target="/oauth2/authorize?a=1&b=2&b=3"))
    right = (other, a_detail(other, target="/oauth2/authorize?b=3&a=1&b=2"))

    assert {it.kind for it in found(compare_exchanges(left, right), "Query").values()} == {
        Kind.SAME
    }


def test_json_is_compared_by_structure_and_not_by_text() -> None:
    rows = found(
        bodies(
            {"keys": [{"kid": "a", "n": 1}], "x": {}}, {"x": {}, "keys": [{"n": 1, "kid": "b"}]}
        ),
        "Response body",
    )

    assert rows["keys[0].kid"].kind is Kind.DIFFERENT
    assert rows["keys[0].n"].kind is Kind.SAME
    assert rows["x"].kind is Kind.SAME


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ({"email_verified": True}, {"email_verified": "true"}, ("true", '"true"')),
        ({"expires_in": 3600}, {"expires_in": "3600"}, ("3600", '"3600"')),
        ({"x": None}, {"x": "null"}, ("null", '"null"')),
        ({"x": []}, {"x": "[]"}, ("[]", '"[]"')),
    ],
)
def test_a_string_that_reads_like_another_value_is_another_value(left, right, shown) -> None:
    [compared] = found(bodies(left, right), "Response body").values()

    assert compared.matters
    assert (compared.left, compared.right) == shown


def test_the_order_of_groups_does_not_matter_in_a_claim_either() -> None:
    left, right = (
        {"id_token": a_jwt({"sub": "s", "cognito:groups": groups})}
        for groups in (["a", "b"], ["b", "a"])
    )

    sections = bodies(left, right)

    assert [it.name for section in sections for it in section.rows if it.matters] == []


def test_an_empty_answer_is_named_where_it_differs_from_a_full_one() -> None:
    assert found(bodies({"a": 1}, {}), "Response body")["everything"].right == "{}"


def test_tokens_are_compared_claim_by_claim() -> None:
    ours, theirs = id_payload(1_795_430_000), id_payload(1_795_430_090, "bob")
    theirs["jti"] = "another"
    del theirs["nonce"]
    rows = found(bodies({"id_token": a_jwt(ours)}, {"id_token": a_jwt(theirs, "k2")}), "ID token")

    matters = {name: row.kind for name, row in rows.items() if row.matters}
    assert matters == {
        "header kid": Kind.DIFFERENT,
        "cognito:username": Kind.DIFFERENT,
        "email": Kind.DIFFERENT,
        "nonce": Kind.ONLY_LEFT,
    }
    assert rows["exp"].kind is rows["iat"].kind is rows["jti"].kind is Kind.VOLATILE


def test_a_page_with_a_new_csrf_value_is_the_same_page() -> None:
    page = '<p>hello</p>\n<input type="hidden" name="_csrf" value="%s">\n<p>%s</p>'
    same = bodies((page % ("c-s-r-f-1", "x")).encode(), (page % ("c-s-r-f-2", "x")).encode())
    other = bodies((page % ("c-s-r-f-1", "x")).encode(), (page % ("c-s-r-f-2", "y")).encode())

    assert found(same, "Response body")["text"].kind is Kind.VOLATILE
    line = found(other, "Response body")["line 3"]
    assert (line.left, line.right) == ("<p>x</p>", "<p>y</p>")


def test_a_check_with_another_value_and_the_same_verdict_is_no_difference() -> None:
    one, other = an_exchange(), an_exchange()
    left = (one, a_detail(one, checks=(Check("AZ-2", Verdict.PASSED, "spa"),)))
    right = (other, a_detail(other, checks=(Check("AZ-2", Verdict.PASSED, "web"),)))

    assert not found(compare_exchanges(left, right), "Checks")["AZ-2"].matters


def test_checks_that_were_not_reached_follow_from_the_refusal() -> None:
    one, other = an_exchange(), an_exchange()
    refused = (Check("AZ-4", Verdict.REFUSED, "a"), Check("AZ-5", Verdict.NOT_REACHED))
    passed = (Check("AZ-4", Verdict.PASSED, "b"), Check("AZ-5", Verdict.PASSED))
    left, right = (one, a_detail(one, checks=refused)), (other, a_detail(other, checks=passed))

    rows = found(compare_exchanges(left, right), "Checks")

    assert [name for name, row in rows.items() if row.matters] == ["AZ-4"]


def test_cookies_are_compared_one_by_one() -> None:
    one, other = an_exchange(), an_exchange()
    headers = (("Cookie", "a=1; b=2"), ("Cookie", "c=3"))
    left = (one, a_detail(one, request=Message(headers=headers)))
    right = (other, a_detail(other, request=Message(headers=(("cookie", "b=9; a=1"),))))

    rows = found(compare_exchanges(left, right), "Request headers")

    assert {name: row.kind for name, row in rows.items()} == {
        "cookie a": Kind.SAME,
        "cookie b": Kind.VOLATILE,
        "cookie c": Kind.ONLY_LEFT,
    }


def test_without_details_the_rows_are_compared() -> None:
    sections = compare_exchanges((an_exchange(status=400), None), (an_exchange(), None))

    assert [section.title for section in sections] == ["Request and answer"]
    assert sections[0].differences == 1


@pytest.mark.parametrize(
    "hostile", [b"[" * 60_000, b'{"a":' * 9_000, b"{" + b'"' * 9_000, b"\xff{"]
)
def test_hostile_bodies_are_compared_too(hostile) -> None:
    assert bodies(hostile, b"{}")


def test_a_token_at_one_side_alone_is_one_difference_and_not_one_per_claim() -> None:
    token = a_jwt(id_payload(1_795_430_000.0))

    sections = bodies({"error": "invalid_grant"}, {"id_token": token})

    assert [*found(sections, "ID token").values()] == [
        Row("claims", None, "18 members", Kind.ONLY_RIGHT)
    ]


def test_that_the_window_sent_it_again_is_no_difference() -> None:
    exchange = an_exchange()
    noted = Check("US-R1", Verdict.NOTED)

    sections = compare_exchanges(
        (exchange, a_detail(exchange, checks=(noted,))), (exchange, a_detail(exchange))
    )

    assert not found(sections, "Checks")["US-R1"].matters


@pytest.mark.parametrize(
    ("masked", "value", "same"),
    [
        ("Bearer (masked-token-1)", "Bearer eyJx", True),
        ("a=(masked-code-1)&b=(masked-state-1)", "a=1&b=2", True),
        ("(masked-a-1)(masked-b-1)", "xy", True),
        ("(masked-a-1)(masked-b-1)", "x", False),
        ("a=(masked-code-1)&b", "a=1&c", False),
        ("a=(masked-code-1)", "a=", False),
        ("a=(masked-code-1)a", "a=", False),
        ("(masked)", "x", False),
    ],
)
def test_a_masked_value_is_like_what_it_may_stand_for(masked: str, value: str, same: bool) -> None:
    for left, right in ((masked, value), (value, masked)):
        assert row("x-odd", left, right).kind is (Kind.VOLATILE if same else Kind.DIFFERENT)
