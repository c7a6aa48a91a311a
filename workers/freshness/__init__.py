"""Keeping what brokers know true: whom to ask first, one update, and the worker's yes or no to it."""
