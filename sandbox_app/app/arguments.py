"""What the commands' arguments may be, and those that several commands share."""

import argparse
from collections.abc import Callable
from pathlib import Path

from sandbox_app.app.settings import HTTP_PORT, HTTPS_PORT


def add_workspace(parser: argparse.ArgumentParser, words: str) -> None:
    """`--workspace`; `words` say which one is meant, and whether it is made."""
    parser.add_argument("--workspace", type=Path, metavar="FILE", help=words)


def add_ports(parser: argparse.ArgumentParser) -> None:
    """`--port` and `--tls-port`."""
    parser.add_argument(
        "--port",
        type=port,
        default=HTTP_PORT,
        metavar="N",
        help=f"for http, 0 for any free one (default {HTTP_PORT})",
    )
    parser.add_argument(
        "--tls-port",
        type=tls_port,
        default=HTTPS_PORT,
        metavar="N",
        help=f"for https, 0 for any free one, off for none (default {HTTPS_PORT})",
    )


def add_seeds(parser: argparse.ArgumentParser) -> None:
    """`--seed` and what goes with it."""
    parser.add_argument(
        "--seed",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a CloudFormation template to import first; may be repeated",
    )
    add_parameters(parser)


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """`--recipe`."""
    parser.add_argument(
        "--recipe",
        type=recipe,
        metavar="FILE",
        help="conditions to begin with: a recipe's file, or the short name of one that comes with "
        "the program",
    )


def add_parameters(parser: argparse.ArgumentParser) -> None:
    """`--parameter`."""
    parser.add_argument(
        "--parameter",
        action="append",
        type=parameter,
        default=[],
        metavar="K=V",
        help="a value for a template's parameter; may be repeated",
    )


def port(text: str) -> int:
    """A port, 0 for any free one."""
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return number


def tls_port(text: str) -> int | None:
    """The same, or `None` for `off`."""
    return None if text == "off" else port(text)


def recipe(text: str) -> Path:
    """The file of a recipe."""
    from sandbox_app.workbench.conditions.recipes.shipped import recipe_file, shipped_names

    try:
        return recipe_file(text)
    except FileNotFoundError:
        names = ", ".join(shipped_names())
        raise argparse.ArgumentTypeError(
            f"there is no file {text!r}, and no recipe of that name; these come with the "
            f"program: {names}"
        ) from None


def name(text: str) -> str:
    """A host name to answer to."""
    from sandbox_app.server.edge.authority import host_name

    return _checked(host_name, text)


def proxy(text: str) -> str:
    """A peer that is believed."""
    from sandbox_app.server.edge.authority import proxy_network

    return _checked(proxy_network, text)


def _checked(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def parameter(text: str) -> tuple[str, str]:
    """A name and its value."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def workspace(text: str | None) -> Path | None:
    """The file named, the usual one, or `None` for `:memory:`."""
    if text is None:
        return default_workspace()
    return None if text == ":memory:" else Path(text)


def default_workspace() -> Path:
    """The file that is opened when none is named."""
    from sandbox_app.app.platform import default_workspace

    return default_workspace()
