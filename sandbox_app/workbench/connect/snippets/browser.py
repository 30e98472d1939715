"""Snippets for pages in a browser; none ever holds a secret."""

from sandbox_app.workbench.connect.snippets.literals import js
from sandbox_app.workbench.connect.snippets.told import (
    NOT_YET,
    Snippet,
    Told,
    unfit,
    usual_scopes,
    why_not_in_a_browser,
)


def oidc_client_ts(told: Told) -> Snippet:
    """oidc-client-ts 3; the address of the metadata only where the issuer does not lead to it."""
    if (reason := why_not_in_a_browser(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    elsewhere = [] if pool.found_by_issuer else [f"  metadataUrl: {js(pool.discovery)},"]
    leave = [f"  post_logout_redirect_uri: {js(own.logout)},"] if own.logout else []
    lines = [
        "import { UserManager } from 'oidc-client-ts';",
        "",
        "export const users = new UserManager({",
        f"  authority: {js(pool.issuer)},",
        *elsewhere,
        f"  client_id: {js(own.client_id)},",
        f"  redirect_uri: {js(own.callback)},",
        *leave,
        "  response_type: 'code',",
        f"  scope: {js(' '.join(usual_scopes(own)))},",
        "});",
        "",
        "// behind the button:   await users.signinRedirect();",
        "// at the callback:     const user = await users.signinCallback();",
    ]
    live = (pool.issuer, own.client_id, own.callback, own.logout)
    return Snippet("\n".join(lines), live, told.live("issuer, client id and first callback URL"))


def amplify(told: Told) -> Snippet:
    """Amplify 6, which puts https:// before the domain itself and knows no other scheme."""
    if (reason := why_not_in_a_browser(told)) is not None:
        return reason
    own, origin = told.own, told.secure or told.pool.origin
    if not origin.startswith("https://"):
        return unfit("Amplify speaks HTTPS alone, and HTTPS is switched off here.", NOT_YET)
    authority = origin.removeprefix("https://")
    leave = [js(own.logout)] if own.logout else []
    lines = [
        "import { Amplify } from 'aws-amplify';",
        "import { getCurrentUser, signInWithRedirect } from 'aws-amplify/auth';",
        "import 'aws-amplify/auth/enable-oauth-listener';",
        "",
        "Amplify.configure({",
        "  Auth: {",
        "    Cognito: {",
        f"      userPoolId: {js(told.pool.pool_id)},",
        f"      userPoolClientId: {js(own.client_id)},",
        f"      userPoolEndpoint: {js(f'{origin}/')},",
        "      loginWith: {",
        "        oauth: {",
        f"          domain: {js(authority)},",
        f"          scopes: [{', '.join(map(js, usual_scopes(own)))}],",
        f"          redirectSignIn: [{js(own.callback)}],",
        f"          redirectSignOut: [{', '.join(leave)}],",
        "          responseType: 'code',",
        "        },",
        "      },",
        "    },",
        "  },",
        "});",
        "",
        "// behind the button:   await signInWithRedirect();",
        "// at the callback:     const user = await getCurrentUser();",
    ]
    live = (told.pool.pool_id, own.client_id, authority, own.callback, own.logout)
    return Snippet("\n".join(lines), live, _of_amplify(told, origin))


def _of_amplify(told: Told, origin: str) -> str:
    leaving = (
        "Signing in and out by redirect works"
        if told.own.logout
        else f"Signing in by redirect works, signing out once {told.name} has a sign-out URL"
    )
    return (
        f"Coloured values are live: pool, client id, HTTPS address and URLs of {told.name}. "
        "Amplify takes a domain without a scheme and always speaks HTTPS to it: trust the "
        "sandbox's authority first, see userpool-sandbox ca. Tokens come from there, so whoever "
        f"checks them expects an issuer at {origin}. {leaving}; what Amplify asks of the JSON API "
        "(signIn with a password, refreshing tokens) is not served yet."
    )
