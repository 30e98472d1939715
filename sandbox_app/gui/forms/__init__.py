"""Forms over API members: inputs, rows, and the editor that saves, reverts and explains.

An editor of one kind of record is a `RecordEditor` with one or more `Form` pages::

    class GroupEditor(RecordEditor):
        def __init__(self, theme, core, spawn):
            super().__init__(theme, core, spawn)
            form = self.add_page("group", "Group")
            form.add("Description", "Description", text_input(theme, "Description"), "Shown to …")

        def load(self): …            # the saved request shape of `self.subject`
        def attempt(self, draft): …  # call the operation; also run, and rolled back, to check
        def label(self): …           # "Change group admins", for Edit ▸ Undo
"""

from sandbox_app.gui.forms.drafts import DraftState, Setting, Subject, text_of
from sandbox_app.gui.forms.editor import RecordEditor
from sandbox_app.gui.forms.form import Form
from sandbox_app.gui.forms.inputs import (
    Input,
    choice_input,
    number_input,
    switch_input,
    text_input,
    valued_input,
)
from sandbox_app.gui.forms.save_bar import SaveBar

__all__ = [
    "DraftState",
    "Form",
    "Input",
    "RecordEditor",
    "SaveBar",
    "Setting",
    "Subject",
    "choice_input",
    "number_input",
    "switch_input",
    "text_input",
    "text_of",
    "valued_input",
]
