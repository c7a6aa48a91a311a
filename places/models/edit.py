"""What an official wants to add to or change in the directory, until a colleague publishes or drops it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints
from core.transitions import Flow

from ..enums import EditState
from ..querysets import EditQuerySet
from .place import Place


class Edit(models.Model):
    """A wrong phone number sends people on a wrong way, so two look at it. `values` as the form cleaned them."""

    FLOW = Flow(
        publish=([EditState.PENDING], EditState.PUBLISHED),
        drop=([EditState.PENDING], EditState.DROPPED),
    )

    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="edits", verbose_name=_("办事地点")
    )
    state = models.CharField(_("状态"), max_length=10, choices=EditState.choices, default=EditState.PENDING)
    division = models.CharField(_("所在地"), max_length=12)
    values = models.JSONField(_("内容"))
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("录入人"))
    decided_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )

    objects = EditQuerySet.as_manager()

    class Meta:
        verbose_name = _("地点变更")
        verbose_name_plural = _("地点变更")
        indexes = [models.Index(fields=["state", "-entered_at", "-id"], name="places_edit_queue")]
        constraints = [
            constraints.one_of("state", EditState, name="places_edit_state", message=_("未知的状态。")),
            constraints.together(
                "decided_at", "decided_by", name="places_edit_decided", message=_("复核要有人和时间。")
            ),
            constraints.set_in(
                [EditState.PUBLISHED, EditState.DROPPED],
                "decided_at",
                name="places_edit_state_decided",
                message=_("已复核的变更要有复核时间。"),
            ),
            # Who entered it may take it back, but not publish it.
            models.CheckConstraint(
                condition=~models.Q(state=EditState.PUBLISHED, entered_by=models.F("decided_by")),
                name="places_edit_maker_is_not_checker",
                violation_error_message=_("录入人不能发布自己录入的内容。"),
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(state=EditState.PENDING),
                name="places_edit_one_pending",
                violation_error_message=_("这个地点已有一份变更等待发布。"),
            ),
        ]

    def __str__(self) -> str:
        return self.values.get("name", "") or str(self.pk)
