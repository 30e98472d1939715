"""Lines for whoever started the program, who may have stopped reading."""

import os
import sys


def write_out(lines: str) -> None:
    """Write whole lines at once."""
    if sys.stdout is None:
        # Started without a console, as Windows can.
        return
    try:
        sys.stdout.write(lines)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever started us has read enough. To serve on is what they want; to tell is not.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
