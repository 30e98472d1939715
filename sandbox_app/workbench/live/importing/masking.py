"""Passwords and client secrets are not kept of what others wrote down, as they are not of ours."""

import re
from dataclasses import replace
from urllib.parse import unquote_plus

from sandbox_app.domain.records.traffic import ExchangeDetail, Headers
from sandbox_app.workbench.live.exporting.sending import NOT_RECORDED
from sandbox_app.workbench.live.messages import form_of

_SECRET = re.compile(r"passw|secret", re.IGNORECASE)


def without_passwords(detail: ExchangeDetail) -> ExchangeDetail:
    """The same with the values that the sandbox would not have recorded masked."""
    request = detail.request
    path, mark, query = detail.target.partition("?")
    body = request.body
    if form_of(request):
        body = _pairs(body.decode("utf-8", "replace")).encode()
    size = request.size - len(request.body) + len(body)
    message = replace(request, headers=_headers(request.headers), body=body, size=size)
    return replace(detail, target=f"{path}{mark}{_pairs(query)}", request=message)


def _pairs(encoded: str) -> str:
    return "&".join(map(_pair, encoded.split("&")))


def _pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={NOT_RECORDED}" if equals and _SECRET.search(unquote_plus(name)) else pair


def _headers(headers: Headers) -> Headers:
    return tuple(
        (name, f"Basic {NOT_RECORDED}" if _is_basic(name, value) else value)
        for name, value in headers
    )


def _is_basic(name: str, value: str) -> bool:
    return name.lower() == "authorization" and value.lower().startswith("basic ")
