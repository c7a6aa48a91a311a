"""Plausible names: surnames by how common they are in the south-west, given names by sex and decade of birth."""

from functools import lru_cache

import numpy as np
from pypinyin import lazy_pinyin

# How often each surname is met, per mille or so.
_SURNAMES = {
    66: "李",
    62: "张",
    60: "王",
    56: "陈",
    52: "刘",
    46: "杨",
    30: "黄 周",
    26: "吴",
    24: "罗",
    22: "何",
    18: "赵 徐 胡 唐 邓",
    14: "朱 谢 彭 曾 谭",
    12: "蒋 余 廖",
    10: "马 郭 郑 冯 肖 田 袁 任 冉 向",
    8: "孙 高 林 梁 许 曹 杜 程 魏 石 秦 付 熊",
    6: "董 潘 蔡 叶 苏 吕 姚 汪 牟 代 龚 江",
    4: "丁 卢 范",
    1: "欧阳",
}

_MALE = [
    "建国 国强 建华 德明 光荣 长江 文革 永贵 大明 国平 兴国 世明 天福 永红 德华 定国 光明 正华 朝明 家富",
    "建军 志强 勇 军 刚 伟 明 强 平 华 国栋 晓东 海波 云 小平 波 建平 永强 洪 涛 斌 林 兵 红军 卫东",
    "鹏 超 磊 杰 俊 浩 凯 亮 飞 辉 小龙 江涛 宇 健 帅 川 林峰 海龙 建鹏 文杰 鑫 雷 洋 星 渝",
    "浩然 俊杰 宇航 子豪 鑫 文豪 嘉豪 宇轩 浩 睿 航 子轩 俊熙 家豪 佳伟 志豪 承志 川渝 天宇 博",
]
_FEMALE = [
    "素芳 桂芳 秀英 桂英 玉兰 淑珍 秀兰 玉梅 素珍 国芳 昌碧 光碧 世珍 兴碧 泽芳 远芳 德碧 开英 朝碧 永芳",
    "红梅 小红 丽 艳 敏 霞 燕 秀容 春梅 晓琴 萍 小英 利 兰 蓉 群 玲 华 静 琴 娟 小芳 红 菊 芬",
    "娟 婷 倩 雪 莉 丹 佳 小燕 春燕 琳 洁 颖 玲玲 丽娟 梅 巧 芳芳 娜 慧 雪梅 晓霞 林 欢 露 渝",
    "欣怡 雨涵 思雨 佳怡 雅婷 梦婷 诗雨 紫涵 静 欣 雪 悦 婷婷 思琪 雨欣 佳慧 梓涵 露 晓雪 川",
]
DECADES = (1969, 1983, 1996)


@lru_cache(maxsize=1)
def _surnames() -> tuple[list[str], np.ndarray]:
    often = {name: weight for weight, text in _SURNAMES.items() for name in text.split()}
    weights = np.array(list(often.values()), dtype=float)
    return list(often), weights / weights.sum()


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """Full names as [surname, sex, cohort, choice], and their pinyin; lists are padded by repeating."""
    surnames, _weights = _surnames()
    lists = [[text.split() for text in texts] for texts in (_MALE, _FEMALE)]
    longest = max(len(names) for texts in lists for names in texts)
    given = [[[names[i % len(names)] for i in range(longest)] for names in texts] for texts in lists]
    spelt = {name: " ".join(lazy_pinyin(name)) for name in {*surnames, *np.array(given).ravel().tolist()}}
    full = [[[[first + name for name in names] for names in texts] for texts in given] for first in surnames]
    keys = [
        [[[f"{spelt[first]} {spelt[name]}" for name in names] for names in texts] for texts in given]
        for first in surnames
    ]
    return np.array(full), np.array(keys)


def draw(rng: np.random.Generator, is_female: np.ndarray, birth_year: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Full names and their pinyin keys."""
    full, keys = _tables()
    surnames, weights = _surnames()
    surname = rng.choice(len(surnames), size=len(birth_year), p=weights)
    cohort = np.searchsorted(DECADES, birth_year, side="right")
    place = surname, is_female.astype(int), cohort, rng.integers(full.shape[3], size=len(birth_year))
    return full[place], keys[place]
