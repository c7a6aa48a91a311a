"""Disputes: a worker says that a department's value is wrong, officials of the place answer within working days."""
