"""Finding discriminating words in a job notice, with the article that forbids them.

人力资源市场暂行条例 art. 24 forbids discriminating content by ethnicity, race, sex, religion and the like;
就业促进法 arts 26–31 and 妇女权益保障法 art. 43 say more. Goods are not people: 男装 and 女鞋 pass.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Ground:
    """One forbidden ground and where the law says so."""

    code: str
    name: str
    article: str


@dataclass(frozen=True)
class Finding:
    """Words found in a text and the ground they touch."""

    words: str
    ground: Ground

    @property
    def reason(self) -> str:
        return str(
            _("“{words}”涉及{ground}歧视，违反{article}，请删去。").format(
                words=self.words, ground=self.ground.name, article=self.ground.article
            )
        )


SEX = Ground("sex", _("性别"), _("《人力资源市场暂行条例》第二十四条、《妇女权益保障法》第四十三条"))
FAMILY = Ground("family", _("婚育"), _("《妇女权益保障法》第四十三条、《就业促进法》第二十七条"))
ETHNICITY = Ground("ethnicity", _("民族、种族"), _("《人力资源市场暂行条例》第二十四条、《就业促进法》第二十八条"))
RELIGION = Ground("religion", _("宗教信仰"), _("《人力资源市场暂行条例》第二十四条、《就业促进法》第三条"))
ORIGIN = Ground("origin", _("户籍、地域"), _("《就业促进法》第二十六条、第三十一条"))
HEALTH = Ground("health", _("病原携带"), _("《就业促进法》第三十条"))
DISABILITY = Ground("disability", _("残疾"), _("《就业促进法》第二十九条"))

_ONLY = r"(?:(?<!不)限|仅|只要|只招|只收|只用|仅招|须|需|要求|必须|专招)(?:招|收|为|是|要|于)?"
_WANTED = r"(?:招聘|招收|诚招|急招|高薪招|招|聘|找|最好是?|优先考虑|尽量|适合)"
_NOT = r"(?:不要|不招|不收|不用|不考虑|不接受|谢绝|拒绝|拒收|禁招)"
_FIRST = r"(?:优先|最好|为佳|更佳|从优|为主)"
_KEEP_OUT = r"(?:勿扰|莫扰|勿投|免谈|除外|止步|不要|不招|不收|不考虑|谢绝)"
_GOODS = (
    r"(?!(?:性|士|式|款|用|生|子)?(?:装|鞋|皮鞋|裤|衣|内衣|包|表|童|科|厕|浴|袜|帽|衫|裙|服(?!务)|护肤|美容|美发|宿舍|寝室|"
    r"用品|更衣|澡|健身|监狱|学校|校|健康|医院|朋友|儿|主角|主播间))"
)
_SUFFIX = r"(?:性|士|生|工|的|孩|同志|青年|员工)?"
_JOBS = (
    r"(?:普工|员工|工人|工|保安|司机|师傅|厨|技师|销售|导购|客服|主管|店长|助理|护工|保姆|文员|服务员|保洁|会计|前台)"
)
_PERSON = rf"[男女]{_GOODS}{_SUFFIX}"
_NICKNAME = r"(?:小伙子?|帅哥|美女|靓女|阿姨|大姐|大叔|姑娘|宝妈)"

_MINORITIES = (
    "蒙古|回|藏|维吾尔|维|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|"
    "塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_PLACE_NOT_PEOPLE = r"(?!菜|餐|风味|文化|刺绣|村|乡|县|自治|服饰|歌舞|银饰|医|语|特色)"
_MINORITY = rf"(?:少数民族|少民|(?:{_MINORITIES})族|回民|藏民|维吾尔|黑人|黑种人|有色人种){_PLACE_NOT_PEOPLE}"
_HAN = r"(?:汉族|汉人|白人|黄种人|白种人)"

_FAITH = r"(?:信教|教徒|宗教信仰|佛教|基督|伊斯兰|穆斯林|道教|天主教?|信佛)"
_LOCAL = r"(?:本地|本市|本区|本县|本省|城镇|城市|非农|重庆|主城|[一-鿿]{2}区|[一-鿿]{2}县)"
_AWAY = (
    r"(?:外地|外省|外来|农村|农业|乡下|河南|东北|新疆|西藏|贵州|云南|四川|湖南|湖北|河北|山东|山西|陕西|安徽|江西|福建|"
    r"广东|广西|海南|辽宁|吉林|黑龙江|内蒙古|宁夏|青海|甘肃|江苏|浙江|凉山)"
)
_PAPERS = r"(?:人|户口|户籍|籍|的)"

_PATTERNS: tuple[tuple[Ground, str], ...] = (
    (SEX, rf"{_ONLY}{_PERSON}"),
    (SEX, rf"{_WANTED}(?:\d+名|\d+个|若干|年轻)?{_PERSON}"),
    (SEX, rf"{_NOT}{_PERSON}"),
    (SEX, rf"{_PERSON}(?:{_FIRST}|{_KEEP_OUT})"),
    (SEX, rf"性别(?:要求|限|为|是|\|)*{_PERSON}"),
    (SEX, rf"(?:^|(?<=\|))[男女]{_JOBS}"),
    (SEX, r"(?:^|(?<=\|))[男女](?:性|士|生)?(?=\||\d|$)"),
    (SEX, r"[男女](?:性|士|生|工)?\d+(?:名|人|个)"),
    (SEX, rf"(?:{_ONLY}|{_NOT}){_NICKNAME}|{_NICKNAME}(?:{_FIRST}|{_KEEP_OUT})"),
    (FAMILY, r"(?:未婚|已婚|未育|已育|离异|丧偶)(?:未育|已育)?(?:者|的|人士)?(?:优先|勿扰|免谈|除外)?"),
    (
        FAMILY,
        r"(?:孕检|验孕|妊娠(?:测试|检查))|(?:不得|不能|不准|不许|无)(?:结婚|怀孕|生育|备孕|孕妇)|(?:无|不要|没有)(?:小孩|孩子|生育计划)",
    ),
    (FAMILY, r"单身(?:者|人士|的)?(?:优先|最好)|(?:年|月)内(?:不|无)(?:结婚|怀孕|生育|婚育)|孕妇(?:勿扰|免谈|除外)"),
    (ETHNICITY, rf"(?:{_ONLY}|{_WANTED})(?:{_HAN}|{_MINORITY})|{_HAN}(?:{_FIRST}|{_KEEP_OUT})"),
    (ETHNICITY, rf"(?:{_NOT}|非)(?:{_MINORITY}|{_HAN})|{_MINORITY}{_KEEP_OUT}"),
    (ETHNICITY, rf"民族(?:要求|限|为|是|\|)+(?:汉|{_MINORITIES})(?:族)?(?=\||$|\d)"),
    (RELIGION, rf"(?:无|没有|不得有|不能有|不允许|不|非)(?:任何)?(?:宗教信仰|信教|信仰宗教|信佛|{_FAITH}徒)"),
    (
        RELIGION,
        rf"(?:{_ONLY}|{_NOT}|{_WANTED})(?:有|信仰?)?{_FAITH}|{_FAITH}(?:徒|者|人员|人士|的)*(?:{_FIRST}|{_KEEP_OUT})",
    ),
    (ORIGIN, rf"{_NOT}{_AWAY}{_PAPERS}?|{_AWAY}{_PAPERS}?{_KEEP_OUT}"),
    (ORIGIN, rf"{_ONLY}{_LOCAL}(?:人(?![员民口大才])|户口|户籍)|{_LOCAL}(?:人|户口|户籍){_FIRST}"),
    (HEALTH, r"乙肝(?:五项|两对半|携带者?|病毒)?|两对半|大三阳|小三阳|艾滋(?:病)?|HIV|HBV|病(?:毒|原)携带者?"),
    (DISABILITY, r"(?:无|非|不要|不招|谢绝|拒绝)(?:任何)?残疾(?:人|者)?|残疾(?:人|者)?(?:勿扰|免谈|除外|不要|谢绝)"),
)
_COMPILED = tuple((ground, re.compile(pattern, re.IGNORECASE)) for ground, pattern in _PATTERNS)

# Said openly to everybody: taken out before the search.
_OPEN_TO_ALL = re.compile(
    r"(?:性别|民族|婚否|婚育|婚姻状况|宗教信仰|户籍|户口|地域|籍贯)(?:\|)?(?:均|都)?不限"
    r"|不限(?:性别|民族|婚否|婚育|宗教信仰|户籍|户口|地域|籍贯)"
    r"|(?:未婚|已婚)(?:\||和|或|与)?(?:已婚|未婚)(?:均可|都可|不限|皆可)"
    r"|男(?:\||和|或|与|及|/)*女|女(?:\||和|或|与|及|/)*男"
    r"|(?:不查|不检|不检查|不体检|禁止|不得|无需|不需要?)(?:做|查|检测|检查)*(?:乙肝(?:五项|两对半)?|孕检|验孕|妊娠测试)"
)
_SPACES = re.compile(r"[\s·•_\-—*~.]+(?=[^\d])|(?<=[^\d])[\s·•_\-—*~.]+")
_STOPS = re.compile(r"[，。；：、,;:!?！？（）()\[\]【】\n\r|“”\"'《》<>]+")


def _plain(text: str) -> str:
    """One spelling: half width, no spaces inside words, one bar for any stop."""
    text = _STOPS.sub("|", unicodedata.normalize("NFKC", text))
    return _OPEN_TO_ALL.sub("|#|", _SPACES.sub("", text))


def findings(text: str) -> list[Finding]:
    """What in a text discriminates; empty when nothing does. Words inside longer found words are left out."""
    plain = _plain(text)
    found = {
        (ground.code, match.group().strip("|").replace("|", "")): ground
        for ground, pattern in _COMPILED
        for match in pattern.finditer(plain)
    }
    return [
        Finding(words, ground)
        for (code, words), ground in found.items()
        if not any(code == other and words != longer and words in longer for other, longer in found)
    ]


def findings_by_field(texts: dict[str, str]) -> dict[str, list[Finding]]:
    """The same for several fields; only fields with findings appear."""
    return {name: found for name, text in texts.items() if (found := findings(text))}
