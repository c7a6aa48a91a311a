"""Pages by actor: public, worker, broker."""
