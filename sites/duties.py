"""What each project must do and by when, as arithmetic over facts. No database row, no present moment in here.

专户: 人社部发〔2021〕53号; 保证金: 人社部发〔2021〕65号;
实名制、代发、告示牌、公示: 国务院令第724号 arts 26–28, 31, 34.
Lengths and shares come from `core.parameters` (`Rules`), and working days from a counter that the caller hands in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .enums import EXEMPT, REDUCED, BondTerms, DutyState, FactKind

AddWorkdays = Callable[[date, int], tuple[date, bool]]


@dataclass(frozen=True)
class Known:
    """A fact without who said so: what, when, and the sum, share or terms that go with it."""

    kind: str
    day: date
    fen: int | None = None
    terms: str = ""


@dataclass(frozen=True)
class Rules:
    """The lengths and shares in force; percentages in hundredths (100 = 1 %)."""

    account_days: int
    bond_workdays: int
    bond_least: int
    bond_most: int
    bond_reduced_least: int
    bond_pay_workdays: int
    bond_refill_workdays: int
    publicity_days: int
    small_contract_fen: int


@dataclass(frozen=True)
class Duty:
    """One duty: the last day, when it was done, how it stands, and why in a sentence."""

    key: str
    title: str
    law: str
    state: DutyState
    reason: str
    due: date | None = None
    done: date | None = None
    provisional: bool = False


@dataclass(frozen=True)
class Project:
    """The two days of a project that set clocks going without a fact of their own."""

    starts_on: date | None
    ends_on: date | None


def duties(
    project: Project, facts: Iterable[Known], rules: Rules, *, on: date, add_workdays: AddWorkdays
) -> list[Duty]:
    """Every duty of a project as it stands on a day."""
    held = _Held(project, facts, rules, on, add_workdays)
    return [
        held.account(),
        held.bond(),
        *held.bond_uses(),
        held.from_the_start(
            FactKind.REAL_NAME, _("实名制管理"), _("724号令第28条：没有订合同、没有实名登记的，不得进场施工。")
        ),
        held.from_the_start(
            FactKind.PAID_BY_CONTRACTOR, _("总包代发工资"), _("724号令第31条：由总包通过专户直接发到工人的银行卡。")
        ),
        held.from_the_start(FactKind.BOARD, _("维权信息告示牌"), _("724号令第34条：在施工现场醒目位置设立。")),
        *held.publicity(),
    ]


class _Held:
    """One project's facts at hand; the first contract counts, and the last of everything that may come again."""

    def __init__(self, project: Project, facts: Iterable[Known], rules: Rules, on: date, add_workdays: AddWorkdays):
        self.project, self.rules, self.on, self.add = project, rules, on, add_workdays
        # What is dated after the day that is asked about has not happened yet.
        self.facts = sorted((fact for fact in facts if fact.day <= on), key=lambda fact: fact.day)

    def first(self, kind: str) -> Known | None:
        return next((fact for fact in self.facts if fact.kind == kind), None)

    def last(self, kind: str) -> Known | None:
        return next((fact for fact in reversed(self.facts) if fact.kind == kind), None)

    def after(self, kind: str, day: date) -> Known | None:
        """The first of a kind from that day on."""
        return next((fact for fact in self.facts if fact.kind == kind and fact.day >= day), None)

    def judged(self, key: str, title: str, law: str, due: date, done: date | None, provisional: bool = False) -> Duty:
        """Whether something was done by its last day."""
        if done is not None:
            late = (done - due).days
            state = DutyState.LATE if late > 0 else DutyState.MET
            reason = _("晚了 {n} 天。").format(n=late) if late > 0 else _("按时做到。")
        else:
            state = DutyState.OVERDUE if self.on > due else DutyState.DUE
            days = abs((due - self.on).days)
            words = _("已超期 {n} 天。") if self.on > due else _("还有 {n} 天。")
            reason = words.format(n=days)
        return Duty(key, title, law, state, reason, due=due, done=done, provisional=provisional)

    def account(self) -> Duty:
        title = _("工资专用账户")
        law = _("人社部发〔2021〕53号：施工合同签订之日起 {n} 日内开立。").format(n=self.rules.account_days)
        contract, account = self.first(FactKind.CONTRACT), self.first(FactKind.ACCOUNT)
        if contract is None:
            return self._unknown("account", title, law, account)
        due = contract.day + timedelta(days=self.rules.account_days)
        return self.judged("account", title, law, due, account.day if account else None)

    def _unknown(self, key: str, title: str, law: str, done: Known | None) -> Duty:
        reason = _("没有施工合同的签订日期，算不出期限。")
        return Duty(key, title, law, DutyState.UNKNOWN, reason, done=done.day if done else None)

    def bond(self) -> Duty:
        title = _("工资保证金")
        law = _("人社部发〔2021〕65号：{n} 个工作日内存储，合同额的 {low}%–{high}%。").format(
            n=self.rules.bond_workdays, low=percent(self.rules.bond_least), high=percent(self.rules.bond_most)
        )
        contract, bond, terms = self.first(FactKind.CONTRACT), self.last(FactKind.BOND), self.last(FactKind.BOND_TERMS)
        if terms is not None and terms.terms in EXEMPT and not self._wrongly_small(terms, contract):
            reason = BondTerms(terms.terms).label
            return Duty("bond", title, law, DutyState.EXEMPT, _("{why}。").format(why=reason), done=terms.day)
        if contract is None:
            return self._unknown("bond", title, law, bond)
        due, provisional = self.add(contract.day, self.rules.bond_workdays)
        first = self.first(FactKind.BOND)
        duty = self.judged("bond", title, law, due, first.day if first else None, provisional)
        if bond is None or bond.fen is None or not contract.fen:
            return duty
        least = self.rules.bond_least
        if terms is not None and terms.terms in REDUCED:
            least = self.rules.bond_reduced_least
        wanted = -(-contract.fen * least // 10_000)
        if bond.fen >= wanted:
            return duty
        reason = _("存了 ¥{has}，按 {low}% 至少要 ¥{wanted}。").format(
            has=f"{bond.fen / 100:,.2f}", low=percent(least), wanted=f"{wanted / 100:,.2f}"
        )
        return Duty("bond", title, law, DutyState.WRONG, reason, due=due, done=duty.done, provisional=provisional)

    def _wrongly_small(self, terms: Known, contract: Known | None) -> bool:
        """An exemption for a small contract does not hold for one that is not small."""
        small = terms.terms == BondTerms.SMALL
        return bool(small and contract and contract.fen and contract.fen >= self.rules.small_contract_fen)

    def bond_uses(self) -> list[Duty]:
        """Each time the bond is called upon: the bank pays, then the contractor refills."""
        found = []
        for number, order in enumerate((f for f in self.facts if f.kind == FactKind.BOND_ORDER), start=1):
            due, provisional = self.add(order.day, self.rules.bond_pay_workdays)
            paid = self.after(FactKind.BOND_PAID, order.day)
            law = _("人社部发〔2021〕65号：银行收到通知后 {n} 个工作日内支付。").format(n=self.rules.bond_pay_workdays)
            title = _("动用保证金")
            found.append(self.judged(f"pay{number}", title, law, due, paid.day if paid else None, provisional))
            if paid is None:
                continue
            due, provisional = self.add(paid.day, self.rules.bond_refill_workdays)
            filled = self.after(FactKind.BOND_REFILLED, paid.day)
            law = _("人社部发〔2021〕65号：动用之日起 {n} 个工作日内补足。").format(n=self.rules.bond_refill_workdays)
            title = _("补足保证金")
            found.append(self.judged(f"refill{number}", title, law, due, filled.day if filled else None, provisional))
        return found

    def from_the_start(self, kind: str, title: str, law: str) -> Duty:
        """What must be there when the work begins."""
        fact, starts = self.first(kind), self.project.starts_on
        if starts is None:
            if fact is not None:
                return Duty(kind, title, law, DutyState.MET, _("已做到。"), done=fact.day)
            return Duty(kind, title, law, DutyState.UNKNOWN, _("没有开工日期，算不出期限。"))
        return self.judged(kind, title, law, starts, fact.day if fact else None)

    def publicity(self) -> list[Duty]:
        """On completion the contractor says in public that nothing is owed; only then may the account be closed."""
        completed = self.last(FactKind.COMPLETED)
        if completed is None:
            return []
        law = _("724号令第27条：完工且没有拖欠的，公示 {n} 日后可以注销专户。").format(n=self.rules.publicity_days)
        title, said = _("完工公示"), self.after(FactKind.PUBLICITY, completed.day)
        closed = self.after(FactKind.ACCOUNT_CLOSED, completed.day)
        if said is None:
            state = DutyState.WRONG if closed else DutyState.DUE
            reason = _("没有公示就撤销了专户。") if closed else _("完工后还没有开始公示，专户不能撤销。")
            return [Duty("publicity", title, law, state, reason)]
        over = said.day + timedelta(days=self.rules.publicity_days)
        if closed is not None and closed.day < over:
            reason = _("公示到 {day}，专户提前撤销了。").format(day=over.isoformat())
            return [Duty("publicity", title, law, DutyState.WRONG, reason, due=over, done=closed.day)]
        if self.on < over:
            return [Duty("publicity", title, law, DutyState.DUE, _("公示中，满期前专户不能撤销。"), due=over)]
        return [Duty("publicity", title, law, DutyState.MET, _("公示已满期。"), due=over, done=over)]


def percent(hundredths: int) -> str:
    """50 → 0.5, 300 → 3."""
    return f"{hundredths / 100:g}"


def pay_date(month: date, pay_day: int, *, months_after: int, is_workday: Callable[[date], bool]) -> date:
    """The last day on which wages of a month must be paid: a pay day on a holiday means before it (724号令 art. 14).

    `month` is the first of the month worked; a pay day that a month does not have is its last day.
    """
    number = month.year * 12 + month.month - 1 + months_after
    year, place = divmod(number, 12)
    following = date(year + (place == 11), 1 if place == 11 else place + 2, 1)
    last = following - timedelta(days=1)
    day = last.replace(day=min(pay_day, last.day))
    while not is_workday(day):
        day -= timedelta(days=1)
    return day
