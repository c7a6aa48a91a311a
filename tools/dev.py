#!/usr/bin/env python3
"""The one entry to this checkout: `python3 tools/dev.py help`. Needs nothing but Python 3.11 or newer."""

import sys
from pathlib import Path

# Written so that an old Python, too, can read this far and say what is wrong.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed, this is %d.%d · 需要 Python 3.11 或更高版本" % sys.version_info[:2])  # noqa: UP031

# The checkout, not its tools/ folder, is where `import tools.…` starts.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from tools.launcher.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
