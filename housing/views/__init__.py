"""Pages for the public and for applicants; officials work in the admin."""
