"""What departments send: a file is sealed, read, checked, shown to a person, written, and taken back if need be.

`receiving`, `files` and `sealedfile` keep it, `running` leads it from one state to the next, `preparing` does all that
comes before a person decides, `returning` gives back the rows that nobody could read, `progress` tells how it stands.
`reading` knows what a file says, `writing` what that does to the registry; neither knows the other.
"""
