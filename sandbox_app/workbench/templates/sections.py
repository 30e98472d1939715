"""The sections of a template: those that there are, and their shape."""

from sandbox_app.workbench.templates.errors import Place, TemplateError, guess
from sandbox_app.workbench.templates.nodes import Items, Scalar, Table
from sandbox_app.workbench.templates.scope import Notes

_VERSION = "2010-09-09"
SAM = "AWS::Serverless-2016-10-31"
_KNOWN_TRANSFORMS = {SAM, "AWS::LanguageExtensions"}
_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Globals",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
}


def refuse_sections(root: Table, file: str) -> None:
    """Refuse what is no part of a template, and another version of the language.

    Raises:
        TemplateError: there is some, at its line.
    """
    for entry in root:
        if entry.key not in _SECTIONS:
            raise TemplateError(Place(file, entry.line), _no_section(entry.key, root))
    _refuse_version(root, file)


def section(root: Table, name: str, file: str) -> Table:
    """A section that is a table; empty where there is none.

    Raises:
        TemplateError: it is something else.
    """
    found = root.get(name) or Table((), root.line)
    if isinstance(found, Scalar) and found.null:
        return Table((), found.line)
    if not isinstance(found, Table):
        raise TemplateError(Place(file, found.line, name), "a table is expected")
    return found


def transforms(root: Table, file: str, notes: Notes) -> frozenset[str]:
    """The macros that the template asks for; a warning of each that is not run here."""
    found = root.get("Transform")
    if found is None:
        return frozenset()
    items = found.items if isinstance(found, Items) else (found,)
    names = frozenset(item.text for item in items if isinstance(item, Scalar))
    for name in sorted(names - _KNOWN_TRANSFORMS):
        notes.warn(Place(file, found.line, "Transform"), f"the macro {name} is not run here")
    return names


def _no_section(name: str, root: Table) -> str:
    reason = f"{name} is no part of a template"
    if root.get("service") is not None and root.get("provider") is not None:
        return f"{reason}, but of the Serverless Framework; import what `serverless package` makes"
    return reason + guess(name, _SECTIONS)


def _refuse_version(root: Table, file: str) -> None:
    version = root.get("AWSTemplateFormatVersion")
    if version is not None and (not isinstance(version, Scalar) or version.text != _VERSION):
        place = Place(file, version.line, "AWSTemplateFormatVersion")
        raise TemplateError(place, f"the only version there is is {_VERSION}")
