"""Reading a conclusion sentence into the six points ("6 rõ") of a task.

`read` takes one sentence and answers with a `Reading`: what the sentence is, who leads and who
helps, the work, the product, the deadline, who answers for it, who follows it and who decides, with
the place of each in the text, what is missing, and what the rules suggest.
"""

from office.points import Point
from office.reading.cells import cells_of, deadline_cells
from office.reading.model import Excerpt, Nature, Product, Reading
from office.reading.reader import read
from office.reading.suggest import Rules, head_of

__all__ = [
    "Excerpt",
    "Nature",
    "Point",
    "Product",
    "Reading",
    "Rules",
    "cells_of",
    "deadline_cells",
    "head_of",
    "read",
]
