"""Reads amounts: words -> a number, a range or a comparison in its unit, by the convention am-1.

lexer.py     digits with their marks, words, marks
numerals.py  numbers in digits or words, with thousand, million, bn
units.py     the tables: units, comparisons, words that are no unit
quantity.py  a number in its unit
grammar.py   points, ranges, comparisons, levels, changes
reading.py   what was read, in plain words
parse.py     a whole phrase -> its amount; the amounts of a text
"""

from forecastlog.amounts.amount import CONVENTION, Amount, Span
from forecastlog.amounts.parse import find, not_understood, parse_amount

__all__ = ["CONVENTION", "Amount", "Span", "find", "not_understood", "parse_amount"]
