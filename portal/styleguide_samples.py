"""Invented rows for the styleguide, in the shapes that the components expect."""

JOBS = [
    {
        "title": "塔吊司机（持证）",
        "url": "#job",
        "pay": "¥7,500–9,000",
        "pay_unit": "月",
        "tags": [
            {"word": "已核验", "tone": "ok"},
            {"word": "包吃住", "tone": "neutral"},
            {"word": "15 日发薪", "tone": "neutral"},
        ],
        "place": "江津区 几江街道",
        "headcount": 3,
        "fresh": "2 小时前",
        "why": "有塔吊证；离家 3 公里；工资高于你的期望 ¥7,000",
    },
    {
        "title": "家政保洁员",
        "url": "#job",
        "pay": "¥28–35",
        "pay_unit": "时",
        "tags": [{"word": "已核验", "tone": "ok"}, {"word": "该企业曾有欠薪，已清偿", "tone": "warn"}],
        "place": "渝中区 大坪街道",
        "headcount": 6,
        "fresh": "昨天",
        "why": "",
    },
]
PEOPLE = [
    {
        "id": 1,
        "name": "张某某",
        "number": "W30118",
        "about": "40–44 岁 · 8 月后有空",
        "score": 94,
        "tags": [{"word": "求职中", "tone": "ok"}, {"word": "信息 3 天前核验", "tone": "neutral"}],
        "reasons": "工种一致（电工 9 年）；有低压电工证；期望 ¥6,000，离厂 5 公里",
        "chosen": True,
        "url": "#person",
    },
    {
        "id": 2,
        "name": "冉某某",
        "number": "W77450",
        "about": "50–54 岁 · 随时",
        "score": 63,
        "tags": [{"word": "灵活就业", "tone": "neutral"}, {"word": "信息 210 天未更新", "tone": "warn"}],
        "reasons": "相近工种（水电安装 12 年）；有低压证；同镇",
        "chosen": False,
        "url": "",
    },
]
TIMELINE = [
    {"title": "你提交了投诉", "state": "done", "when": "11月20日 周五 18:42", "note": ""},
    {"title": "已分给江津区支队", "state": "done", "when": "11月20日 周五 18:42", "note": "自动"},
    {"title": "监察员正在审查材料", "state": "now", "when": "11月23日 周一", "note": "李某（监察员）"},
    {"title": "立案调查", "state": "next", "when": "", "note": "立案后最长 60 个工作日"},
    {"title": "责令支付，你确认收到钱", "state": "next", "when": "", "note": "你确认了才算办结"},
]
SUMMARY = [
    {"label": "工地", "value": "双福新城三期", "url": "#change"},
    {"label": "欠了哪几个月", "value": "2026 年 8 月、9 月", "url": "#change"},
    {"label": "一共欠", "value": "¥12,600.00", "url": "#change"},
    {"label": "照片", "value": "", "url": "#change"},
]
TASKS = [
    {
        "title": "我是谁",
        "url": "#task",
        "note": "姓名、身份证、民族",
        "word": "已齐",
        "tone": "ok",
        "done": 9,
        "total": 9,
    },
    {
        "title": "家里",
        "url": "#task",
        "note": "婚姻、人口、孩子",
        "word": "补 2 项",
        "tone": "warn",
        "done": 7,
        "total": 9,
    },
    {
        "title": "工资和社保",
        "url": "#task",
        "note": "",
        "word": "1 项有出入",
        "tone": "danger",
        "done": 10,
        "total": 13,
    },
    {"title": "提交", "url": "", "note": "前面都填好就能提交", "word": "还不能开始", "tone": "neutral"},
]
TILES = [
    {"number": "128", "label": "在办", "url": "#tile"},
    {"number": "3", "label": "今日到期", "url": "#tile", "tone": "danger"},
    {"number": "97.4%", "label": "按期办结率", "note": {"word": "目标 96%", "tone": "ok"}},
    {"number": "791.0 万", "label": "全市总量", "note": {"word": "环比 −3.1%", "tone": "warn"}},
]
RULES = [
    {"title": "年满 18 岁", "met": True, "note": "你 43 岁"},
    {"title": "稳定工作：社保连续满 6 个月", "met": False, "note": "你缴了 4 个月，到 2027 年 1 月就满"},
    {"title": "收入没有超过上限", "met": None, "note": "还没有填家里的收入"},
]
CHIPS = [
    {"word": "江津区", "url": "#chip", "on": True},
    {"word": "包吃住", "url": "#chip", "on": False},
    {"word": "日结", "url": "#chip", "on": False},
]
BARS = [
    {"label": "建筑业", "value": 5880, "before": 5740, "text": "¥5,880"},
    {"label": "交通运输", "value": 5795, "before": 5640, "text": "¥5,795"},
    {"label": "住宿餐饮", "value": 4208, "before": 4150, "text": "¥4,208"},
]
_NAMES = "城口 开州 巫溪 万州 云阳 奉节 巫山 九龙坡 沙坪坝 大渡口 江津 綦江"
_PLACES = [(7, 0), (6, 1), (8, 1), (6, 2), (7, 2), (8, 2), (9, 2), (1, 4), (2, 3), (1, 5), (0, 5), (2, 5)]
TILES_ON_MAP = [
    {"column": column, "row": row, "label": label, "value": f"{11.9 + number:.1f}", "shade": number % 6}
    for number, (label, (column, row)) in enumerate(zip(_NAMES.split(), _PLACES, strict=True))
]
KEPT = [{"name": "工资条.jpg", "remove_name": "remove", "remove_value": "1"}]

ICONS = [
    "mark",
    "briefcase",
    "yuan",
    "house",
    "person",
    "people",
    "phone",
    "search",
    "back",
    "next",
    "check",
    "cross",
    "question",
    "clock",
    "calendar",
    "camera",
    "image",
    "document",
    "pin",
    "shield",
    "speaker",
    "bell",
    "list",
    "edit",
    "download",
    "qr",
    "chart",
    "warning",
    "info",
    "filter",
    "print",
    "inbox",
]

ALL = {
    "jobs": JOBS,
    "people": PEOPLE,
    "timeline": TIMELINE,
    "summary": SUMMARY,
    "tasks": TASKS,
    "tiles": TILES,
    "rules": RULES,
    "chips": CHIPS,
    "bars": BARS,
    "map_tiles": TILES_ON_MAP,
    "kept": KEPT,
    "tones": ["neutral", "info", "ok", "warn", "danger"],
    "icons": ICONS,
}
