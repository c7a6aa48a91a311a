"""Words for what a browser says about itself. `{% load accounts_ui %}`"""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

register = template.Library()

# The first that occurs counts: WeChat's browser also says Chrome, Chrome also says Safari.
_BROWSERS = (
    ("MicroMessenger", gettext_noop("微信")),
    ("HuaweiBrowser", gettext_noop("华为浏览器")),
    ("MiuiBrowser", gettext_noop("小米浏览器")),
    ("Edg", gettext_noop("微软浏览器")),
    ("Firefox", gettext_noop("火狐浏览器")),
    ("Chrome", gettext_noop("谷歌内核浏览器")),
    ("Safari", gettext_noop("苹果浏览器")),
)
_SYSTEMS = (
    ("HarmonyOS", gettext_noop("鸿蒙手机")),
    ("Android", gettext_noop("安卓手机")),
    ("iPhone", gettext_noop("苹果手机")),
    ("iPad", gettext_noop("苹果平板")),
    ("Windows", gettext_noop("电脑")),
    ("Macintosh", gettext_noop("苹果电脑")),
    ("Linux", gettext_noop("电脑")),
)


@register.filter
def device_name(user_agent: str) -> str:
    """安卓手机 · 微信; 未知设备 for what nobody knows."""
    words = [next((_(word) for mark, word in known if mark in user_agent), "") for known in (_SYSTEMS, _BROWSERS)]
    return " · ".join(filter(None, words)) or _("未知设备")
