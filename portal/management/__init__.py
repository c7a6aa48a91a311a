"""Commands of the server: the demonstration, floor by floor."""
