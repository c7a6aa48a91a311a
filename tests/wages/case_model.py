"""A case's life as anybody can follow it on paper: the reference for `test_case_life`, without the portal."""

from dataclasses import dataclass, field

UNPAID, GIVES = ("accepted", "investigating", "rectification_ordered"), ("recorded", "confirmed", "presumed")
WORK, OPEN = (*UNPAID, "paid"), ("submitted", "supplement_requested", *UNPAID, "paid")


@dataclass
class Person:
    due: int
    ended: bool = False
    payments: list = field(default_factory=list)  # [sum, state, day]

    paid = property(lambda self: sum(one[0] for one in self.payments if one[1] in GIVES))
    owed = property(lambda self: 0 if self.ended else max(self.due - self.paid, 0))
    full = property(lambda self: 0 < self.due <= self.paid)
    kept = property(lambda self: [one for one in self.payments if one[1] != "taken_back"])
    denied = property(lambda self: not self.full and bool(self.kept) and self.kept[-1][1] == "contested")

    def has(self, *states):
        return any(one[1] in states for one in self.payments)


@dataclass
class Model:
    people: list
    state: str = "submitted"
    level: str = "district"
    ended_on: object = None

    living = property(lambda self: [one for one in self.people if not one.ended])
    waiting = property(lambda self: sum(pay[1] == "recorded" for one in self.living for pay in one.payments))

    def follow(self):
        all_full = bool(self.living) and all(one.full for one in self.living)
        if all_full and self.state in UNPAID:
            self.state = "paid"
        elif not all_full and self.state == "paid":
            self.state = "investigating"

    def deny(self, payment):
        payment[1] = "contested"
        if self.state in ("paid", "closed_settled", "revoked"):
            self.state, self.level, self.ended_on = "investigating", "city", None
        elif self.state in WORK:
            self.level = "city"
        self.follow()

    def end(self, state, day):
        self.state, self.ended_on = state, day
