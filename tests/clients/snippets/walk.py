"""Every snippet that Connect my app shows, run with the library it is for."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from playwright.async_api import Error

from tests.clients.snippets import node, page, proxy, python, spring
from tests.clients.snippets.place import Place, a_place

Said = tuple[str, bool, str]


async def walk_snippets(home: Path, scheme: str) -> list[Said]:
    """Run them all; each step's name, whether it went well, and what is to be said of it."""
    folder = home / "page"
    folder.mkdir()
    done: list[Said] = []
    async with page.serving_app(folder) as origin, a_place(home, scheme, origin) as place:
        for name, step in _steps(place, origin, folder).items():
            done.append(await _walked(name, step))
    return done


def _steps(place: Place, origin: str, folder: Path) -> dict[str, Callable[[], Awaitable[str]]]:
    return {
        "Amplify v6 in Chromium": partial(page.amplify, place, origin, folder),
        "oidc-client-ts in Chromium": partial(page.oidc_client_ts, place, origin, folder),
        "oidc-client-ts, issuer of the real service": partial(
            page.oidc_client_ts_elsewhere, place, origin, folder
        ),
        "openid-client, public client": partial(node.openid_client, place, "page"),
        "openid-client, with a secret": partial(node.openid_client, place, "server"),
        "openid-client, issuer of the real service": partial(
            node.openid_client, place, "server", "aws"
        ),
        "openid-client, machine": partial(node.openid_client_machine, place),
        "Auth.js, public client": partial(node.authjs, place, "page"),
        "Auth.js, with a secret": partial(node.authjs, place, "server"),
        "aws-jwt-verify, issuer here": partial(node.aws_jwt_verify, place, "local"),
        "aws-jwt-verify, issuer of the real service": partial(node.aws_jwt_verify, place, "aws"),
        "Node.js reads the .env file": partial(node.env_file, place),
        "Node.js reads awkward values": partial(node.odd_values, place),
        "Spring Security, with a secret": partial(spring.web_app, place, "server"),
        "Spring Security, public client": partial(spring.web_app, place, "page"),
        "Spring Security, issuer of the real service": partial(
            spring.web_app, place, "server", issuer="aws"
        ),
        "Spring Security, with openid alone": partial(
            spring.web_app, place, "server", allowed_oauth_scopes=("openid",)
        ),
        "Spring Security, machine": partial(spring.machine, place),
        "oauth2-proxy": partial(proxy.signed_in, place),
        "oauth2-proxy, issuer of the real service": partial(proxy.signed_in, place, "aws"),
        "oauth2-proxy, with openid alone": partial(
            proxy.signed_in, place, allowed_oauth_scopes=("openid",)
        ),
        "boto3 through the control interface": partial(python.boto3, place),
    }


async def _walked(name: str, step: Callable[[], Awaitable[str]]) -> Said:
    try:
        return name, True, await step()
    except (Error, AssertionError, OSError, TimeoutError) as error:
        return name, False, (str(error) or type(error).__name__).splitlines()[0]
