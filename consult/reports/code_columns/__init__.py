"""Answers as columns of small numbers: derived from the responses, kept beside them, made anew at any time.

    plan → coding → pieces → storage        what is folded, how it is put together, the files
    keeping                                 which of it is still as the responses are
    holding → parts, masks                  which responses are selected, and in which groups they are
    → joints, shares → counting             the same tallies as a pass over the responses, in milliseconds

Arrays of numpy do not leave this package. Why it is so: docs/architecture.md.
"""
