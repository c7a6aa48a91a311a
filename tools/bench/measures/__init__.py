"""All measures in their order. A new one is a function from a `Stage` to rows in a file here, and a line below.

A scale is loaded once and shared: those that only read come first, those that change the registry leave it as they
found it or come last.
"""

from ..stage import Measure
from . import (
    admin_list,
    candidates,
    duplicates,
    feeds,
    job_list,
    load,
    payroll_watch,
    profile,
    register,
    report,
    search_id,
    wage_status,
    wage_submit,
    wages_queue,
    wages_routing,
)

MEASURES: dict[str, Measure] = {
    "load": load.measure,
    "candidates": candidates.measure,
    "job_list": job_list.measure,
    "report": report.measure,
    "search_id": search_id.measure,
    "admin_list": admin_list.measure,
    "profile": profile.measure,
    "wages_queue": wages_queue.measure,
    "wages_routing": wages_routing.measure,
    "duplicates": duplicates.measure,
    "payroll_watch": payroll_watch.measure,
    "wage_status": wage_status.measure,
    "wage_submit": wage_submit.measure,
    "register": register.measure,
    "feeds": feeds.measure,
}
# Runs even when it was not asked for, because the others need its people; not where they are loaded already.
NEEDED = {"load"}
