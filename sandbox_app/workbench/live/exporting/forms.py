"""The forms in which one exchange can be copied, by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.exporting.commands import curl, httpie
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.python_code import requests_code
from sandbox_app.workbench.live.exporting.redaction import Redactor
from sandbox_app.workbench.live.exporting.sending import SecretOf, Sent, address, sent
from sandbox_app.workbench.live.messages import raw_text

URL = "URL"
RAW = "Raw HTTP"
_REQUESTS: Mapping[str, Callable[[Sent], str]] = MappingProxyType(
    {"cURL": curl, "HTTPie": httpie, "Python": requests_code}
)
FORMS = (URL, *_REQUESTS, RAW)


def copied(
    form: str, exchange: Exchange, detail: ExchangeDetail, secret_of: SecretOf | None = None
) -> str:
    """An exchange in one of `FORMS`.

    Args:
        secret_of: given, nothing is masked that is recorded or configured.
    """
    if form in (URL, RAW):
        redactor = Redactor(Redaction.MASK if secret_of is None else Redaction.NONE, [detail])
        shown = redactor.detail(detail)
        return address(shown) if form == URL else raw_text(redactor.exchange(exchange), shown)
    return _REQUESTS[form](sent(exchange, detail, secret_of))
