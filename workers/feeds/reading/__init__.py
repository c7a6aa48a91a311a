"""What a file is and what it says: from bytes to typed values, or a sentence why not. Asks the registry about nobody.

`tables` opens it (`delimited`, `spreadsheet`, `columnar`), `profiles` finds out which column says what, `checking_rows`
parts good rows from bad ones, and `cleaning` makes a value of a cell.
"""
