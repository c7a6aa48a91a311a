"""Commands of the server: department files, and the search for people who are registered twice."""
