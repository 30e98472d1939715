"""What a person noted about a row of the traffic: a mark, a colour, some words."""

from dataclasses import dataclass

COLOURS = ("blue", "teal", "purple", "pink")
"""What a mark can be coloured with: none of them says passed, doubtful or refused."""


@dataclass(frozen=True, slots=True)
class RowMark:
    """Kept with the workspace for as long as the traffic it is about.

    Attributes:
        about: the id of a login, or of an exchange. A login has the id of the request that began
            it, so the id alone does not tell which.
        of_login: whether it is about the whole login.
        marked: whether the row bears a mark.
        colour: one of `COLOURS`, empty for a plain mark; always empty without a mark.
        note: a few lines, empty for none.
    """

    about: str
    marked: bool = False
    colour: str = ""
    note: str = ""
    of_login: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return self.marked or bool(self.note)
