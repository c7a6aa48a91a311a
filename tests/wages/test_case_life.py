"""The whole life of a case in any order that people can think of, beside a model of it on paper.

Every step is tried whether or not it may be done: the portal refuses what the model refuses and nothing else, and
after each step state, level, sums and everybody's standing are the same. `LIFE_STEPS` sets how many steps.
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core.calendar import local_day
from core.errors import NotAllowed, Refusal
from wages import policies, services
from wages.enums import ClaimantState
from wages.models import Case, Claimant, Payment
from wages.paying import Line
from wages.services import totals

from .case_model import GIVES, OPEN, UNPAID, WORK, Model, Person

# Acts that were tried; a life of fifty choices tries about half as many.
STEPS, A_LIFE, TRIED = int(os.environ.get("LIFE_STEPS", "400")), 50, 25
SUMS = st.sampled_from([1_00, 2_500_00, 5_000_00, 12_600_00, 20_000_00])
WHO = st.integers(0, 2)
WHICH = st.integers(0, 3)


class Life(RuleBasedStateMachine):
    """One case of three people; `world` holds what the fixtures made."""

    world: dict = {}
    steps = 0

    def __init__(self):
        super().__init__()
        self.at = self.world["at"]
        self.savepoint = transaction.savepoint()
        self.pk = self.world["filed"](at=self.at).pk
        for place, fen in ((2, 5_000_00), (3, 1_00)):
            Claimant.objects.create(case_id=self.pk, origin_id=self.pk, place=place, claimed_fen=fen, filed_at=self.at)
        totals.reckon(self.case)
        self.model = Model([Person(12_600_00), Person(5_000_00), Person(1_00)])

    def teardown(self):
        transaction.savepoint_rollback(self.savepoint)

    case = property(lambda self: Case.objects.get(pk=self.pk))

    @property
    def by(self):
        """Whoever of the level in charge may decide now."""
        return next(user for user in self.world["officials"] if policies.may_decide(user, self.case))

    def person(self, who):
        return Claimant.objects.get(case=self.pk, place=who + 1)

    def payment(self, who, which):
        """The same payment on paper and in the portal, or None."""
        known = self.model.people[who].payments
        rows = Payment.objects.filter(claimant=self.person(who)).order_by("pk")
        return (known[which], rows[which]) if which < len(known) else None

    def tried(self, allowed, act):
        """Does `act`; the portal and the model agree whether it may be done."""
        Life.steps += 1
        self.at += timedelta(minutes=7)
        try:
            with transaction.atomic():
                act()
        except (Refusal, NotAllowed) as no:
            assert not allowed, f"the portal refused: {no}"
            return False
        assert allowed, "the portal did what the model refuses"
        return True

    @rule(days=st.integers(1, 25))
    def time_passes(self, days):
        self.at += timedelta(days=days)

    @rule()
    def accept(self):
        may = self.model.state in ("submitted", "supplement_requested")
        if self.tried(may, lambda: services.accept(self.case, by=self.by, at=self.at)):
            self.model.state = "accepted"

    @precondition(lambda self: self.model.state in ("submitted", "supplement_requested"))
    @rule()
    def supplement(self):
        if self.model.state == "submitted":
            self.tried(True, lambda: services.request_supplement(self.case, by=self.by, at=self.at, note="x"))
            self.model.state = "supplement_requested"
        else:
            self.tried(True, lambda: services.supply(self.case, by=None, at=self.at))
            self.model.state = "submitted"

    @precondition(lambda self: self.model.state not in ("submitted", "supplement_requested"))
    @rule()
    def investigate(self):
        def act():
            other = next(
                user for user in self.world["officials"] if user != self.by and user.pk != self.case.assignee_id
            )
            services.investigate(self.case, by=self.by, at=self.at, second_inspector=other)

        if self.tried(self.model.state == "accepted", act):
            self.model.state = "investigating"

    @precondition(lambda self: self.model.state not in ("submitted", "supplement_requested"))
    @rule()
    def order(self):
        due = local_day(self.at) + timedelta(days=10)
        if self.tried(
            self.model.state == "investigating",
            lambda: services.order(self.case, by=self.by, at=self.at, amount_fen=1, pay_by=due),
        ):
            self.model.state = "rectification_ordered"

    @rule(who=WHO, fen=st.none() | SUMS)
    def record(self, who, fen):
        person, day = self.model.people[who], local_day(self.at)
        sum_ = person.owed if fen is None else fen
        twice = any(one[0] == sum_ and one[2] == day and one[1] in GIVES for one in person.payments)
        may = self.model.state in WORK and not person.ended and 0 < sum_ <= person.owed and not twice
        about = {"paid_on": day, "way": "transfer", "note": "流水"}
        line = [Line(who + 1, fen)]
        if self.tried(may, lambda: services.record_payments(self.case, line, by=self.by, at=self.at, **about)):
            person.payments.append([sum_, "recorded", day])
            self.model.follow()

    @rule(who=WHO, which=WHICH)
    def confirm(self, who, which):
        if (pair := self.payment(who, which)) is None:
            return
        (paper, row), person = pair, self.model.people[who]
        later = len(person.payments) > which + 1
        may = paper[1] in ("recorded", "presumed") or (
            paper[1] == "contested" and (paper[0] <= person.owed or not later)
        )
        if self.tried(may, lambda: services.confirm_payment(row, by=None, at=self.at, heard="code")):
            paper[1] = "confirmed"
            self.model.follow()

    @rule(who=WHO, which=WHICH)
    def deny(self, who, which):
        if (pair := self.payment(who, which)) is None:
            return
        paper, row = pair
        ended = self.model.ended_on
        in_time = ended is None or local_day(self.at) <= ended + timedelta(days=30)
        if self.tried(
            paper[1] in GIVES and in_time,
            lambda: services.contest_payment(row, by=None, at=self.at, heard="sms"),
        ):
            self.model.deny(paper)
            self._staff()

    def _staff(self):
        """The level above takes it up with two of its own."""
        if self.model.level == "city" and self.model.state in WORK:
            first, second = [user for user in self.world["officials"] if policies.may_decide(user, self.case)][:2]
            Case.objects.filter(pk=self.pk).update(assignee=first, second_inspector=second)

    @rule(who=WHO, which=WHICH)
    def silence(self, who, which):
        if (pair := self.payment(who, which)) is None:
            return
        (paper, row), person = pair, self.model.people[who]
        if paper[1] == "recorded":  # asked and warned long ago
            Payment.objects.filter(pk=row.pk).update(asked_at=self.at, warned_at=self.at, presume_on=local_day(self.at))
        Life.steps += 1
        done = services.presume(row, at=self.at)
        assert (done is not None) == (paper[1] == "recorded" and not person.has("contested"))
        if done:
            paper[1] = "presumed"
            self.model.follow()

    @rule(who=WHO, which=WHICH)
    def void(self, who, which):
        if (pair := self.payment(who, which)) is None:
            return
        paper, row = pair
        if self.tried(paper[1] == "recorded", lambda: services.void_payment(row, by=self.by, at=self.at, reason="错")):
            paper[1] = "taken_back"
            self.model.follow()

    @rule(who=WHO)
    def say_paid(self, who):
        person = self.model.people[who]
        may = self.model.state in WORK and not person.ended and person.owed > 0 and not person.has("recorded")
        owed = person.owed
        if self.tried(may, lambda: services.say_paid(self.person(who), by=None, at=self.at, heard="code")):
            person.payments.append([owed, "confirmed", local_day(self.at)])
            self.model.follow()

    @rule(who=WHO, fen=SUMS)
    def verify(self, who, fen):
        person, row = self.model.people[who], self.person(who)
        about = {"verified_fen": fen, "reason": "x", "seen_fen": row.verified_fen}
        if self.tried(
            self.model.state in OPEN and not person.ended,
            lambda: services.verify_person(row, by=self.by, at=self.at, **about),
        ):
            person.due = fen
            self.model.follow()

    @rule(who=WHO)
    def leave(self, who):
        person = self.model.people[who]
        may = self.model.state in OPEN and not person.ended and not person.paid
        if self.tried(
            may,
            lambda: services.end_person(self.person(who), by=self.by, at=self.at, state="withdrawn", reason="x"),
        ):
            person.ended = True
            self.model.follow()

    @rule(who=WHO)
    def come_back(self, who):
        person = self.model.people[who]
        if self.tried(
            self.model.state in OPEN and person.ended,
            lambda: services.resume_person(self.person(who), by=self.by, at=self.at, reason="x"),
        ):
            person.ended = False
            self.model.follow()

    @rule()
    def settle(self):
        may = self.model.state == "paid" and not self.model.waiting
        if self.tried(may, lambda: services.settle(self.case, by=self.by, at=self.at)):
            self.model.end("closed_settled", local_day(self.at))

    @rule()
    def revoke(self):
        may = self.model.state in UNPAID and not any(one.denied for one in self.model.living)
        if self.tried(may, lambda: services.revoke(self.case, by=self.by, at=self.at, note="x")):
            self.model.end("revoked", local_day(self.at))

    @rule(chance=st.integers(0, 5))
    def unfounded(self, chance):
        if chance:
            return
        may = self.model.state == "investigating" and not any(one.has(*GIVES) for one in self.model.people)
        if self.tried(may, lambda: services.close_unfounded(self.case, by=self.by, at=self.at, note="x")):
            self.model.end("closed_unfounded", local_day(self.at))

    @rule(chance=st.integers(0, 9))
    def withdraw(self, chance):
        if chance:
            return
        if self.tried(self.model.state in OPEN, lambda: services.withdraw(self.case, by=None, at=self.at)):
            self.model.end("withdrawn", local_day(self.at))

    @invariant()
    def both_say_the_same(self):
        case, model = self.case, self.model
        assert (case.state, case.level, case.unanswered_now) == (model.state, model.level, model.waiting)
        assert case.paid_now_fen == sum(one.paid for one in model.living)
        assert case.owed_now_fen == sum(one.owed for one in model.living)
        assert (case.closed_at is None) == (model.ended_on is None)
        for row, person in zip(Claimant.objects.filter(case=self.pk).order_by("place"), model.people, strict=True):
            assert (row.paid_fen, row.owed_fen) == (person.paid, person.owed)
            assert (row.state == ClaimantState.NOT_RECEIVED) == (person.denied and not person.ended)
            assert (row.state == ClaimantState.PAID) == (person.full and not person.ended)
        if case.state == "closed_settled":
            assert model.living and all(one.full and not one.has("recorded") for one in model.living)


@pytest.mark.django_db
def test_the_portal_and_the_paper_agree_step_by_step(
    filed, jiangjin_official, jiangjin_inspector, city_official, at, django_user_model
):
    city = [city_official]
    for n in range(5):
        other = django_user_model(role="official", display_name=f"市级{n}", is_staff=True)
        other.save()
        other.jurisdictions.set(["500000"])
        city.append(other)
    officials = [jiangjin_official, jiangjin_inspector, *city]
    Life.world, Life.steps = {"filed": filed, "officials": officials, "at": at}, 0
    unhurried = settings(
        max_examples=max(1, STEPS // TRIED),
        stateful_step_count=A_LIFE,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Life, settings=unhurried)
    print(f"{Life.steps} steps")
