"""A person's rights: a copy of everything, who looked, erasure and closing the account (PIPL arts 45 to 47)."""
