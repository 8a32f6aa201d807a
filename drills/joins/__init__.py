"""Attacks of ANONYMITY's table, by what their holder has. JOINS lists them all."""

from drills.joins import answers, logs, order, people
from drills.joins.attack import Attack

JOINS: tuple[Attack, ...] = (*people.JOINS, *order.JOINS, *logs.JOINS, *answers.JOINS)
