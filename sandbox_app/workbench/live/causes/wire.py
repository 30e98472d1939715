"""Refusals before any endpoint looked at the request (US-W…, DC-5)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found
from sandbox_app.workbench.live.causes.similar import closest

_PATHS = (
    "/oauth2/authorize",
    "/oauth2/token",
    "/oauth2/userInfo",
    "/oauth2/revoke",
    "/login",
    "/logout",
)
_ELSEWHERE: tuple[tuple[str, str], ...] = (
    ("/authorize", "/oauth2/authorize"),
    ("/auth", "/oauth2/authorize"),
    ("/token", "/oauth2/token"),
    ("/userinfo", "/oauth2/userInfo"),
    ("/user-info", "/oauth2/userInfo"),
    ("/me", "/oauth2/userInfo"),
    ("/revoke", "/oauth2/revoke"),
    ("/revocation", "/oauth2/revoke"),
    ("/endsession", "/logout"),
    ("/end_session", "/logout"),
    ("/end-session", "/logout"),
    ("/logout", "/logout"),
    ("/signout", "/logout"),
)
_NOT_SERVED = {
    "/introspect": "There is no introspection; verify access tokens by the pool's keys.",
    "/introspection": "There is no introspection; verify access tokens by the pool's keys.",
    "/register": "Clients do not register themselves; make one under Pools.",
    "/device_authorization": "There is no device flow.",
    "/par": "There are no pushed authorization requests.",
}
_OTHER_DISCOVERY = "/.well-known/oauth-authorization-server"
_DISCOVERY = "/.well-known/openid-configuration"
_KEYS = "/.well-known/jwks.json"


def unreadable(case: Case) -> Found:
    """US-W1."""
    because = f"{case.check.got} {case.check.because} {case.detail.because}".lower()
    if "bad http" in because or "tls" in because or "\\x16" in because or "method" in because:
        advice = "Speak https to the other address, or http to this one."
        return Found((Cause("This may be HTTPS spoken to the plain port.", advice),))
    return Found((Cause("The request breaks the rules of HTTP itself."),))


def wrong_name(case: Case) -> Found:
    """US-W2."""
    host = case.header("host") or "another name"
    return Found(
        (
            Cause(
                f"The request was sent to {host[:80]}.",
                "Use localhost, or start the sandbox with --name and that name; containers reach "
                "the host under one of their own.",
            ),
        )
    )


def unknown_path(case: Case) -> Found:
    """US-W3."""
    path = case.exchange.path
    return Found((_about_path(path, case),))


def _about_path(path: str, case: Case) -> Cause:
    plain = path.rstrip("/").lower()
    for served in _PATHS:
        if plain == served.lower():
            return Cause(
                f"{served} is meant: the address has a slash too many, or other letters.",
                "Take addresses from the discovery document.",
            )
    if path.startswith("//"):
        return Cause("The path begins with two slashes: an address was joined by hand.")
    if plain.endswith((_DISCOVERY, _KEYS)):
        return _about_discovery(path, case)
    if plain.endswith(_OTHER_DISCOVERY) or plain.startswith(_OTHER_DISCOVERY):
        return Cause(
            "The metadata of RFC 8414 is not served; MCP clients look for it first.",
            "OpenID Connect's is, below the issuer: /.well-known/openid-configuration.",
        )
    ending = f"/{plain.rpartition('/')[2]}"
    if ending in _NOT_SERVED:
        return Cause("The real service has no such endpoint.", _NOT_SERVED[ending])
    if case.header("x-amz-target"):
        action = case.header("x-amz-target").rpartition(".")[2][:40]
        return Cause(
            f"This is a call of the JSON API, {action}, which is not served at this address.",
            "The hosted pages and /oauth2 endpoints are.",
        )
    meant = dict(_ELSEWHERE).get(ending) or closest(path, _PATHS)
    if meant:
        return Cause(f"{meant} is meant.", "Take addresses from the discovery document.")
    return Cause("No endpoint has this path.", "Home lists every address.")


def _about_discovery(path: str, case: Case) -> Cause:
    pools = case.core.store.pools.all()
    tail = _KEYS if path.lower().endswith(_KEYS) else _DISCOVERY
    known = f"/{pools[0].id}{tail}" if pools else f"/(pool id){tail}"
    if path.count("/") > known.count("/"):
        return Cause("There is more before the pool's id than its origin.", f"It is {known}.")
    words = "The pool's id is missing: what lies below the issuer begins with it."
    return Cause(words, f"It is {known}.")


def wrong_method(case: Case) -> Found:
    """US-W4."""
    method, allowed = case.check.got, case.check.expected
    step = case.exchange.step
    if method == "HEAD":
        words = "Link checkers and previews ask with HEAD."
        return Found((Cause(words, "Nothing was done, and nothing is spent."),))
    if step == "token" and method == "GET":
        advice = "A redirect turns POST into GET: call the address itself."
        return Found((Cause("Tokens are handed out by POST alone.", advice),))
    if method == "POST" and step in ("authorize", "logout"):
        advice = "Send the browser there with the parameters in the query."
        return Found((Cause(f"{case.exchange.path} is visited, not posted to.", advice),))
    return Found((Cause(f"The endpoint takes {allowed}."),))


def wrong_body(case: Case) -> Found:
    """US-W5."""
    kind = case.header("content-type").lower()
    if "json" in kind:
        return Found(
            (
                Cause(
                    "The body is JSON.",
                    "OAuth sends forms: URLSearchParams in JavaScript, data= in Python, curl -d.",
                ),
            )
        )
    if "multipart" in kind:
        words = "The body is multipart, as FormData and curl -F make it."
        return Found((Cause(words, "Send it as application/x-www-form-urlencoded."),))
    if not kind:
        advice = "Add Content-Type: application/x-www-form-urlencoded."
        return Found((Cause("The request does not say what its body is.", advice),))
    return Found((Cause(f"The body says to be {kind[:60]}.", "Send it as a form."),))


def odd_parameters(case: Case) -> Found:
    """US-W6."""
    because = case.check.got
    if "more than once" in because:
        name = because.partition("'")[2].partition("'")[0]
        advice = "Many libraries append to a URL that already has the parameter."
        return Found((Cause(f"{name or 'A parameter'} stands in the request twice.", advice),))
    if "control" in because:
        words = "A value holds a line break or another control character."
        return Found((Cause(words, "Settings read from a file often end in a line break."),))
    if "longer" in because:
        return Found((Cause("State is no place to keep data.", "Keep it in the app's session."),))
    return Found((Cause("The parameters are not encoded as UTF-8."),))


def unknown_pool(case: Case) -> Found:
    """DC-5."""
    sent, pools = case.check.got, case.core.store.pools.all()
    ids = {pool.id: pool.name for pool in pools}
    if sent in ids:
        return Found(settled=f"The workspace has the pool {sent} now.")
    by_case = {pool_id.lower(): pool_id for pool_id in ids}
    if sent.lower() in by_case:
        words = f"{by_case[sent.lower()]} is meant: upper and lower case count."
        return Found((Cause(words),))
    if case.core.store.clients.get(sent) is not None:
        return Found((Cause("This is a client's id.", "The issuer ends in the pool's."),))
    named = next((pool_id for pool_id, name in ids.items() if name == sent), "")
    if named:
        return Found((Cause("This is the pool's name.", f"Its id is {named}."),))
    near = closest(sent, ids)
    if near:
        return Found((Cause(f"Perhaps {near} is meant: it is spelt nearly so."),))
    advice = "Pools can be made with the id of the real one."
    return Found((Cause("The id may be the real pool's, or of another workspace.", advice),))


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        "US-W1": unreadable,
        "US-W2": wrong_name,
        "US-W3": unknown_path,
        "US-W4": wrong_method,
        "US-W5": wrong_body,
        "US-W6": odd_parameters,
        "DC-5": unknown_pool,
    }
)
