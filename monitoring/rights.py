"""The monthly reports hold numbers of at least a dozen people and nobody's data."""

from workers.rights.registry import leave_out

_FIGURES = "统计数字，不含个人；建立、发布的都是工作人员。"
for label in ("monitoring.report", "monitoring.buildorder", "monitoring.sheet", "monitoring.worksheet"):
    leave_out(label, _FIGURES)
