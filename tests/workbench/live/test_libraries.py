"""Client libraries are told by the requests that they really send, recorded from their packages."""

import pytest

from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live.libraries import recognise, recognise_login
from tests.gui.live.samples import a_detail, an_exchange

CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Safari/537.36"
)
FORM = "application/x-www-form-urlencoded"
PKCE = "code_challenge=rT-gT2fAsL3U9lNen9lzQmeNykWQSEK7hwfyu44dIYM&code_challenge_method=S256"
APP = "http%3A%2F%2Flocalhost%3A5173%2Fcallback"
JWE = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0..AbCdEf.GhIjKl.MnOpQr"


def asked(
    query: str, agent: str = CHROME, step: str = "authorize", path: str = "/oauth2/authorize"
):
    """A browser's visit, as the server records it."""
    exchange = an_exchange(step=step, path=path)
    headers = (("Host", "localhost:9400"), ("User-Agent", agent))
    detail = a_detail(exchange, target=f"{path}?{query}", request=Message(headers=headers))
    return exchange, detail


def called(body: str = "", *headers: tuple[str, str], method: str = "POST"):
    """A token request."""
    exchange = an_exchange(step="token", path="/oauth2/token", method=method)
    known = (("Host", "localhost:9400"), *headers, ("Content-Type", FORM))
    message = Message(headers=known, body=body.encode(), size=len(body))
    return exchange, a_detail(exchange, target="/oauth2/token", request=message)


def agent(text: str) -> tuple[str, str]:
    return ("User-Agent", text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            f"redirect_uri={APP}&response_type=code&client_id=cx&identity_provider=COGNITO"
            f"&scope=openid+email&state=POZXInD4s6hmOzW2lGKaFg9kKmOWsxLB&{PKCE}",
            "Amplify",
        ),
        (
            f"client_id=cx&redirect_uri={APP}&response_type=code&scope=openid+email"
            f"&state=27db4560c915490e903334a0dae7fb02&{PKCE}",
            "oidc-client-ts",
        ),
        (
            f"redirect_uri={APP}&scope=openid+email&{PKCE}"
            "&state=6eatnlMJkgR9YOAhJKVL6x8TS&client_id=cx&response_type=code",
            "openid-client",
        ),
        (
            "response_type=code&client_id=cx&redirect_uri=http://localhost:3000/api/auth/callback/"
            f"cognito&scope=openid+profile+email&state={JWE}&{PKCE}",
            "Auth.js",
        ),
        (
            "response_type=code&client_id=5g&scope=openid%20email&state=0n-BjYO2p3lIqkZdAq4OdXh4%3D"
            "&redirect_uri=http://localhost:8080/login/oauth2/code/cognito&nonce=WmEn3gCwra",
            "Spring Security",
        ),
        (
            f"response_type=code&client_id=5g&redirect_uri={APP}&scope=openid+email"
            f"&state=aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1&nonce=n&{PKCE}",
            "Authlib",
        ),
        (
            "redirect_uri=com.example%3A%2Fcb&client_id=5g&response_type=code&state=abc&nonce=def"
            f"&scope=openid&{PKCE}",
            "AppAuth",
        ),
        (
            f"client_id=5g&redirect_uri={APP}&response_type=code&scope=openid&response_mode="
            "form_post&state=x&x-client-SKU=ID_NET8_0&x-client-ver=7.1.2.0",
            "ASP.NET Core",
        ),
        (
            f"access_type=offline&client_id=5g&{PKCE}&redirect_uri={APP}&response_type=code"
            "&scope=openid&state=x",
            "Go’s oauth2 package",
        ),
        (
            "approval_prompt=force&client_id=5g&redirect_uri=http%3A%2F%2Flocalhost%3A4180%2Foauth2"
            "%2Fcallback&response_type=code&scope=openid&state=x",
            "oauth2-proxy",
        ),
        (f"client_id=5g&response_type=code&redirect_uri={APP}", "Chrome 156"),
    ],
)
def test_an_authorize_request_tells_who_built_it(query, words):
    library = recognise(*asked(query))

    assert library is not None
    assert library.words == words


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (("x-amz-user-agent", "aws-amplify/6.22.1 auth/36 framework/0"), "Amplify 6.22.1"),
        (agent("openid-client/v6.8.9"), "openid-client 6.8.9"),
        (
            agent("openid-client/5.7.0 (https://github.com/panva/openid-client)"),
            "openid-client 5.7.0",
        ),
        (agent("oauth4webapi/v3.8.8"), "oauth4webapi 3.8.8"),
        (agent("Authlib/1.9.9 (+https://authlib.org)"), "Authlib 1.9.9"),
        (agent("Microsoft ASP.NET Core OpenIdConnect handler"), "ASP.NET Core"),
        (agent("Node-oauth"), "Passport"),
        (agent("Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux"), "boto3 1.44.5"),
        (agent("Botocore/1.44.5 ua/2.1 os/linux#6.18 lang/python#3.11.7"), "botocore 1.44.5"),
        (agent("curl/7.88.1"), "curl 7.88.1"),
        (agent("HTTPie/3.2.4"), "HTTPie 3.2.4"),
        (agent("PostmanRuntime/7.43.0"), "Postman 7.43.0"),
        (agent("python-requests/2.34.2"), "Python requests 2.34.2"),
        (agent("python-httpx/0.28.1"), "httpx 0.28.1"),
        (agent("Python/3.11 aiohttp/3.14.5"), "aiohttp 3.14.5"),
        (agent("Go-http-client/1.1"), "Go 1.1"),
        (agent("Java/17.0.15"), "Java 17.0.15"),
        (agent("axios/1.7.9"), "axios 1.7.9"),
        (agent("node"), "fetch in Node.js"),
        (agent(CHROME.replace("Chrome/156.0.0.0", "Version/18.1")), "Safari 18"),
        (agent(f"{CHROME} Edg/156.0.0.0"), "Edge 156"),
        (
            agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox 140",
        ),
    ],
)
def test_a_header_tells_who_sent_the_request(header, words):
    library = recognise(*called("grant_type=refresh_token", header))

    assert library is not None
    assert library.words == words


def test_a_framework_is_told_where_its_package_speaks_for_it():
    auth = "redirect_uri=http%3A%2F%2Fa%2Fapi%2Fauth%2Fcallback%2Fcognito"
    spring = "redirect_uri=http%3A%2F%2Fa%2Flogin%2Foauth2%2Fcode%2Fx"

    assert recognise(*called(auth, agent("oauth4webapi/v3.8.8"))).name == "Auth.js"
    assert recognise(*called(auth, agent("openid-client/5.7.0"))).name == "Auth.js"
    assert recognise(*called(spring, agent("Java/17.0.15"))).name == "Spring Security"


def test_a_library_that_names_itself_is_believed_over_a_likely_path():
    proxy = "grant_type=authorization_code&redirect_uri=http%3A%2F%2Fa%2Foauth2%2Fcallback"

    assert recognise(*called(proxy, agent("openid-client/v6.8.9"))).name == "openid-client"


def test_amplify_shows_before_its_request_is_allowed():
    exchange, detail = called(
        "", agent(CHROME), ("Access-Control-Request-Headers", "x-amz-user-agent"), method="OPTIONS"
    )

    assert recognise(exchange, detail).name == "Amplify"


def test_a_login_is_told_by_whichever_request_tells_most():
    browser = asked(f"response_type=code&client_id=cx&redirect_uri={APP}")
    token = called("grant_type=authorization_code", agent("openid-client/v6.8.9"))
    details = {exchange.id: detail for exchange, detail in (browser, token)}

    library = recognise_login([browser[0], token[0]], details.get)

    assert library is not None
    assert library.words == "openid-client 6.8.9"


def test_a_stranger_is_nobody():
    assert recognise(*called("grant_type=x", agent("my-own-client 1.0"))) is None
    assert recognise_login([], {}.get) is None
