"""`/_sandbox/recipes`: named sets of conditions, the same in the window, headless and by script."""

from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.server.control.conditions import DEVIATIONS, list_deviations
from sandbox_app.server.control.finding import ended
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import listed, record, text
from sandbox_app.workbench.conditions.recipes.applying import apply
from sandbox_app.workbench.conditions.recipes.reading import read_recipe
from sandbox_app.workbench.conditions.recipes.recipe import Recipe, RecipeError
from sandbox_app.workbench.conditions.recipes.shipped import shipped
from sandbox_app.workbench.conditions.recipes.writing import recipe_of, text_of

_RECIPE = text("A recipe's text, in YAML or JSON.")


async def list_recipes(asked: Asked) -> Any:
    """Those that come with the program."""
    found = await asked.core.aside(shipped)
    return {
        "recipes": [
            {"name": name, "title": recipe.name, "description": recipe.description}
            for name, recipe in found.items()
        ]
    }


async def apply_recipe(asked: Asked) -> Any:
    """One put into force."""
    body = asked.body
    if ("name" in body) == ("recipe" in body):
        raise Mistake("invalid", "Either name or recipe is needed, and not both.", field="name")
    try:
        recipe = (
            await _shipped(asked.core, body["name"])
            if "name" in body
            else read_recipe(body["recipe"], "recipe")
        )
        apply(asked.core, recipe)
    except RecipeError as error:
        raise Mistake("invalid", ended(str(error)), field=next(iter(body))) from error
    return await list_deviations(asked)


async def _shipped(core: Core, name: str) -> Recipe:
    """By its short name alone: a script has no business with paths of this machine."""
    found = (await core.aside(shipped)).get(name)
    if found is None:
        message = f"There is no recipe {name[:60]}; /_sandbox/recipes lists them."
        raise Mistake("not_found", message, field="name", status=404)
    return found


async def get_present(asked: Asked) -> Any:
    """The present conditions as one."""
    return {"recipe": text_of(recipe_of(asked.core, asked.query.get("name", "Conditions")))}


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/recipes",
        summary="The recipes that come with the program.",
        handler=list_recipes,
        calls=(shipped,),
        gives=record(
            {
                "recipes": listed(
                    record(
                        {
                            "name": text("For /recipes/apply."),
                            "title": text(),
                            "description": text(),
                        }
                    )
                )
            }
        ),
    ),
    Route(
        method="POST",
        path="/_sandbox/recipes/apply",
        summary="Bend the world as a recipe says, all of it or nothing.",
        handler=apply_recipe,
        calls=(apply, read_recipe),
        takes=record(
            optional={"name": text("Of one that comes with the program."), "recipe": _RECIPE}
        ),
        gives=DEVIATIONS,
    ),
    Route(
        method="GET",
        path="/_sandbox/recipes/present",
        summary="The present conditions as a recipe.",
        handler=get_present,
        calls=(recipe_of, text_of),
        query={"name": text("What to call it.")},
        gives=record({"recipe": _RECIPE}),
    ),
)
