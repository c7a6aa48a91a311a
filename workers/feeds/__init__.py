"""What departments send: a file is sealed, read, checked, shown to a person, written, and taken back if need be.

`kinds` names what travels this way, and `registry` is the kind of department files. `receiving`, `files` and
`sealedfile` keep a file. `deciding` is what people do with it, `running` what the background does
next, `jobs` the work itself, `preparing` all of it that comes before a person decides. `returning` gives back the rows
that could not be taken, `progress` tells how it stands. `reading` knows what a file says, `writing` what that does to
the registry; neither knows the other.
"""
