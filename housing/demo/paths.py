"""The ways through the workflow, and how long each step takes in the demo."""

from random import Random

from ..enums import State

_REVIEWED = ["submit", "take_up", "pass_preliminary", "pass_final"]

#: For each state: its share of the applications and the verbs that lead to it.
PATHS: dict[State, tuple[int, list[str]]] = {
    State.DRAFT: (6, []),
    State.SUBMITTED: (8, ["submit"]),
    State.DOCS_DUE: (8, ["submit", "take_up", "request_documents"]),
    State.PRELIMINARY_REVIEW: (18, ["submit", "take_up"]),
    State.FINAL_REVIEW: (12, ["submit", "take_up", "pass_preliminary"]),
    State.PUBLICITY: (8, _REVIEWED),
    State.WAITING: (16, [*_REVIEWED, "enter_waiting"]),
    State.ALLOTTED: (3, [*_REVIEWED, "enter_waiting", "allot"]),
    State.CONFIRMED: (2, [*_REVIEWED, "enter_waiting", "allot", "confirm"]),
    State.DECLINED: (2, [*_REVIEWED, "enter_waiting", "allot", "decline"]),
    State.LEASED: (8, [*_REVIEWED, "enter_waiting", "allot", "confirm", "lease"]),
    State.EXITED: (2, [*_REVIEWED, "enter_waiting", "allot", "confirm", "lease", "leave"]),
    State.REFUSED: (4, ["submit", "take_up", "refuse"]),
    State.WITHDRAWN: (2, ["submit", "withdraw"]),
    State.LAPSED: (1, ["submit_incomplete", "lapse"]),
}

# Days between the step before and this one.
_GAPS = {
    "take_up": (1, 4),
    "request_documents": (1, 6),
    "pass_preliminary": (6, 20),
    "pass_final": (1, 7),
    "enter_waiting": (8, 9),
    "allot": (7, 60),
    "confirm": (1, 3),
    "decline": (1, 3),
    "lease": (2, 8),
    "leave": (120, 300),
    "refuse": (6, 18),
    "withdraw": (2, 9),
    "lapse": (24, 28),
}
# How many days ago the last step was taken; running clocks are mostly in time, a few are late.
_AGES = {
    State.SUBMITTED: (0, 6),
    State.DOCS_DUE: (1, 20),
    State.PRELIMINARY_REVIEW: (0, 27),
    State.FINAL_REVIEW: (0, 10),
    State.PUBLICITY: (0, 6),
}


def draw_state(rng: Random) -> State:
    """A state, by its share."""
    return rng.choices(list(PATHS), weights=[share for share, _path in PATHS.values()])[0]


def days_ago(rng: Random, state: State) -> list[int]:
    """For each verb of the way how many days ago it happened, oldest first."""
    verbs = PATHS[state][1]
    age = rng.randint(*_AGES.get(state, (3, 120)))
    ages = []
    for verb in reversed(verbs):
        ages.append(age)
        age += rng.randint(*_GAPS.get(verb, (0, 0)))
    return list(reversed(ages))
