"""Snippets for servers on Node.js."""

from urllib.parse import urlsplit

from sandbox_app.workbench.connect.snippets.callbacks import callback_for, note_with
from sandbox_app.workbench.connect.snippets.literals import js
from sandbox_app.workbench.connect.snippets.told import (
    Snippet,
    Told,
    unfit,
    usual_scopes,
    why_no_domain,
    why_no_identity,
    why_no_sign_in,
    why_not_discovered,
)

_AUTHJS_PATH = "/api/auth/callback/cognito"


def openid_client(told: Told) -> Snippet:
    """openid-client 6, as a program that asks where the sign-in led to."""
    if told.machine:
        return _openid_client_machine(told)
    if (reason := why_no_sign_in(told)) is not None:
        return reason
    own = told.own
    lines = [
        "import { createInterface } from 'node:readline/promises';",
        "import * as client from 'openid-client';",
        "",
        *_discovery(told),
        "const verifier = client.randomPKCECodeVerifier();",
        "const state = client.randomState();",
        "const url = client.buildAuthorizationUrl(config, {",
        f"  redirect_uri: {js(own.callback)},",
        f"  scope: {js(' '.join(usual_scopes(own)))},",
        "  code_challenge: await client.calculatePKCECodeChallenge(verifier),",
        "  code_challenge_method: 'S256',",
        "  state,",
        "});",
        "console.log('Open this address and sign in:', url.href);",
        "",
        "const terminal = createInterface({ input: process.stdin, output: process.stdout });",
        "const back = new URL(await terminal.question('Where did that lead to? '));",
        "terminal.close();",
        "const tokens = await client.authorizationCodeGrant(config, back, {",
        "  pkceCodeVerifier: verifier,",
        "  expectedState: state,",
        "});",
        "console.log(tokens.claims());",
    ]
    live = (_found_at(told), own.client_id, own.secret, own.callback)
    return Snippet("\n".join(lines), live, told.live("issuer, client id and callback URL"))


def _openid_client_machine(told: Told) -> Snippet:
    if (reason := why_no_domain(told)) is not None:
        return reason
    lines = [
        "import * as client from 'openid-client';",
        "",
        *_discovery(told),
        f"const scope = {js(told.own.scope)};",
        "const token = await client.clientCredentialsGrant(config, { scope });",
        "console.log(token.access_token);",
    ]
    live = (_found_at(told), told.own.client_id, told.own.secret, told.own.scope)
    return Snippet("\n".join(lines), live, told.live("issuer, client id and secret"))


def _discovery(told: Told) -> list[str]:
    """The lines that make `config`; plain HTTP is refused by the library unless it is told to."""
    proof = js(told.own.secret) if told.own.secret else "undefined"
    method = "client.ClientSecretBasic" if told.own.secret else "client.None"
    lines = [
        "const config = await client.discovery(",
        f"  new URL({js(_found_at(told))}),",
        f"  {js(told.own.client_id)},",
        f"  {proof},",
        f"  {method}({proof if told.own.secret else ''}),",
        "  { execute: [client.allowInsecureRequests] },",
        ");",
    ]
    return [line for line in lines if "allowInsecure" not in line or _plain(told)]


def _plain(told: Told) -> bool:
    return told.pool.origin.startswith("http://")


def _found_at(told: Told) -> str:
    """The issuer, or where its metadata lies when the issuer does not lead there."""
    return told.pool.issuer if told.pool.found_by_issuer else told.pool.discovery


def authjs(told: Told) -> Snippet:
    """Auth.js with its provider for Cognito, which is discovered by its issuer."""
    reason = why_no_sign_in(told) or why_no_identity(told, "Auth.js")
    if (reason := reason or why_not_discovered(told, "Auth.js")) is not None:
        return reason
    own = told.own
    callback, missing = callback_for(told, lambda path: path == _AUTHJS_PATH, _AUTHJS_PATH)
    base = urlsplit(callback)
    proof = (
        f"      clientSecret: {js(own.secret)},"
        if own.secret
        else "      client: { token_endpoint_auth_method: 'none' },"
    )
    lines = [
        "// auth.ts; start the app with AUTH_SECRET set, and with",
        f"// AUTH_URL={base.scheme}://{base.netloc}",
        "import NextAuth from 'next-auth';",
        "import Cognito from 'next-auth/providers/cognito';",
        "",
        "export const { handlers, auth, signIn, signOut } = NextAuth({",
        "  providers: [",
        "    Cognito({",
        f"      issuer: {js(told.pool.issuer)},",
        f"      clientId: {js(own.client_id)},",
        proof,
        f"      authorization: {{ params: {{ scope: {js(' '.join(usual_scopes(own)))} }} }},",
        "      checks: ['pkce', 'state'],",
        "    }),",
        "  ],",
        "});",
    ]
    live = (told.pool.issuer, own.client_id, own.secret)
    note = note_with(told, "issuer and client id", missing, "Auth.js")
    return Snippet("\n".join(lines), live, note, callback_to_add=missing)


def aws_jwt_verify(told: Told) -> Snippet:
    """aws-jwt-verify 5, for an API that gets this client's access tokens."""
    if not told.client.allowed_oauth_flows:
        return unfit(f"{told.name} gets no tokens: no flow is switched on for it.")
    if (reason := why_no_domain(told)) is not None:
        return reason
    return _verified_as_deployed(told) if _aws(told) else _verified_here(told)


def _verified_here(told: Told) -> Snippet:
    pool = told.pool
    lines = [
        "import { JwtVerifier } from 'aws-jwt-verify';",
        "import { SimpleJwksCache } from 'aws-jwt-verify/jwk';",
        "import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';",
        "",
        *_own_fetcher("uri"),
        "export const verifier = JwtVerifier.create(",
        "  {",
        f"    issuer: {js(pool.issuer)},",
        f"    jwksUri: {js(pool.keys)},",
        "    audience: null,",
        "    customJwtCheck: ({ payload }) => validateCognitoJwtFields(payload, {",
        "      tokenUse: 'access',",
        f"      clientId: {js(told.own.client_id)},",
        "    }),",
        "  },",
        "  { jwksCache },",
        ");",
        "",
        "// for each request:   const claims = await verifier.verify(accessToken);",
    ]
    note = (
        f"{told.live('issuer, signing keys and client id')} CognitoJwtVerifier works out the real "
        "service's issuer from the pool id and accepts no other; to use it, set the pool's issuer "
        "to “aws”."
    )
    return Snippet("\n".join(lines), (pool.issuer, pool.keys, told.own.client_id), note)


def _verified_as_deployed(told: Told) -> Snippet:
    pool = told.pool
    lines = [
        "import { CognitoJwtVerifier } from 'aws-jwt-verify';",
        "import { SimpleJwksCache } from 'aws-jwt-verify/jwk';",
        "",
        *_own_fetcher(js(pool.keys)),
        "export const verifier = CognitoJwtVerifier.create(",
        "  {",
        f"    userPoolId: {js(pool.pool_id)},",
        "    tokenUse: 'access',",
        f"    clientId: {js(told.own.client_id)},",
        "  },",
        "  { jwksCache },",
        ");",
        "",
        "// for each request:   const claims = await verifier.verify(accessToken);",
    ]
    note = (
        f"{told.live('signing keys, pool and client id')} Leave the cache out where the app is "
        "deployed: it only takes the keys from here."
    )
    return Snippet("\n".join(lines), (pool.keys, pool.pool_id, told.own.client_id), note)


def _own_fetcher(source: str) -> list[str]:
    """The library's own fetcher refuses plain HTTP."""
    return [
        "const jwksCache = new SimpleJwksCache({",
        "  fetcher: {",
        f"    fetch: async (uri) => (await fetch({source})).arrayBuffer(),",
        "  },",
        "});",
    ]


def _aws(told: Told) -> bool:
    pool = told.pool
    return pool.issuer == f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.pool_id}"
