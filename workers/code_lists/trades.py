"""The dictionary of main trades: words that workers use, each with its industry and the trades nearest to it.

Names follow the construction trades of the site real-name system and the everyday names of 职业分类大典 2022.
"""

from typing import NamedTuple

from django.db.models import TextChoices

from employers.enums import Industry


class TradeEntry(NamedTuple):
    """One trade; `family` groups what a person can change between with little training."""

    code: str
    label: str
    industry: Industry
    family: str


_I = Industry
_ROWS = [
    TradeEntry("electrician", "电工", _I.CONSTRUCTION, "electric"),
    TradeEntry("welder", "焊工", _I.CONSTRUCTION, "metal"),
    TradeEntry("tower_crane", "塔吊司机", _I.CONSTRUCTION, "machines"),
    TradeEntry("signaller", "塔吊信号工", _I.CONSTRUCTION, "machines"),
    TradeEntry("excavator", "挖掘机司机", _I.CONSTRUCTION, "machines"),
    TradeEntry("rebar", "钢筋工", _I.CONSTRUCTION, "structure"),
    TradeEntry("carpenter", "木工", _I.CONSTRUCTION, "structure"),
    TradeEntry("scaffolder", "架子工", _I.CONSTRUCTION, "structure"),
    TradeEntry("concrete", "混凝土工", _I.CONSTRUCTION, "structure"),
    TradeEntry("mason", "泥瓦工", _I.CONSTRUCTION, "masonry"),
    TradeEntry("plasterer", "抹灰工", _I.CONSTRUCTION, "masonry"),
    TradeEntry("tiler", "贴砖工", _I.CONSTRUCTION, "masonry"),
    TradeEntry("painter", "油漆工", _I.CONSTRUCTION, "masonry"),
    TradeEntry("waterproofer", "防水工", _I.CONSTRUCTION, "masonry"),
    TradeEntry("plumber", "水暖工", _I.CONSTRUCTION, "electric"),
    TradeEntry("builder_helper", "建筑小工", _I.CONSTRUCTION, "general"),
    TradeEntry("factory_hand", "普工", _I.MANUFACTURING, "general"),
    TradeEntry("sewer", "缝纫工", _I.MANUFACTURING, "sewing"),
    TradeEntry("shoemaker", "制鞋工", _I.MANUFACTURING, "sewing"),
    TradeEntry("fitter", "钳工", _I.MANUFACTURING, "metal"),
    TradeEntry("turner", "车工", _I.MANUFACTURING, "metal"),
    TradeEntry("cnc", "数控操作工", _I.MANUFACTURING, "metal"),
    TradeEntry("sheet_metal", "钣金工", _I.MANUFACTURING, "metal"),
    TradeEntry("assembler", "电子装配工", _I.MANUFACTURING, "assembly"),
    TradeEntry("car_assembler", "汽车装配工", _I.MANUFACTURING, "assembly"),
    TradeEntry("injection", "注塑工", _I.MANUFACTURING, "assembly"),
    TradeEntry("inspector", "质检员", _I.MANUFACTURING, "assembly"),
    TradeEntry("packer", "包装工", _I.MANUFACTURING, "general"),
    TradeEntry("food_processing", "食品加工工", _I.MANUFACTURING, "general"),
    TradeEntry("shop_assistant", "营业员", _I.TRADE, "counter"),
    TradeEntry("cashier", "收银员", _I.TRADE, "counter"),
    TradeEntry("stall_keeper", "摊贩店主", _I.TRADE, "counter"),
    TradeEntry("stock_clerk", "理货员", _I.TRADE, "warehouse"),
    TradeEntry("driver", "货车司机", _I.TRANSPORT, "driving"),
    TradeEntry("car_driver", "客车和网约车司机", _I.TRANSPORT, "driving"),
    TradeEntry("courier", "快递员", _I.TRANSPORT, "delivery"),
    TradeEntry("food_courier", "外卖骑手", _I.TRANSPORT, "delivery"),
    TradeEntry("loader", "装卸工", _I.TRANSPORT, "warehouse"),
    TradeEntry("warehouse", "仓库管理员", _I.TRANSPORT, "warehouse"),
    TradeEntry("forklift", "叉车司机", _I.TRANSPORT, "machines"),
    TradeEntry("cook", "厨师", _I.CATERING, "kitchen"),
    TradeEntry("kitchen_helper", "厨房帮工", _I.CATERING, "kitchen"),
    TradeEntry("waiter", "服务员", _I.CATERING, "counter"),
    TradeEntry("cleaner", "保洁员", _I.RESIDENT_SERVICES, "household"),
    TradeEntry("housekeeper", "家政服务员", _I.RESIDENT_SERVICES, "household"),
    TradeEntry("maternity_nurse", "月嫂", _I.RESIDENT_SERVICES, "care"),
    TradeEntry("carer", "护理员", _I.RESIDENT_SERVICES, "care"),
    TradeEntry("hairdresser", "理发师", _I.RESIDENT_SERVICES, "counter"),
    TradeEntry("car_mechanic", "汽车修理工", _I.RESIDENT_SERVICES, "metal"),
    TradeEntry("appliance_repair", "家电维修工", _I.RESIDENT_SERVICES, "electric"),
    TradeEntry("guard", "保安", _I.LEASING, "guarding"),
    TradeEntry("property_keeper", "物业维修工", _I.REAL_ESTATE, "electric"),
    TradeEntry("gardener", "园林绿化工", _I.PUBLIC_FACILITIES, "farming"),
    TradeEntry("street_cleaner", "环卫工", _I.PUBLIC_FACILITIES, "household"),
    TradeEntry("farm_hand", "种养殖工", _I.FARMING, "farming"),
    TradeEntry("miner", "采掘工", _I.MINING, "machines"),
    TradeEntry("office_clerk", "办事文员", _I.LEASING, "office"),
    TradeEntry("customer_service", "客服话务员", _I.SOFTWARE, "office"),
]

TRADES: dict[str, TradeEntry] = {row.code: row for row in _ROWS}

Trade = TextChoices("Trade", {row.code.upper(): (row.code, row.label) for row in _ROWS}, module=__name__)


def trades_near(code: str) -> frozenset[str]:
    """The other trades of the same family; none for an unknown code."""
    entry = TRADES.get(code)
    if entry is None:
        return frozenset()
    return frozenset(row.code for row in _ROWS if row.family == entry.family and row.code != code)
