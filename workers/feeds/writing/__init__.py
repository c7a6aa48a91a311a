"""What checked rows do to the registry, in SQL: staged, compared, written in one transaction, and taken back.

`applying` and `undoing` are the two verbs; `settling` brings shown values in line with the statements after either, and
`reconciling` does so for what others saved meanwhile.
"""
