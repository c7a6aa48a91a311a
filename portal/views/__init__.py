"""Pages that belong to no matter: the front door, one's own matters, elder mode, errors, health."""
