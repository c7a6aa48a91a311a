"""A case's sums over its people. Whoever changes a person's money or standing calls this in the same transaction."""

from django.db.models import Sum

from ..models import Case, Claimant


def lock_people(case: Case) -> Case:
    """The case, locked: sums of one case are reckoned one after the other. Lock the case before any of its people."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def reckon(case: Case) -> Case:
    """Write the sums anew from the people who count. The caller holds the case's row (`lock_people`, `in_charge`).

    `verified_now_fen` is the sum of those that were verified, empty until the first.
    """
    sums = (
        Claimant.objects.filter(case=case.pk)
        .live()
        .aggregate(
            people=Sum("stands_for"),
            claimed=Sum("claimed_fen"),
            verified=Sum("verified_fen"),
            paid=Sum("paid_fen"),
            owed=Sum("owed_fen"),
        )
    )
    Case.objects.filter(pk=case.pk).update(
        people_now=sums["people"] or 0,
        claimed_now_fen=sums["claimed"] or 0,
        verified_now_fen=sums["verified"],
        paid_now_fen=sums["paid"] or 0,
        owed_now_fen=sums["owed"] or 0,
    )
    return Case.objects.get(pk=case.pk)
