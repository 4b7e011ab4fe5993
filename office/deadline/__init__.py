"""Reading deadlines in Vietnamese: the date, the bound and the rule behind a phrase.

`resolve` reads one phrase, `find` every deadline of a text. Pure: the day, the hour and the
calendar of working days are passed in.
"""

from office.deadline.find import find, resolve
from office.deadline.result import Deadline, DeadlineJson, Found, Kind

__all__ = ["Deadline", "DeadlineJson", "Found", "Kind", "find", "resolve"]
