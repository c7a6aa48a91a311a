"""What a confirmed hire says about a worker, as indicators of the registry."""

from datetime import date
from typing import Any

from workers.code_lists import EmploymentStatus

from .models import Vacancy


def indicators(vacancy: Vacancy, hired_on: date) -> dict[str, Any]:
    """Status (26), place (28), employer (29, 30), industry (31) where the employer states one, and start (35)."""
    employer = vacancy.employer
    stated = {
        "employment_status": EmploymentStatus.EMPLOYED,
        "work_division": vacancy.division_id,
        "employer_uscc": employer.uscc,
        "employer_name": employer.name,
        "job_start": max(hired_on, vacancy.starts_on or hired_on),
    }
    return stated | ({"industry": employer.industry} if employer.industry else {})
