"""Recipes: the whole world bent at once, from a list or a file, and written down again."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.components import MenuButton
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.components.file_question import ask_for_file
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.parts import deviations
from sandbox_app.workbench.conditions.recipes.applying import apply
from sandbox_app.workbench.conditions.recipes.reading import load
from sandbox_app.workbench.conditions.recipes.recipe import Recipe, RecipeError
from sandbox_app.workbench.conditions.recipes.shipped import shipped
from sandbox_app.workbench.conditions.recipes.writing import recipe_of, save

_LOAD, _SAVE = "load", "save"
_FILES = "Recipes (*.yaml *.yml *.json);;All files (*)"


class RecipesMenu(MenuButton):
    """Applies what is chosen at once; nothing is lost, faults that were there are switched off.

    Signals:
        done, failed: str, a sentence for the person.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, theme: Theme, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Recipes", "Recipes", size="normal", icon="book", parent=parent)
        self._theme = theme
        self._core = core
        self.beside = core.store.path
        self._shipped: dict[str, Recipe] = {}
        self.chosen.connect(self._take)
        self.menu_shown.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Read the recipes that come with the program; only once somebody wants to see them."""
        if self._shipped:
            return
        self._shipped = shipped()
        listed = [(key, recipe.name) for key, recipe in self._shipped.items()]
        files = [(_LOAD, "Load a recipe…"), (_SAVE, "Save as a recipe…")]
        self.set_choices([*listed, ("", ""), *files])
        for action, recipe in zip(self.menu_shown.actions(), self._shipped.values(), strict=False):
            action.setToolTip(recipe.description)
        self.menu_shown.setToolTipsVisible(True)

    def load_file(self, path: Path) -> None:
        """Apply the recipe in a file, or say at which line it is wrong."""
        self.beside = path
        try:
            self._apply(load(path), path.name)
        except (RecipeError, OSError) as error:
            self.failed.emit(str(error))

    def save_file(self, path: Path) -> None:
        """Write everything that is bent now; a file that is there already is asked about first."""
        self.beside = path
        if not path.exists():
            self._write(path)
            return
        Confirmation(
            self._theme,
            self.window(),
            f"Replace {path.name}?",
            "There is a file of that name already. What it holds is lost when it is replaced.",
            "Replace it",
            lambda: self._write(path),
        ).open()

    def _take(self, key: str) -> None:
        folder = self.beside.parent
        if key == _LOAD:
            ask_for_file(self.window(), "Load a recipe", folder, self.load_file, files=_FILES)
        elif key == _SAVE:
            ask_for_file(
                self.window(),
                "Save as a recipe",
                folder,
                self.save_file,
                files=_FILES,
                name="conditions.yaml",
            )
        else:
            recipe = self._shipped[key]
            try:
                self._apply(recipe, recipe.name)
            except RecipeError as error:
                self.failed.emit(str(error))

    def _apply(self, recipe: Recipe, file: str) -> None:
        apply(self._core, recipe, file)
        self.done.emit(f"“{recipe.name}” is in force. {recipe.description}".strip())

    def _write(self, path: Path) -> None:
        try:
            save(recipe_of(self._core, path.stem), path)
        except OSError as error:
            self.failed.emit(f"{path.name} was not written: {error.strerror}.")
        else:
            empty = "" if deviations(self._core) else " Nothing is bent now, so it changes nothing."
            self.done.emit(f"The conditions are written to {path.name}.{empty}")
