"""Commands of the server: the month's figures."""
