"""A recorded request as a command for a shell: cURL and HTTPie."""

import re
from collections.abc import Iterable

from sandbox_app.workbench.connect.snippets.literals import shell
from sandbox_app.workbench.live.exporting.sending import (
    Given,
    Sent,
    Text,
    Variable,
    encoded_form,
    joined,
)
from sandbox_app.workbench.live.words import showable

_FORM = "application/x-www-form-urlencoded"
_SWALLOWED = re.compile(r"(?<!\\)(?:\\\\)*\\[:;=@]")
"""A backslash that HTTPie takes as escaping a separator; nothing escapes the backslash itself."""

_PLAIN_NAME = re.compile(r"[\w.-]+")


def curl(request: Sent) -> str:
    """For a POSIX shell; a redirect is shown, not followed."""
    words = ["curl -i"]
    if any(set("[]{}") & set(part) for part in request.url if isinstance(part, str)):
        words.append("--globoff")
    words.append(_word(request.url))
    if request.method != ("POST" if request.form or request.body else "GET"):
        words[-1:-1] = ["--head" if request.method == "HEAD" else f"-X {shell(request.method)}"]
    lines = [" ".join(words)]
    if request.auth is not None:
        lines.append(f"-u {_word((f'{request.auth[0]}:', *request.auth[1]))}")
    for name, text in _without_form_type(request):
        lines.append(f"-H {_word((f'{name}: ', *text) if text else (f'{name};',))}")
    for name, text in request.form:
        from_form = encoded_form(((name, ()),))
        lines.append(f"--data-urlencode {_word((*from_form, *text))}")
    if request.body:
        lines.append(f"--data-raw {_word(request.body)}")
    return _command(request, lines)


def httpie(request: Sent) -> str:
    """For HTTPie; a form whose fields it would take for something else is sent as one text."""
    fields = _as_fields(request.form)
    lines = ["http --ignore-stdin --form" if fields else "http --ignore-stdin"]
    # Options come first: once it has read a field, HTTPie takes none any more.
    if request.auth is not None:
        lines.append(f"-a {_word((f'{request.auth[0]}:', *request.auth[1]))}")
    if body := () if fields else request.body or encoded_form(request.form):
        lines.append(f"--raw {_word(body)}")
    lines.append(f"{shell(request.method)} {_word(request.url)}")
    lost: list[str] = []
    # The type of a form too, or HTTPie would say its character set.
    for name, text in request.headers:
        if any(_SWALLOWED.search(part) for part in text if isinstance(part, str)):
            lost.append(name)
            continue
        # Without the space, a value that begins with = or @ would be JSON or a file.
        lines.append(_word((f"{name}: ", *text) if text else (f"{name};",)))
    return _command(request, (*lines, *fields), *map(_lost_words, lost))


def _lost_words(name: str) -> str:
    return f"{name} is left out: HTTPie would swallow a backslash in it. cURL sends it."


def _command(request: Sent, lines: Iterable[str], *more: str) -> str:
    comments = [*notes_of(request), *more]
    command = " \\\n  ".join(lines)
    return showable("\n".join((*(f"# {comment}" for comment in comments), command)))


def notes_of(request: Sent) -> Iterable[str]:
    """What to know before it is run."""
    if request.variables:
        yield f"Set first: {', '.join(request.variables)}"
    yield from request.notes


def _as_fields(form: Given) -> list[str]:
    """HTTPie's own notation; nothing where a single field does not fit it."""
    for name, text in form:
        texts = [part for part in text if isinstance(part, str)]
        if not _PLAIN_NAME.fullmatch(name) or any("\\" in part for part in texts):
            return []
        if texts[:1] == list(text[:1]) and "".join(texts).startswith(("=", "@")):
            return []
    return [_word((f"{name}=", *text)) for name, text in form]


def _without_form_type(request: Sent) -> Given:
    """The headers, but for the one that a form brings along."""
    if not request.form:
        return request.headers
    return tuple(
        (name, text)
        for name, text in request.headers
        if (name.lower(), text) != ("content-type", (_FORM,))
    )


def _word(text: Text) -> str:
    """One word of the shell, with its variables in double quotes."""
    parts = (
        f'"${part.name}"' if isinstance(part, Variable) else shell(part) for part in joined(text)
    )
    return "".join(parts) or "''"
