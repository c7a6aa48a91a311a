"""Pages by actor: the worker's own information and rights, the broker's people; officials work in the admin."""
