"""What the web processes must not pay for: the libraries that read files are loaded when a file is read."""

import os
import subprocess
import sys

READING = "check_digits checking_rows cleaning columnar delimited id_column profiles spreadsheet tables"
MODULES = [*(f"reading.{name}" for name in READING.split()), "preparing", "returning", "sealedfile", "writing.staging"]


def test_importing_the_feeds_loads_no_library_for_files():
    script = (
        "import sys, django\ndjango.setup()\nfrom importlib import import_module\n"
        f"for name in {MODULES!r}:\n    import_module('workers.feeds.' + name)\n"
        "heavy = {'polars', 'python_calamine', 'openpyxl', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
