"""What to put into parameters: the ordinary, the odd and the hostile."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

CLIENTS = {
    "spa": "7spa4k1m8v0c3n5b9x6zq2kdpa",
    "web": "4web7n2p9c6d1h8j3k5m0rtvxz",
    "m2m": "2m2m5t8r1q4w7e0y3u6i9opasd",
}
CALLBACK = "http://localhost:5173/callback"
HOSTILE = (
    "",
    "\x00",
    "a\r\nSet-Cookie: x=y",
    "a\nb",
    "\u2028\u2029\x85",
    "\ud800",
    "'\"><script>alert(1)</script>",
    "{{7*7}}${7*7}%s%n",
    "../../../../etc/passwd",
    "' OR 1=1 --",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "http://localhost:5173/callback/../x",
    "http://localhost:5173/callback?x=1",
    "http://localhost:5173/callback#f",
    "http://localhost:5173@evil.example/callback",
    "http://evil.example\\@localhost:5173/callback",
    "http://LOCALHOST:5173/callback",
    "http://localhost:5173/callback ",
    "http://[::1",
    "http://localhost:99999/",
    "eyJhbGciOiJub25lIn0.e30.",
    "e30.e30.e30",
    "....",
    "1e999",
    "-1",
    "null",
    "true",
    "[]",
    "{}",
    "x" * 500,
    "é" * 100,
    "%00%ff",
    "\U0001f600",
    "\u202e",
    "ﬁ",
    "İ",
)
NAMES = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "identity_provider",
    "idp_identifier",
    "lang",
    "login_hint",
    "prompt",
    "resource",
    "logout_uri",
    "error",
    "error_description",
    "grant_type",
    "code",
    "code_verifier",
    "client_secret",
    "refresh_token",
    "token",
    "aws_client_metadata",
    "_csrf",
    "username",
    "password",
    "cognitoAsfData",
)
USUAL = (
    "code",
    "token",
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "openid",
    "openid email",
    "orders/read",
    "aws.cognito.signin.user.admin",
    "S256",
    "plain",
    "COGNITO",
    "alice",
    "Sandbox-1",
    "login",
    "none",
    CALLBACK,
    *CLIENTS.values(),
)

values = st.one_of(
    st.sampled_from(USUAL),
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=60),
)
"""One parameter's value, as text; lone surrogates included."""


def encoded_text(text: str) -> str:
    """Percent-encoded whatever it is, so that every byte reaches the server."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


written = st.one_of(
    values.map(encoded_text),
    st.binary(max_size=20).map(quote_from_bytes),
    # As it stands, which a careless program may send.
    st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=30),
)
"""One value as it stands in a query or form."""

pairs = st.lists(st.tuples(st.sampled_from(NAMES), written), max_size=12)


def joined(parameters: list[tuple[str, str]]) -> str:
    """Parameters as a query or form; values are written already."""
    return "&".join(f"{name}={value}" for name, value in parameters)
