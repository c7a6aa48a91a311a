"""Commands of the server: the outbox, the keys, the files, the audit chain."""
