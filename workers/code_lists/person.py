"""Who somebody is: GB/T 2261.1 sex, 2261.2 marital status, 3304 ethnic group, 4762 political status."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    """GB/T 2261.1-2003."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSTATED = "9", _("未说明")


class Marital(TextChoices):
    """GB/T 2261.2-2003."""

    SINGLE = "10", _("未婚")
    MARRIED = "20", _("已婚")
    FIRST_MARRIAGE = "21", _("初婚")
    REMARRIED = "22", _("再婚")
    RESTORED = "23", _("复婚")
    WIDOWED = "30", _("丧偶")
    DIVORCED = "40", _("离婚")
    UNSTATED = "90", _("未说明")


class Political(TextChoices):
    """GB/T 4762-1984."""

    PARTY_MEMBER = "01", _("中共党员")
    PROBATIONARY = "02", _("中共预备党员")
    YOUTH_LEAGUE = "03", _("共青团员")
    MINGE = "04", _("民革党员")
    MINMENG = "05", _("民盟盟员")
    MINJIAN = "06", _("民建会员")
    MINJIN = "07", _("民进会员")
    NONGGONG = "08", _("农工党党员")
    ZHIGONG = "09", _("致公党党员")
    JIUSAN = "10", _("九三学社社员")
    TAIMENG = "11", _("台盟盟员")
    UNAFFILIATED = "12", _("无党派人士")
    MASSES = "13", _("群众")


_GROUPS = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)

# GB/T 3304-1991 numbers the 56 groups in this order; 97 and 98 are the standard's two remaining codes.
Ethnicity = TextChoices(
    "Ethnicity",
    {
        **{f"E{number:02d}": (f"{number:02d}", f"{name}族") for number, name in enumerate(_GROUPS.split(), start=1)},
        "OTHER": ("97", _("其他")),
        "NATURALISED": ("98", _("外国血统中国籍人士")),
    },
    module=__name__,
)


class HukouType(TextChoices):
    """Kind of household registration; since the 2014 reform many registers no longer tell them apart."""

    RURAL = "1", _("农业户口")
    URBAN = "2", _("非农业户口")
    UNIFIED = "3", _("居民户口（未区分）")


class LeftBehind(TextChoices):
    """Family members who stayed in the village."""

    CHILDREN = "1", _("儿童")
    WOMEN = "2", _("妇女")
    ELDERLY = "3", _("老人")
    NOBODY = "0", _("无")


class PovertyMonitoring(TextChoices):
    """Monitoring against a return to poverty (防止返贫监测)."""

    GENERAL = "1", _("一般农户")
    LIFTED = "2", _("脱贫户")
    UNSTABLE = "3", _("脱贫不稳定户")
    MARGINAL = "4", _("边缘易致贫户")
    SUDDEN = "5", _("突发严重困难户")
