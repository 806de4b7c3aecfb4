"""What can be concluded from the tables of a report: rounding, intervals, marks, weights, gaps, trends.

Pure, and it counts nothing itself: it takes the values of :mod:`consult.reports.tables`.
"""
