"""`/_sandbox/seeds`: templates into the running sandbox."""

from typing import Any

from sandbox_app.server.control.finding import ended
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import flag, listed, mapping, record, text
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.importing import TemplateText, import_templates
from sandbox_app.workbench.templates.outcome import Outcome

_NAME = "control"


async def import_seed(asked: Asked) -> Any:
    """Import a template's text."""
    body = asked.body
    template = TemplateText(body["template"], body.get("name") or _NAME)
    try:
        result = await import_templates(
            [template], body.get("parameters", {}), asked.core, check=body.get("check", False)
        )
    except TemplateError as error:
        raise Mistake("invalid", ended(str(error)), field="template") from error
    return {
        "resources": [
            {
                "logical_id": item.logical_id,
                "kind": item.kind,
                "id": item.id,
                "outcome": item.outcome,
            }
            for item in result.resources
        ],
        "warnings": [str(warning) for warning in result.warnings],
    }


ROUTES = (
    Route(
        method="POST",
        path="/_sandbox/seeds",
        summary="Import a CloudFormation template, all of it or nothing.",
        handler=import_seed,
        calls=(import_templates,),
        takes=record(
            {"template": text("The template itself, in YAML or JSON.")},
            {
                "name": text("Imported again under this name, it updates what it made before."),
                "parameters": mapping(text(), "Values for the template's parameters."),
                "check": flag("Only say what would change."),
            },
        ),
        gives=record(
            {
                "resources": listed(
                    record(
                        {
                            "logical_id": text(),
                            "kind": text(),
                            "id": text("Its physical id."),
                            "outcome": text(among=Outcome),
                        }
                    )
                ),
                "warnings": listed(text()),
            }
        ),
    ),
)
