"""Values that only the real service has, and the texts that stand in for them.

A placeholder says what it is (`placeholder-…`) and takes the form that its property asks for.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sandbox_app.operations.patterns import fits
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Unknown
from sandbox_app.workbench.templates.scope import Notes

_ACCOUNT = "123456789012"
_DYNAMIC = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}")
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")

_ARN_OF_KIND: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "AWS::Lambda::Function": ("lambda", "function:"),
        "AWS::Serverless::Function": ("lambda", "function:"),
        "AWS::IAM::Role": ("iam", "role/"),
        "AWS::CertificateManager::Certificate": ("acm", "certificate/"),
        "AWS::KMS::Key": ("kms", "key/"),
        "AWS::SES::EmailIdentity": ("ses", "identity/"),
        "AWS::SecretsManager::Secret": ("secretsmanager", "secret:"),
        "AWS::Logs::LogGroup": ("logs", "log-group:"),
        "AWS::WAFv2::WebACL": ("wafv2", "regional/webacl/"),
        "AWS::KinesisFirehose::DeliveryStream": ("firehose", "deliverystream/"),
    }
)
"""Service and resource type in the ARN of a kind."""


def of_resource(logical_id: str, kind: str, attribute: str, region: str, line: int) -> Scalar:
    """What stands for a resource that is not made here, or for an attribute of it."""
    name = f"placeholder-{_named(logical_id)}"
    service, path = _ARN_OF_KIND.get(kind, (_service(kind), ""))
    arn = f"arn:aws:{service}:{region}:{_ACCOUNT}:{path}{name}"
    words = f"{logical_id}.{attribute}" if attribute else logical_id
    unknown = Unknown(f"{words} ({kind}), which is not made here", arn)
    if attribute.endswith("Arn"):
        return Scalar(arn, line, unknown=unknown)
    text = f"{name}-{_named(attribute)}" if attribute else name
    return Scalar(text, line, unknown=unknown)


def of_export(name: str, line: int) -> Scalar:
    """What stands for the export of a stack that was not imported here."""
    words = f"the export {name}, which no template here gives a value"
    cure = "import the template that exports it first, or write the value out"
    unknown = Unknown(words, cure=cure)
    return Scalar(f"placeholder-{_named(f'import-{name}')}", line, unknown=unknown)


def dynamic(scalar: Scalar) -> Scalar:
    """The text with every `{{resolve:…}}` in it replaced."""
    found = _DYNAMIC.search(scalar.text)
    if found is None:
        return scalar
    text = _DYNAMIC.sub(lambda m: f"placeholder-{_named(f'{m[1]}-{m[2]}')}"[:120], scalar.text)
    return Scalar(text, scalar.line, unknown=Unknown(found[0]), secret=scalar.secret)


def check(node: Node, decides: frozenset[str], place: Place, notes: Notes) -> None:
    """Note every placeholder in a resource's properties, and every text that must not be shown.

    Args:
        decides: properties that decide a login.

    Raises:
        TemplateError: a placeholder where a login is decided.
    """
    _walk(node, decides, place, place.where, notes)


def _walk(node: Node, decides: frozenset[str], place: Place, root: str, notes: Notes) -> None:
    if isinstance(node, Items):
        for index, item in enumerate(node.items):
            below = Place(place.file, item.line, f"{place.where}[{index}]")
            _walk(item, decides, below, root, notes)
        return
    if not isinstance(node, Scalar):
        for entry in node:
            _walk(entry.value, decides, place.below(entry.key, entry.line), root, notes)
        return
    if node.secret:
        notes.secrets.add(node.text)
    if node.unknown is None:
        return
    top = re.split(r"[.\[]", place.where.removeprefix(f"{root}."), maxsplit=1)[0]
    if top in decides:
        raise TemplateError(
            place,
            f"{node.unknown.words}: its value is not known here, and a login depends on it; "
            f"{node.unknown.cure}",
        )
    notes.warn(place, f"{node.unknown.words}: its value is not known here; a placeholder stands in")


def fitted(scalar: Scalar, shape: Any, place: Place) -> str:
    """A placeholder in a form that the property's shape allows.

    Raises:
        TemplateError: none does, as in a choice of words.
    """
    assert scalar.unknown is not None
    text = scalar.text
    arn = scalar.unknown.arn or f"arn:aws:placeholder:us-east-1:{_ACCOUNT}:{text}"
    for candidate in (text, arn, f"{text}@placeholder.example", f"https://{text}.example"):
        if _allowed(candidate[: shape.metadata.get("max", len(candidate))], shape):
            return candidate[: shape.metadata.get("max", len(candidate))]
    raise cannot_stand_in(scalar.unknown, place)


def cannot_stand_in(unknown: Unknown, place: Place) -> TemplateError:
    """The error where a property takes none but certain words."""
    return TemplateError(
        place, f"{unknown.words}: its value is not known here, and nothing can stand for it"
    )


def _allowed(text: str, shape: Any) -> bool:
    if shape.type_name not in ("string", "blob"):
        return False
    limits = shape.metadata
    if limits.get("enum") and text not in limits["enum"]:
        return False
    if len(text) < limits.get("min", 0):
        return False
    return "pattern" not in limits or fits(limits["pattern"], text)


def _named(text: str) -> str:
    return _NOT_A_NAME.sub("-", text).strip("-") or "value"


def _service(kind: str) -> str:
    parts = kind.split("::")
    return _named(parts[1]).lower() if len(parts) > 1 else "placeholder"
