"""The tables of public rental housing."""

from .application import HousingApplication
from .document import Document
from .estate import Estate, UnitType
from .household import HouseholdMember
from .objection import Objection
from .reminder import Reminder

__all__ = ["Document", "Estate", "HouseholdMember", "HousingApplication", "Objection", "Reminder", "UnitType"]
