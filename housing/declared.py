"""What an application says, read out of its rows as the values that the rules take."""

from datetime import date
from decimal import Decimal

from .conditions import Rules
from .eligibility import Assessment, Facts, Person, assess
from .enums import DocumentState, Relation, Sex, Work
from .models import HousingApplication
from .papers import Household, Need, needed
from .policy import place_of, rules_on

LOCAL_PREFIX = "50"
_MARRIED = {"20", "21", "22", "23"}  # GB/T 2261.2
_DIVORCED = "40"

#: The tasks whose values a person must have given before handing in, in the order of the page.
TASKS = ("household", "work", "income", "home", "documents", "wish")


def facts_of(application: HousingApplication, on: date, rules: Rules) -> Facts:
    """The application as facts on a day. The four tasks before the papers must be done."""
    members = list(application.members.all())
    return Facts(
        on=on,
        birth_date=application.birth_date,
        sex=Sex(application.sex),
        members=tuple(Person(Relation(row.relation), Sex(row.sex)) for row in members),
        is_student=bool(application.is_student),
        work=Work(application.work),
        contract_months=application.contract_months or 0,
        insurance_months=application.insurance_months or 0,
        fund_months=application.fund_months or 0,
        residence_months=application.residence_months or 0,
        income_fen=(application.income_fen or 0) + sum(row.income_fen for row in members),
        income_exempt=application.income_exempt,
        home_m2=Decimal(application.home_m2 or 0),
        transferred_on=application.transferred_on,
        in_public_housing=application.in_public_housing,
        family_can_help=application.family_can_help,
        place=_place(application, rules),
    )


def _place(application: HousingApplication, rules: Rules) -> str:
    estate = application.estate
    return place_of(estate.district_id, estate.district.name, rules) if estate else ""


def assess_application(application: HousingApplication, on: date) -> Assessment:
    """The rules in force on a day, applied to what the application says."""
    rules = rules_on(on)
    return assess(facts_of(application, on, rules), rules)


def needs_of(application: HousingApplication) -> list[Need]:
    """The papers that this household has to hand in."""
    worker, members = application.worker, list(application.members.all())
    return needed(
        Household(
            work=application.work,
            relations=tuple(row.relation for row in members),
            jobless_spouse=any(row.relation == Relation.SPOUSE and not row.income_fen for row in members),
            local_hukou=worker.hukou_division.startswith(LOCAL_PREFIX) if worker.hukou_division else None,
            is_married=worker.marital_status in _MARRIED,
            is_divorced=worker.marital_status == _DIVORCED,
            has_home=bool(application.home_m2),
        )
    )


def missing_papers(application: HousingApplication) -> list[Need]:
    """The papers that are not there, or were sent back."""
    rows = list(application.documents.all())
    good = {row.kind for row in rows if row.state == DocumentState.HANDED_IN}
    return [need for need in needs_of(application) if not need.met_by(good)]


def tasks_done(application: HousingApplication) -> dict[str, bool]:
    """Which tasks are finished; papers may follow within their own period."""
    return {
        "household": application.household_complete and _is_identified(application),
        "work": bool(application.work) and application.is_student is not None,
        "income": application.income_fen is not None,
        "home": application.home_m2 is not None,
        "documents": bool(application.work) and not missing_papers(application),
        "wish": application.estate_id is not None,
    }


def _is_identified(application: HousingApplication) -> bool:
    """The registry knows name and ID number, and age and sex are said."""
    known = application.worker.id_number_index is not None and bool(application.worker.full_name)
    return known and bool(application.birth_date and application.sex)


def undone(application: HousingApplication) -> list[str]:
    """The tasks without which an application cannot be handed in."""
    return [name for name, done in tasks_done(application).items() if not done and name != "documents"]
