"""All measures in their order. A new one is a function from a `Stage` to rows, and a line here."""

from ..stage import Measure
from . import candidates, job_list, report, seed

MEASURES: dict[str, Measure] = {
    "seed": seed.measure,
    "candidates": candidates.measure,
    "job_list": job_list.measure,
    "report": report.measure,
}
# Runs even when it was not asked for: the others need its people.
NEEDED = {"seed"}
