"""Views by actor."""
