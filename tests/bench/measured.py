"""One line of the bench's report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the report; `most` says whether the aim is an upper limit."""

    what: str
    value: float
    form: str
    aim: float
    most: bool = True
    remark: str = ""

    @property
    def reached(self) -> bool:
        """Whether the aim is met."""
        return self.value <= self.aim if self.most else self.value >= self.aim


def told(line: Measured) -> str:
    """The line as the table shows it."""
    sign, verdict = ("≤" if line.most else "≥"), ("met" if line.reached else "MISSED")
    value, aim = line.form.format(line.value), line.form.format(line.aim)
    return f"{line.what:30}{value:>9}   aim {sign} {aim:8}{verdict:7} {line.remark}".rstrip()
