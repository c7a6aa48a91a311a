"""Who serves at an office outside the city."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import constraints

from ..querysets import PostQuerySet
from .place import Place


class Post(models.Model):
    """An official with a place instead of a district: no jurisdiction, only the cases handed to that place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="posts", verbose_name=_("办事处"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("工作人员"))
    since = models.DateField(_("到岗"))
    until = models.DateField(_("离岗"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("驻外岗位")
        verbose_name_plural = _("驻外岗位")
        constraints = [
            constraints.in_order("since", "until", name="places_post_dates", message=_("离岗不能早于到岗。")),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(until__isnull=True),
                name="places_post_one",
                violation_error_message=_("这个账户已在一个办事处任职。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.place}"
