"""The shapes of the Cognito API as JSON Schema, read from the model that checks requests."""

from typing import Any

from sandbox_app.operations import shapes

_KINDS = {"string": "string", "integer": "integer", "long": "integer", "boolean": "boolean"}
_NUMBERS = {"min": "minimum", "max": "maximum"}
_LENGTHS = {"min": "minLength", "max": "maxLength"}
_COUNTS = {"min": "minItems", "max": "maxItems"}


class ShapeSchemas:
    """Collects schemas by the API's names; each structure once."""

    def __init__(self) -> None:
        self.schemas: dict[str, dict[str, Any]] = {}

    def of_operation(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """References to what an operation takes and gives."""
        model = shapes.model().operation_model(name)
        empty: dict[str, Any] = {"type": "object"}
        asked, answered = model.input_shape, model.output_shape
        return (
            self._of(asked) if asked is not None else empty,
            self._of(answered) if answered is not None else empty,
        )

    def _of(self, shape: Any) -> dict[str, Any]:
        limits, kind = shape.metadata, shape.type_name
        if kind == "structure":
            return self._structure(shape)
        if kind == "list":
            items = {"type": "array", "items": self._of(shape.member)}
            return {**items, **_bounds(limits, _COUNTS)}
        if kind == "map":
            return {"type": "object", "additionalProperties": self._of(shape.value)}
        if kind == "timestamp":
            return {"type": "number", "description": "Seconds since 1970 UTC."}
        if kind not in _KINDS:
            return {}
        if kind == "string":
            words = {"enum": list(shape.enum)} if shape.enum else {}
            return {"type": "string", **words, **_bounds(limits, _LENGTHS)}
        return {"type": _KINDS[kind], **_bounds(limits, _NUMBERS)}

    def _structure(self, shape: Any) -> dict[str, Any]:
        if shape.name not in self.schemas:
            # Entered before its members are read, should one of them lead back here.
            schema: dict[str, Any] = {"type": "object", "properties": {}}
            self.schemas[shape.name] = schema
            for name, member in shape.members.items():
                schema["properties"][name] = self._of(member)
            if shape.required_members:
                schema["required"] = list(shape.required_members)
        return {"$ref": f"#/components/schemas/{shape.name}"}


def _bounds(limits: Any, names: dict[str, str]) -> dict[str, Any]:
    return {told: limits[name] for name, told in names.items() if name in limits}
