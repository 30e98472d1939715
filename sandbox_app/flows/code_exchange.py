"""grant_type=authorization_code: a one-time code becomes tokens (contract oidc 6.3)."""

from dataclasses import replace

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import AuthorizationCode
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import addresses, minting, scopes
from sandbox_app.flows.client_authentication import BackChannelRequest
from sandbox_app.flows.forgiving import forgive
from sandbox_app.flows.near_misses import codes, verifiers
from sandbox_app.flows.outcomes import Answered
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.operations.core import Core
from sandbox_app.tokens import pkce


async def redeem(
    asked: BackChannelRequest, client: UserPoolClient, core: Core, trace: Trace
) -> Answered | Refused:
    """Trade a one-time code for tokens; the client has already proved itself.

    Source: contract oidc 6.3; RFC 6749 section 4.1.3; RFC 7636 section 4.6.
    """
    checks = trace.checks
    if not checks.require(
        "TC-6",
        client.may_use("code"),
        got="code",
        expected=", ".join(client.allowed_oauth_flows) or "no flow",
    ):
        return Refused("unauthorized_client", "TC-6", "the client may not use the code flow")
    sent = asked.parameters.get("code") or ""
    code = core.store.codes.find(sent)
    if code is not None:
        trace.login_id = code.login_id
    now = core.timestamp()
    refused = _known_and_fresh(code, sent, now, core, trace)
    if refused is not None or code is None:
        return refused or _invalid("TC-1", "no such code")
    refused = _agrees(code, asked, client, trace)
    if refused is not None:
        return refused
    # Spent before the verifier is looked at: a wrong guess costs the code (TC-4).
    if not core.store.codes.spend(code.code, now):
        if not core.conditions.leniency.codes_again:
            checks.require("TC-1", False, because="another request redeemed the code just now")
            return _invalid("TC-1", "another request redeemed the code just now")
        forgive("codes_again", core, trace, got="a code that was redeemed before")
    refused = _verifier_answers(code, asked, core, trace)
    if refused is not None:
        return refused
    pool, user = (
        core.store.pools.get(code.user_pool_id),
        core.store.users.get(code.user_pool_id, code.sub),
    )
    trace.username = user.username if user is not None else ""
    if pool is None or user is None or not user.enabled:
        checks.require("TC-1", False, because="the code's user was disabled or deleted meanwhile")
        return _invalid("TC-1", "the code's user was disabled or deleted meanwhile")
    if not _attributes_readable(code, pool, client, trace):
        return _invalid("TC-7", "a scope's attribute is not readable by the client")
    return await _tokens(asked, code, pool, client, user, core, trace)


async def _tokens(
    asked: BackChannelRequest,
    code: AuthorizationCode,
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    core: Core,
    trace: Trace,
) -> Answered:
    session = minting.Session(
        pool=pool,
        client=client,
        user=user,
        scopes=code.scopes,
        auth_time=code.auth_time,
        login_id=code.login_id,
        nonce=code.nonce,
        resource=code.resource,
    )
    _note_other_name(code, pool, asked.origin, trace)
    minted = await minting.for_user(
        session, core, trace, origin=asked.origin, grant="authorization_code", refreshable=True
    )
    return Answered(minted.as_body())


def _note_other_name(code: AuthorizationCode, pool: UserPool, origin: str, trace: Trace) -> None:
    """Say so where the browser knows the pool under another issuer than the tokens name."""
    if not code.origin:
        return
    known, named = addresses.issuer(pool, code.origin), addresses.issuer(pool, origin)
    if known != named:
        trace.checks.note(
            "US-N1",
            f"the browser signed in at {code.origin}, and the tokens name the issuer {named}: a "
            "client that is set up with the other name refuses them",
            got=origin,
            expected=code.origin,
        )


def _known_and_fresh(
    code: AuthorizationCode | None, sent: str, now: float, core: Core, trace: Trace
) -> Refused | None:
    if code is None:
        because = codes.why_unknown(sent, core)
    elif code.spent_at is not None and core.conditions.leniency.codes_again:
        because = codes.why_not_fresh(replace(code, spent_at=None), now, core)
        if not because:
            # Noted where it is redeemed.
            return None
    else:
        because = codes.why_not_fresh(code, now, core)
    if trace.checks.require("TC-1", not because, because=because):
        return None
    return _invalid("TC-1", because)


def _agrees(
    code: AuthorizationCode, asked: BackChannelRequest, client: UserPoolClient, trace: Trace
) -> Refused | None:
    checks = trace.checks
    if not checks.require(
        "TC-2", code.client_id == client.client_id, got=client.client_id, expected=code.client_id
    ):
        return _invalid("TC-2", f"the code was made for {code.client_id}")
    redirect_uri = asked.parameters.get("redirect_uri") or ""
    if not checks.require(
        "TC-3", redirect_uri == code.redirect_uri, got=redirect_uri, expected=code.redirect_uri
    ):
        return _invalid("TC-3", f"the code was sent to {code.redirect_uri}")
    return None


def _verifier_answers(
    code: AuthorizationCode, asked: BackChannelRequest, core: Core, trace: Trace
) -> Refused | None:
    checks = trace.checks
    verifier = asked.parameters.get("code_verifier")
    if code.code_challenge is None:
        checks.skip("TC-4")
        if checks.require("TC-5", verifier is None, got=_verifier_words(verifier)):
            return None
        return _invalid("TC-5", "code_verifier came without a code_challenge before it")
    checks.skip("TC-5")
    holds = verifier is not None and pkce.verifies(code.code_challenge, verifier)
    because = "" if holds else verifiers.why_no_answer(code, verifier, core)
    if checks.require("TC-4", holds, got=_verifier_words(verifier), because=because):
        return None
    return _invalid("TC-4", because)


def _attributes_readable(
    code: AuthorizationCode, pool: UserPool, client: UserPoolClient, trace: Trace
) -> bool:
    missing = scopes.unreadable(code.scopes, readable_attributes(pool, client))
    return trace.checks.require(
        "TC-7", not missing, got=f"not readable: {', '.join(missing)}" if missing else ""
    )


def _verifier_words(verifier: str | None) -> str:
    return "no code_verifier" if verifier is None else f"{len(verifier)} characters"


def _invalid(rule: str, because: str) -> Refused:
    return Refused("invalid_grant", rule, because)
