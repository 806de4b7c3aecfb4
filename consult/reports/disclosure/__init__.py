"""Tables that are safe to publish: what is too small is merged or hidden, and cannot be worked out again.

    protected = protect(tables, key=b"…", earlier=[edition, …])

The rules are those of statistical agencies: a threshold on counts, no group of which nearly everybody says
the same, merging before hiding, complementary hiding that is audited by linear programs over all tables and
all earlier editions at once, and rounding to base 5 that is the same wherever a cell is shown (Hundepool et
al., Statistical Disclosure Control, 2012, chapters 4 and 5; Statistics Canada, random rounding).
"""
