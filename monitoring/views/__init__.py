"""The published figures, for everybody."""
