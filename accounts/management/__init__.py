"""Commands of the server: the people of the demonstration and their codes."""
