"""The command line: the window by default, and commands that need none."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox_app import __version__
from sandbox_app.app.arguments import (
    add_parameters,
    add_ports,
    add_recipe,
    add_seeds,
    add_workspace,
    default_workspace,
    name,
    proxy,
    workspace,
)
from sandbox_app.app.settings import Settings

REFUSED = 2
"""Exit status when something asked for cannot be done; one sentence says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = arguments[0] if arguments else ""
    if command in _COMMANDS:
        return _COMMANDS[command](arguments[1:])
    return _window(arguments)


def _window(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="userpool-sandbox",
        description="A desktop stand-in for an Amazon Cognito user pool that explains itself.",
        epilog="Further commands: serve (without a window), seed, export, ca, doctor. "
        "Each has its own --help.",
    )
    parser.add_argument("--version", action="version", version=f"userpool-sandbox {__version__}")
    add_workspace(parser, "the workspace file; made if absent (default the demo's)")
    add_ports(parser)
    parsed = parser.parse_args(arguments)
    from sandbox_app.app import preflight

    problems = preflight.problems()
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return REFUSED
    # Qt is imported only here, so that everything else runs without it.
    from sandbox_app.app import desktop

    settings = Settings(
        workspace=parsed.workspace or default_workspace(),
        port=parsed.port,
        tls_port=parsed.tls_port,
    )
    return desktop.run(settings)


def _serve(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="userpool-sandbox serve",
        description="Serve a workspace without a window; one JSON line on stdout per event.",
    )
    parser.add_argument(
        "--workspace",
        metavar="FILE",
        help="the workspace file, or :memory: for one that is gone afterwards",
    )
    add_seeds(parser)
    parser.add_argument(
        "--watch", action="store_true", help="import a seed again whenever its file changes"
    )
    add_recipe(parser)
    parser.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="ADDR",
        help="an address to bind, loopback if none is given; may be repeated",
    )
    parser.add_argument(
        "--name",
        action="append",
        type=name,
        default=[],
        metavar="HOSTNAME",
        help="a host name to answer to besides localhost; may be repeated",
    )
    parser.add_argument(
        "--trust-proxy",
        action="append",
        type=proxy,
        default=[],
        metavar="ADDR",
        help="a peer whose X-Forwarded-Proto and X-Forwarded-Host are believed; may be repeated",
    )
    add_ports(parser)
    parser.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="also write the ready line to this file"
    )
    parsed = parser.parse_args(arguments)
    if parsed.watch and not parsed.seed:
        parser.error("--watch needs a --seed to watch")
    from sandbox_app.app import headless

    return headless.run(
        Settings(
            workspace=workspace(parsed.workspace),
            seeds=tuple(parsed.seed),
            parameters=dict(parsed.parameter),
            watch=parsed.watch,
            recipe=parsed.recipe,
            hosts=tuple(parsed.host),
            names=tuple(parsed.name),
            trusted_proxies=tuple(parsed.trust_proxy),
            port=parsed.port,
            tls_port=parsed.tls_port,
            ready_file=parsed.ready_file,
        )
    )


def _seed(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="userpool-sandbox seed",
        description="Import CloudFormation templates into a workspace; all of them or none.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--workspace",
        type=Path,
        required=True,
        metavar="FILE",
        help="the workspace file; made if absent",
    )
    add_parameters(parser)
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parsed = parser.parse_args(arguments)
    from sandbox_app.app import seeding

    return seeding.run(
        parsed.workspace, tuple(parsed.files), dict(parsed.parameter), check=parsed.check
    )


def _export(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="userpool-sandbox export",
        description="Write a pool as a CloudFormation template that makes the same pool again.",
    )
    add_workspace(parser, "the workspace file, in use or not (default the demo's)")
    parser.add_argument(
        "--pool", metavar="ID", help="the pool's id or name; needed where there are several"
    )
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml")
    parser.add_argument("--no-users", action="store_true", help="without users and memberships")
    parser.add_argument(
        "--no-secrets",
        action="store_true",
        help="without client secrets and what proves passwords",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="where to write it, stdout if not given; for its owner alone if it holds secrets",
    )
    parsed = parser.parse_args(arguments)
    from sandbox_app.app import exporting

    return exporting.run(
        parsed.workspace or default_workspace(),
        parsed.pool,
        parsed.output,
        users=not parsed.no_users,
        secrets=not parsed.no_secrets,
        form=parsed.format,
    )


def _ca(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="userpool-sandbox ca",
        description="Print where the certificate authority lies and how to trust it.",
    )
    parser.add_argument(
        "--name",
        action="append",
        type=name,
        default=[],
        metavar="HOSTNAME",
        help="a host name that `serve` answers to as well; may be repeated",
    )
    parsed = parser.parse_args(arguments)
    from sandbox_app.app import trust

    return trust.run(tuple(parsed.name))


def _doctor(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="userpool-sandbox doctor",
        description="Look at everything a sandbox needs, say what to do, and change nothing.",
        epilog="Exit status 1 when something is broken, 0 otherwise.",
    )
    add_workspace(parser, "the workspace file to look at (default the demo's)")
    add_ports(parser)
    parser.add_argument(
        "--name",
        action="append",
        type=name,
        default=[],
        metavar="HOST",
        help="a host name that `serve` answers to as well; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    parsed = parser.parse_args(arguments)
    from sandbox_app.app.doctor import command
    from sandbox_app.app.platform import data_path

    return command.run(
        parsed.workspace or data_path() / "demo.sandbox",
        parsed.port,
        parsed.tls_port,
        tuple(parsed.name),
        as_json=parsed.json,
    )


_COMMANDS = {"serve": _serve, "seed": _seed, "export": _export, "ca": _ca, "doctor": _doctor}
