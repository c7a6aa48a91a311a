"""Code lists of monitoring, and the limit below which a figure could point at a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SMALL_CELL = 10  # people; a cell with 1–9 is not published, and nothing from which it follows

# Days after the end of the month. The registry keeps what people are today; a report that was built later than this
# says on its face of which day its attributes are.
LATE_AFTER_DAYS = 15
BUILDING = 7_460_001  # first half of the advisory lock of a month that is being built
PUBLISHING = 7_460_002  # first half of the advisory lock of whoever publishes a report, of whatever month


class ReportState(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    SUPERSEDED = "superseded", _("已被新版代替")
    WITHDRAWN = "withdrawn", _("已撤回")


class OrderState(TextChoices):
    """What became of an order to build a month."""

    WAITING = "waiting", _("排队中")
    BUILT = "built", _("已编好")
    FAILED = "failed", _("没有编成")


class Origin(TextChoices):
    """What the figures were computed from; printed on every report."""

    REGISTRY = "registry", _("由登记册和业务数据编制")
    DEMO = "demo", _("由演示用合成登记册编制")
    DEMO_HISTORY = "demo_history", _("演示用的合成历史：由合成登记册按国家统计局公布的变动推算")


PUBLIC = (ReportState.PUBLISHED, ReportState.SUPERSEDED)
