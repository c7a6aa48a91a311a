"""Policy parameters: what a rule depends on and the law or a notice may change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Parameter(models.Model):
    """One value of a key from `valid_from` on. Old rows stay, because decisions name the version they used."""

    key = models.CharField(_("参数"), max_length=80)
    valid_from = models.DateField(_("起用日期"))
    value = models.JSONField(_("值"))
    unit = models.CharField(_("单位"), max_length=24, blank=True)
    title = models.CharField(_("说明"), max_length=120)
    source = models.TextField(_("依据"))
    verified = models.BooleanField(_("已核实原文"), default=False)

    class Meta:
        verbose_name = _("政策参数")
        verbose_name_plural = _("政策参数")
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="core_parameter_one_per_day")]

    def __str__(self) -> str:
        return self.version

    @property
    def version(self) -> str:
        """Names this row for ever: wages.accept_workdays@2005-02-01."""
        return f"{self.key}@{self.valid_from:%Y-%m-%d}"

    @property
    def number(self) -> int:
        """The value as an integer; raises `TypeError` for anything else."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.version} is not a whole number")
        return self.value
