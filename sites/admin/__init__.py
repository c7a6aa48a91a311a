"""Prevention in the officials' site: projects, monthly files, alerts, rules."""

from .alerts import AlertAdmin
from .files import PayrollFileAdmin
from .rules import WatchRuleAdmin
from .sites import SiteAdmin

__all__ = ["AlertAdmin", "PayrollFileAdmin", "SiteAdmin", "WatchRuleAdmin"]
