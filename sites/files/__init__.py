"""The monthly files of banks and contractors, on the way that `workers.feeds` keeps for every file.

`profiles` says which columns each kind has, `checking` parts good rows from bad ones, `staging` keeps the good ones
until somebody confirms, `writing` makes lines of them or takes them back, and `kind` puts these steps on that way.
"""
