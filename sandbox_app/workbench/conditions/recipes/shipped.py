"""The recipes that come with the program."""

from pathlib import Path

from sandbox_app.domain.resources import resource_path
from sandbox_app.workbench.conditions.recipes.reading import load
from sandbox_app.workbench.conditions.recipes.recipe import Recipe


def shipped() -> dict[str, Recipe]:
    """All of them by short name, in alphabetical order."""
    return {name: load(recipe_file(name)) for name in shipped_names()}


def shipped_names() -> tuple[str, ...]:
    """Their short names, which are those of their files."""
    return tuple(sorted(file.stem for file in resource_path("recipes").glob("*.yaml")))


def recipe_file(named: str) -> Path:
    """The file that a path or the short name of a shipped recipe means; the path wins.

    Raises:
        FileNotFoundError: it is neither.
    """
    if Path(named).is_file():
        return Path(named)
    if named in shipped_names():
        return resource_path("recipes") / f"{named}.yaml"
    raise FileNotFoundError(2, "no such file, and no recipe of that name", named)
