"""`/_sandbox/tokens/`: made without a sign-in, and taken apart."""

from typing import Any

from sandbox_app.server.control.finding import CLIENT, POOL, USER, client_of, user_of
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import anything, listed, maybe, record, text, whole
from sandbox_app.tokens.inspect import decode
from sandbox_app.workbench.live.tokens import judge_with
from sandbox_app.workbench.token_minting import mint_tokens
from sandbox_app.workbench.token_preview import is_machine

_CLAIMS = anything("The claims, as they are in the token.")


async def mint(asked: Asked) -> Any:
    """Tokens for a user and a client."""
    client = client_of(asked)
    pool = asked.core.store.pools.get(client.user_pool_id)
    assert pool is not None, "a client always has its pool"
    user = None
    if not is_machine(client):
        if "user" not in asked.body:
            raise Mistake("invalid", "user is missing: the client signs users in.", field="user")
        user = user_of(asked, pool)
    made = await mint_tokens(
        asked.core,
        pool,
        client,
        user,
        asked.body.get("scopes"),
        origin=asked.origin,
        nonce=asked.body.get("nonce"),
    )
    body = made.tokens.as_body()
    return {
        **body,
        "claims": {
            name: claims_of(body[f"{name}_token"])
            for name in ("id", "access")
            if f"{name}_token" in body
        },
        "why_refused": made.why_refused,
    }


async def inspect(asked: Asked) -> Any:
    """A token taken apart and judged."""
    token = asked.body["token"]
    decoded = decode(token)
    judged = judge_with(asked.core)(token)
    return {
        "header": decoded.header if decoded is not None else None,
        "claims": decoded.payload if decoded is not None else None,
        "holds": judged.holds,
        "verdict": judged.title,
        "because": judged.sentence,
    }


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token made here."""
    decoded = decode(token)
    assert decoded is not None, "this program signed it"
    return decoded.payload


ROUTES = (
    Route(
        method="POST",
        path="/_sandbox/tokens/mint",
        summary="Real tokens for a user (or a machine) without a sign-in, and what is in them.",
        handler=mint,
        calls=(mint_tokens,),
        takes=record(
            {"client": CLIENT},
            {
                "user": USER,
                "pool": POOL,
                "scopes": listed(text(), "Those granted; all of the client's without it."),
                "nonce": text("Goes into the ID token."),
            },
        ),
        gives=record(
            {
                "access_token": text(),
                "expires_in": whole("Seconds the access token lives."),
                "token_type": text(),
                "claims": record(optional={"id": _CLAIMS, "access": _CLAIMS}),
                "why_refused": text(
                    "What would have kept a sign-in from bringing these tokens; empty if nothing."
                ),
            },
            {"id_token": text(), "refresh_token": text()},
        ),
    ),
    Route(
        method="POST",
        path="/_sandbox/tokens/inspect",
        summary="A token taken apart and judged by the keys and the clock of this sandbox.",
        handler=inspect,
        calls=(judge_with,),
        takes=record({"token": text()}),
        gives=record(
            {
                "header": maybe(anything()),
                "claims": maybe(_CLAIMS),
                "holds": {"type": ["boolean", "null"], "description": "null where unknowable."},
                "verdict": text(),
                "because": text(),
            }
        ),
    ),
)
