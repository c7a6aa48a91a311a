"""pytest plugin of the project: it finds the browser, and says loudly which tests did not run without one."""

import os

import pytest

from tools.launcher import chromium

MISSING = "no Chromium"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the journeys where no browser is to be had; in CI they run, and fail, instead."""
    journeys = [item for item in items if item.get_closest_marker("browser")]
    if not journeys or os.environ.get("CI") or chromium.find():
        return
    for item in journeys:
        item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the Chromium to launch; the test fails where there is none."""
    path = chromium.find()
    assert path, f"No Chromium found. {chromium.HOW_TO_GET_ONE}"
    return path


def pytest_terminal_summary(terminalreporter) -> None:
    """Say loudly how many browser tests did not run, and how to get a browser."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("!", f"{len(skipped)} browser tests did NOT run: {MISSING}", red=True, bold=True)
        terminalreporter.write_line(chromium.HOW_TO_GET_ONE)
