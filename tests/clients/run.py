"""Sign in with real clients from npm, PyPI, Maven and Go, and run every snippet of Connect my app.

Over http and https; exit status 1 if a step fails. Without Java and Maven, Spring is not tried;
without Go, oauth2-proxy is not.

To move to newer versions: `npm install --save-exact NAME@VERSION --package-lock-only` in
tests/clients/npm, with the setting omit-lockfile-registry-resolved=true; and edit python.in, then
`python -m uv pip compile` it to python.lock as `packaging/dev.py lock` does; and edit the version
in snippets/spring/pom.xml and in oauth2-proxy.version.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.clients import journeys
from tests.clients.environments import NoEnvironment
from tests.clients.journeys import Step

CLIENTS: tuple[tuple[str, Callable[[Path, str], list[Step]]], ...] = (
    ("openid-client", journeys.openid_client),
    ("oidc-client-ts", journeys.oidc_client_ts_page),
    ("Authlib", journeys.authlib),
    ("snippets of Connect my app", journeys.snippets),
)


def main() -> int:
    """Walk all journeys and print what each step came to."""
    failed = 0
    for name, walk in CLIENTS:
        for scheme in ("http", "https"):
            print(f"\n{name} over {scheme}", flush=True)
            failed += _report(_walked(walk, scheme))
    print(f"\n{f'{failed} failed' if failed else 'every step went as it should'}")
    return 1 if failed else 0


def _walked(walk: Callable[[Path, str], list[Step]], scheme: str) -> list[Step]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return walk(Path(folder), scheme)
        except NoEnvironment as missing:
            return [Step("environment", False, str(missing))]


def _report(steps: list[Step]) -> int:
    for step in steps:
        detail = f"  {step.detail}" if step.detail else ""
        print(f"  {'ok    ' if step.ok else 'FAILED'}  {step.name:<60}{detail}".rstrip())
    return sum(not step.ok for step in steps)


if __name__ == "__main__":
    sys.exit(main())
