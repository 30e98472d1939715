"""`python -m sandbox_app`: the same as the console script."""

import sys

from sandbox_app.app.cli import main

sys.exit(main())
