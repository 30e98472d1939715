"""A recorded request as Python that sends it again, with the requests library."""

from sandbox_app.workbench.connect.snippets.literals import python
from sandbox_app.workbench.live.exporting.commands import notes_of
from sandbox_app.workbench.live.exporting.sending import Given, Sent, Text, Variable
from sandbox_app.workbench.live.words import showable

PATIENCE = 30
"""Seconds the code waits for an answer."""


def requests_code(request: Sent) -> str:
    """A script that prints status, redirect and body; a redirect is shown, not followed."""
    return showable("\n".join((*_beginning(request), *_call(request), *_end())))


def _beginning(request: Sent) -> list[str]:
    lines = [f"# {note}" for note in notes_of(request)]
    if request.variables:
        lines += ["import os", ""]
    lines += ["import requests", ""]
    if request.variables:
        lines += [f'{name} = os.environ["{name}"]' for name in request.variables]
        lines.append("")
    return lines


def _call(request: Sent) -> list[str]:
    lines = ["response = requests.request(", f"    {python(request.method)},"]
    lines.append(f"    {_expression(request.url)},")
    if request.headers:
        lines += ["    headers={", *_members(_joined(request.headers)), "    },"]
    if request.auth is not None:
        lines.append(f"    auth=({python(request.auth[0])}, {_expression(request.auth[1])}),")
    if request.form:
        fields = (f"({python(name)}, {_expression(text)})" for name, text in request.form)
        lines += ["    data=[", *(f"        {field}," for field in fields), "    ],"]
    elif request.body:
        lines.append(f"    data=({_expression(request.body)}).encode(),")
    return [*lines, "    allow_redirects=False,", f"    timeout={PATIENCE},", ")"]


def _end() -> list[str]:
    return [
        'print(response.status_code, response.headers.get("Location", ""))',
        "print(response.text)",
        "",
    ]


def _joined(headers: Given) -> Given:
    """A dictionary holds each name once; RFC 9110 section 5.3 joins the values by commas."""
    found: dict[str, tuple[str, Text]] = {}
    for name, text in headers:
        key = name.lower()
        mark = "; " if key == "cookie" else ", "
        found[key] = (name, (*found[key][1], mark, *text)) if key in found else (name, text)
    return tuple(found.values())


def _members(headers: Given) -> list[str]:
    return [f"        {python(name)}: {_expression(text)}," for name, text in headers]


def _expression(text: Text) -> str:
    parts = (part.name if isinstance(part, Variable) else python(part) for part in text)
    return " + ".join(parts) or "''"
