"""The ranges of the registry's numbers, said once: the database's constraints and the sentences read them."""

RANGES: dict[str, tuple[int, int]] = {
    "household_size": (1, 30),
    "household_labour": (0, 30),
    "minor_children": (0, 15),
    "accompanying_children": (0, 15),
    "training_count": (0, 60),
    "training_subsidy_fen": (0, 100_000_00),
    "months_worked": (0, 12),
    "monthly_income_fen": (0, 1_000_000_00),
    "arrears_amount_fen": (0, 100_000_000_00),
    "pension_months": (0, 720),
    "residence_months": (0, 1200),
    "living_area": (0, 1000),
    "adaptation": (1, 5),
}
