"""The 200,000-call soak: one Qt release lost a reference to None per call and aborted late."""

import subprocess
import sys

CALLS = 200_000

PROGRAM = f"""
from PySide6.QtCore import QObject
thing = QObject()
for _ in range({CALLS}):
    thing.blockSignals(False)
    thing.setObjectName("x")
print("survived")
"""


def test_qt_survives_more_calls_than_a_short_try_makes() -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stdout.strip()) == (0, "survived"), told.stderr
