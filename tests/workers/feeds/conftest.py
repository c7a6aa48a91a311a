"""Where the feeds of a test work."""

import pytest


@pytest.fixture(autouse=True)
def _work_folder(settings, tmp_path):
    settings.PRIVATE_WORK_DIR = tmp_path / "work"
