"""Snippets that already hold a client's live values, per library; what is shown here runs."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.workbench.connect.addresses import ClientAddresses, PoolAddresses
from sandbox_app.workbench.connect.snippets import browser, java, node, python, shell
from sandbox_app.workbench.connect.snippets.told import Library, Snippet, Told

LIBRARIES: tuple[Library, ...] = (
    Library(key="amplify", name="Amplify v6", language="TypeScript"),
    Library(key="oidc-client-ts", name="oidc-client-ts", language="TypeScript"),
    Library(key="openid-client", name="openid-client v6", language="JavaScript"),
    Library(key="authjs", name="Auth.js, NextAuth v5", language="TypeScript"),
    Library(key="aws-jwt-verify", name="aws-jwt-verify", language="JavaScript"),
    Library(key="spring", name="Spring Security", language="application.yml"),
    Library(key="authlib", name="Authlib", language="Python"),
    Library(key="boto3", name="boto3", language="Python"),
    Library(key="oauth2-proxy", name="oauth2-proxy", language="oauth2-proxy.cfg"),
    Library(key="curl", name="curl", language="Shell"),
    Library(key="env", name="Environment file", language=".env"),
)
"""What can be connected, in the order of the list: pages, Node.js, Java, Python, anything."""

_WRITERS: Mapping[str, Callable[[Told], Snippet]] = MappingProxyType(
    {
        "amplify": browser.amplify,
        "oidc-client-ts": browser.oidc_client_ts,
        "openid-client": node.openid_client,
        "authjs": node.authjs,
        "aws-jwt-verify": node.aws_jwt_verify,
        "spring": java.spring,
        "authlib": python.authlib,
        "boto3": python.boto3,
        "oauth2-proxy": shell.oauth2_proxy,
        "curl": shell.curl,
        "env": shell.env,
    }
)


def snippet(
    library: str,
    client: UserPoolClient,
    pool: PoolAddresses,
    own: ClientAddresses,
    *,
    secure: str = "",
    token_file: str = "",
) -> Snippet:
    """What to paste into an app that uses `library`, the key of one of `LIBRARIES`.

    Args:
        secure: the origin of the HTTPS listener, "https://localhost:9443"; empty without one.
        token_file: where the token of the control interface lies; empty while it is closed.

    Raises:
        KeyError: no such library.
    """
    return _WRITERS[library](Told(client, pool, own, secure, token_file))
