"""TLS handshakes that get to see a bad certificate, recorded though no request may follow."""

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.conditions.faults import BadCertificate
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.domain.rules.on_purpose import CERTIFICATE
from sandbox_app.operations.core import Core
from sandbox_app.server.recorder import pass_by
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench.conditions.faults.plan import Use, bad_certificate_for

STEP = "TLS handshake"
_WORDS = {
    BadCertificate.EXPIRED: "the certificate shown had expired",
    BadCertificate.WRONG_NAME: "the certificate shown was that of another name",
    BadCertificate.UNTRUSTED: "the certificate shown was by an authority that nobody trusts",
}


class Handshakes:
    """Asked at each handshake of one sandbox."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def defect(self, name: str | None) -> BadCertificate | None:
        """What shall be wrong with the certificate; recorded where something is.

        Args:
            name: the server name that the client sent, if any.
        """
        if not self._core.conditions.faults.at_handshakes:
            return None
        use = bad_certificate_for(self._core)
        if use is None or not isinstance(use.fault.then.effect, BadCertificate):
            return None
        self._record(use, use.fault.then.effect, name or "")
        return use.fault.then.effect

    def _record(self, use: Use, defect: BadCertificate, name: str) -> None:
        exchange_id = new_uuid()
        if not self._core.recording.wants(exchange_id):
            pass_by(self._core)
            return
        exchange = Exchange(
            id=exchange_id,
            started_at=self._core.timestamp(),
            duration=0.0,
            method="TLS",
            path=name[:255],
            status=0,
            step=STEP,
            rule=CERTIFICATE,
            error="bad_certificate",
            fault=use.title,
        )
        because = f"“{use.title}”: {_WORDS[defect]}; without the fault: this sandbox's own"
        check = Check(CERTIFICATE, Verdict.REFUSED, because=because)
        detail = ExchangeDetail(
            exchange_id=exchange_id,
            target=name,
            http_version="",
            peer="",
            origin="",
            request=Message(),
            response=Message(),
            checks=(check,),
            because=because,
        )
        self._core.store.traffic.append(exchange, detail)
        self._core.bus.publish(ExchangeFinished(exchange, detail))
