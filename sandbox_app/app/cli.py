"""The command line: the window by default, and commands that need none."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sandbox_app import __version__
from sandbox_app.app.settings import HTTP_PORT, HTTPS_PORT, Settings

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
    _add_workspace(parser)
    _add_ports(parser)
    parsed = parser.parse_args(arguments)
    from sandbox_app.app import preflight

    problems = preflight.problems()
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return REFUSED
    # Qt is imported only here, so that everything else runs without it.
    from sandbox_app.app import desktop

    settings = Settings(
        workspace=parsed.workspace or _default_workspace(),
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
    _add_seeds(parser)
    parser.add_argument(
        "--watch", action="store_true", help="import a seed again whenever its file changes"
    )
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
        type=_name,
        default=[],
        metavar="HOSTNAME",
        help="a host name to answer to besides localhost; may be repeated",
    )
    parser.add_argument(
        "--trust-proxy",
        action="append",
        type=_proxy,
        default=[],
        metavar="ADDR",
        help="a peer whose X-Forwarded-Proto and X-Forwarded-Host are believed; may be repeated",
    )
    _add_ports(parser)
    parser.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="also write the ready line to this file"
    )
    parsed = parser.parse_args(arguments)
    if parsed.watch and not parsed.seed:
        parser.error("--watch needs a --seed to watch")
    from sandbox_app.app import headless

    return headless.run(
        Settings(
            workspace=_workspace(parsed.workspace),
            seeds=tuple(parsed.seed),
            parameters=dict(parsed.parameter),
            watch=parsed.watch,
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
    parser.add_argument("--workspace", type=Path, required=True, metavar="FILE")
    _add_parameters(parser)
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
    _add_workspace(parser)
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
        parsed.workspace or _default_workspace(),
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
        type=_name,
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
    _add_workspace(parser)
    _add_ports(parser)
    parser.add_argument(
        "--name",
        action="append",
        type=_name,
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


def _add_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workspace", type=Path, metavar="FILE", help="the workspace file; made if absent"
    )


def _add_ports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=_port,
        default=HTTP_PORT,
        metavar="N",
        help=f"for http, 0 for any free one (default {HTTP_PORT})",
    )
    parser.add_argument(
        "--tls-port",
        type=_tls_port,
        default=HTTPS_PORT,
        metavar="N",
        help=f"for https, 0 for any free one, off for none (default {HTTPS_PORT})",
    )


def _add_seeds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a CloudFormation template to import first; may be repeated",
    )
    _add_parameters(parser)


def _add_parameters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--parameter",
        action="append",
        type=_parameter,
        default=[],
        metavar="K=V",
        help="a value for a template's parameter; may be repeated",
    )


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return number


def _tls_port(text: str) -> int | None:
    return None if text == "off" else _port(text)


def _name(text: str) -> str:
    from sandbox_app.server.edge.authority import host_name

    return _checked(host_name, text)


def _proxy(text: str) -> str:
    from sandbox_app.server.edge.authority import proxy_network

    return _checked(proxy_network, text)


def _checked(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def _workspace(text: str | None) -> Path | None:
    if text is None:
        return _default_workspace()
    return None if text == ":memory:" else Path(text)


def _default_workspace() -> Path:
    from sandbox_app.app.platform import default_workspace

    return default_workspace()
