"""What departments send: a file is sealed, read, checked, shown to a person, written, and taken back if need be.

`receiving`, `files` and `sealedfile` keep it. `running` leads it from one state to the next, `jobs` does what each asks
for, `preparing` all that comes before a person decides. `returning` gives back the rows that could not be taken,
`progress` tells how it stands. `reading` knows what a file says, `writing` what that does to the registry; neither
knows the other.
"""
