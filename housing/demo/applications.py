"""Applications in every state, written in bulk with the trail that their services would have left."""

import io
from collections import Counter
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from PIL import Image

from accounts import phones
from accounts.models import User
from core import audit, files
from core.calendar import local_day
from core.models import AuditEntry
from workers import services as workers
from workers.code_lists import ContractType, HousingFund
from workers.enums import Source
from workers.models import Worker

from .. import offices
from ..deadlines import CLOCKS, FINAL, PRELIMINARY, Clock, end
from ..eligibility import Facts, Person, assess, unit_kind
from ..enums import DocumentKind, Relation, Rule, Sex, State, Work
from ..flow import APPLICATION_FLOW
from ..models import Document, Estate, HouseholdMember, HousingApplication
from ..policy import place_of, rules_on
from ..services._steps import REGISTRY, stop
from ..services.applying import snapshot
from .paths import PATHS, days_ago, draw_state
from .people import Households, reviewers

_STAR_PHONE = "13800000001"  # 王伟
_REFUSALS = [
    (Rule.HOME, "经与不动产登记核对，你家在申请地有一套 78 ㎡的住房，人均 26 ㎡，超过 13 ㎡。"),
    (Rule.TRANSFER, "经核对，你家两年前在申请地转让过一套住房，未满 3 年。"),
]
_REQUEST = "居住证照片看不清有效期，请重新拍；另补一份近 6 个月的社保缴费证明。"
_WITH_PAPERS = {State.SUBMITTED, State.DOCS_DUE, State.PRELIMINARY_REVIEW, State.FINAL_REVIEW}
_PAPER_SETS = 25


class Applications:
    """Collects rows, then writes each table once."""

    def __init__(self, rng: Random, at: datetime) -> None:
        self.rng, self.at, self.today = rng, at, local_day(at)
        self.first, self.second = reviewers()
        self.official = {user.username: user for user in User.objects.filter(username__in=["jiangjin", "fengjie"])}
        self.estates = list(Estate.objects.select_related("district").order_by("pk"))
        self.households = Households(rng, self.today)
        self._rules = cache(rules_on)
        self._end = cache(lambda clock, day: end(clock, day, self._rules(day)[clock.whole].value))
        self.rows: list[HousingApplication] = []
        self.members: list[HouseholdMember] = []
        self.entries: list[AuditEntry] = []

    def add(self, count: int) -> None:
        """王伟's first, then others of the registry."""
        star = Worker.objects.filter(user__phone_index=phones.index(_STAR_PHONE)).first()
        people = Worker.objects.filter(user=None, sex__in=Sex.values, birth_date__isnull=False).exclude(full_name="")
        chosen = [*filter(None, [star]), *people.order_by("pk")[:count]]
        for pk, worker in zip(_reserve(len(chosen)), chosen, strict=True):
            state = State.PRELIMINARY_REVIEW if worker is star else draw_state(self.rng)
            self._one(pk, worker, state, is_star=worker is star)
        HousingApplication.objects.bulk_create(self.rows)
        HouseholdMember.objects.bulk_create(self.members)
        AuditEntry.objects.bulk_create(sorted(self.entries, key=lambda entry: entry.at))
        self._papers()
        for row in self.rows:
            if row.state != State.DRAFT and (status := REGISTRY.get(State(row.state))):
                workers.record(row.worker, {"public_housing": status}, source=Source.COMPUTED, by=None, at=self.at)

    def _one(self, pk: int, worker: Worker, state: State, *, is_star: bool) -> None:
        estate = self._estate(is_star)
        row = HousingApplication(pk=pk, worker=worker, state=state, estate=estate, division_id=estate.district_id)
        row.final_division_id = offices.final(estate.district_id, self._rules(self.today))
        self._declare(row, worker)
        members = self._family(row, is_star)
        ages = [3, 2] if is_star else days_ago(self.rng, state)
        moments = sorted(self._moment(age) for age in ages)
        row.started_at = row.saved_at = (moments[0] if moments else self.at) - timedelta(hours=self.rng.randint(1, 60))
        facts = self._facts(row, members)
        row.unit_kind = unit_kind(facts.sex, facts.members)
        if state == State.DRAFT:
            row.estate = row.division_id = row.final_division_id = None
            row.unit_kind = ""
        self.rows.append(row)
        self.members += members
        for verb, moment in zip(PATHS[state][1], moments, strict=True):
            self._walk(row, facts, verb, moment)

    def _estate(self, is_star: bool) -> Estate:
        """Half of them where the cast's officials work, so that their desks are never empty."""
        local = [estate for estate in self.estates if estate.district_id in {"500116", "500236"}]
        return local[0] if is_star else self.rng.choice(local if self.rng.random() < 0.5 else self.estates)

    def _declare(self, row: HousingApplication, worker: Worker) -> None:
        rng = self.rng
        row.birth_date, row.sex, row.household_complete, row.is_student = worker.birth_date, worker.sex, True, False
        row.work = rng.choices([Work.EMPLOYED, Work.FLEXIBLE], weights=[7, 3])[0]
        signed = worker.contract_type in {ContractType.OPEN_ENDED, ContractType.FIXED_TERM} or rng.random() < 0.1
        row.contract_months = 12 if row.work == Work.EMPLOYED and signed else 0
        row.insurance_months = rng.randint(6, max(worker.pension_months or 0, 6))
        row.fund_months = rng.randint(6, 36) if worker.housing_fund == HousingFund.PAYING else 0
        row.residence_months = worker.residence_months or rng.randint(6, 90)
        row.income_fen = worker.monthly_income_fen or rng.randrange(3_000_00, 7_000_00, 100_00)
        row.home_m2 = Decimal(rng.choice([0, 0, 0, 0, 24]))

    def _family(self, row: HousingApplication, is_star: bool) -> list[HouseholdMember]:
        if is_star:
            return [self.households.member(row, relation) for relation in (Relation.SPOUSE, Relation.DAUGHTER)]
        return self.households.members(row)

    def _moment(self, days: int) -> datetime:
        """Some minute of an office day so many days ago; never in the future."""
        day = self.today - timedelta(days=days)
        day -= timedelta(days=max(day.weekday() - 4, 0))  # the Friday before a weekend
        moment = timezone.make_aware(datetime.combine(day, time(self.rng.randint(9, 16), self.rng.randint(0, 59))))
        return min(moment, self.at - timedelta(minutes=self.rng.randint(5, 50)))

    def _facts(self, row: HousingApplication, members: list[HouseholdMember]) -> Facts:
        rules = self._rules(self.today)
        return Facts(
            on=self.today,
            birth_date=row.birth_date,
            sex=Sex(row.sex),
            members=tuple(Person(Relation(m.relation), Sex(m.sex)) for m in members),
            work=Work(row.work),
            contract_months=row.contract_months,
            insurance_months=row.insurance_months,
            fund_months=row.fund_months,
            residence_months=row.residence_months,
            income_fen=row.income_fen + sum(m.income_fen for m in members),
            home_m2=row.home_m2,
            place=place_of(row.division_id, row.estate.district.name, rules),
        )

    def _walk(self, row: HousingApplication, facts: Facts, verb: str, moment: datetime) -> None:
        """Set what the service would have set, and note what it would have noted."""
        clock = CLOCKS.get(APPLICATION_FLOW.target(verb))
        if clock is not None and verb != "take_up":  # whose clock has been running since the papers were complete
            deadline = self._end(clock, local_day(moment))
            setattr(row, clock.starts, moment)
            setattr(row, clock.ends, deadline.day)
            row.due_provisional = deadline.provisional
            if clock.left:
                setattr(row, clock.left, self._rules(local_day(moment))[clock.whole].value)
        by, reason = self._step(row, facts, verb, moment)
        self._note(row, verb, moment, by, reason)

    def _step(self, row: HousingApplication, facts: Facts, verb: str, moment: datetime) -> tuple[User | None, str]:
        desk = self._desk(row)
        if verb in {"submit", "submit_incomplete"}:
            self._hand_in(row, facts, moment)
            row.complete_at = moment if verb == "submit" else None
        elif verb == "take_up":
            row.taken_up_by, row.taken_up_at = desk, moment
        elif verb == "request_documents":
            row.docs_request = _REQUEST
            self._stop(row, PRELIMINARY, moment)
        elif verb == "pass_preliminary":
            row.preliminary_reviewer, row.preliminary_passed_at = desk, moment
            self._stop(row, PRELIMINARY, moment)
        elif verb == "pass_final":
            row.final_reviewer = self.second
            self._stop(row, FINAL, moment)
        elif verb == "enter_waiting":
            row.waiting_since, row.rounds_missed = moment, self.rng.choice([0, 0, 1, 2, 3])
        elif verb == "refuse":
            self._refuse(row, desk, moment)
        words = {"request_documents": row.docs_request, "refuse": row.refusal_text}
        own = {"submit", "submit_incomplete", "withdraw", "confirm", "decline"}
        automatic = {"enter_waiting", "allot"}
        if verb in own:
            return row.worker.user, words.get(verb, "")
        by = None if verb in automatic else row.final_reviewer if verb == "pass_final" else desk
        return by, words.get(verb, "")

    def _stop(self, row: HousingApplication, clock: Clock, moment: datetime) -> None:
        for column, value in stop(row, clock, moment).items():
            setattr(row, column, value)

    def _desk(self, row: HousingApplication) -> User:
        names = {"500116": "jiangjin", "500236": "fengjie"}
        return self.official.get(names.get(row.division_id, ""), self.first)

    def _hand_in(self, row: HousingApplication, facts: Facts, moment: datetime) -> None:
        assessment = assess(facts, self._rules(self.today))
        row.number, row.submitted_at = f"GZ-{local_day(moment).year}-{row.pk:06d}", moment
        row.assessment, row.rules_version = snapshot(assessment), assessment.version

    def _refuse(self, row: HousingApplication, desk: User, moment: datetime) -> None:
        rule, text = self.rng.choice(_REFUSALS)
        key = {Rule.HOME: "home_m2_per_head", Rule.TRANSFER: "transfer_years"}[rule]
        row.refused_by, row.refused_at, row.refusal_rule, row.refusal_text = desk, moment, rule, text
        row.refusal_article = self._rules(self.today)[key].article

    def _note(self, row: HousingApplication, verb: str, moment: datetime, by: User | None, reason: str) -> None:
        own = by is None and verb in {"submit", "submit_incomplete", "withdraw", "confirm", "decline"}
        self.entries.append(
            AuditEntry(
                at=moment,
                verb=verb,
                subject_type=audit.subject_type(row),
                subject_id=str(row.pk),
                actor_id=by.pk if by else None,
                actor="本人" if own else by.audit_name if by else audit.SYSTEM,
                reason=reason,
                data={"after": str(APPLICATION_FLOW.target(verb))},
            )
        )

    def _papers(self) -> None:
        """Photographs of nothing for the applications that officials have on their desks."""
        image = io.BytesIO()
        Image.new("RGB", (320, 200), (238, 234, 226)).save(image, "JPEG")
        kinds = [DocumentKind.IDENTITY, DocumentKind.HOUSEHOLD_BOOK, DocumentKind.WORK, DocumentKind.MARRIAGE]
        chosen = [row for row in self.rows if row.state in _WITH_PAPERS]
        local = Counter(row.division_id for row in chosen)
        chosen.sort(key=lambda row: (row.division_id not in {"500116", "500236"}, -local[row.division_id], row.pk))
        for row in chosen[:_PAPER_SETS]:
            for kind in kinds:
                upload = SimpleUploadedFile(f"{kind}.jpg", image.getvalue(), "image/jpeg")
                stored = files.store(upload, by=None, at=row.submitted_at, purpose="housing")
                Document.objects.create(application=row, kind=kind, file=stored)


def _reserve(count: int) -> list[int]:
    """Primary keys in advance, because an application's number is made from its key."""
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence('housing_housingapplication', 'id')"
        cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]
