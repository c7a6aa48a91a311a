"""Code lists of the registry, one file per subject; the national standards' codes are kept as they are."""

from employers.enums import Industry

from .education import Education, SkillLevel
from .insurance import HousingFund, MedicalType, PensionType, SocialCard, WorkInjury
from .living import ChildSchool, HousingTenure, Integration, PublicHousing, ResidencePermit
from .person import Ethnicity, HukouType, LeftBehind, Marital, Political, PovertyMonitoring, Sex
from .trades import TRADES, Trade, trades_near
from .wages import ArrearsStatus, PayrollAccount, PayUnit, WageCycle, WageMethod
from .work import (
    AssistanceClass,
    ContractType,
    EmploymentForm,
    EmploymentStatus,
    Entrepreneurship,
    MigrationType,
    StartupNeed,
)

__all__ = [
    "TRADES",
    "ArrearsStatus",
    "AssistanceClass",
    "ChildSchool",
    "ContractType",
    "Education",
    "EmploymentForm",
    "EmploymentStatus",
    "Entrepreneurship",
    "Ethnicity",
    "HousingFund",
    "HousingTenure",
    "HukouType",
    "Industry",
    "Integration",
    "LeftBehind",
    "Marital",
    "MedicalType",
    "MigrationType",
    "PayUnit",
    "PayrollAccount",
    "PensionType",
    "Political",
    "PovertyMonitoring",
    "PublicHousing",
    "ResidencePermit",
    "Sex",
    "SkillLevel",
    "SocialCard",
    "StartupNeed",
    "Trade",
    "WageCycle",
    "WageMethod",
    "WorkInjury",
    "trades_near",
]
