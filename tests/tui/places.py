"""Every screen, and the keys that lead to it from Today in the office of `full`."""

from typing import Final

PLACES: Final = {
    "today": (),
    "meetings": ("2",),
    "meetings, searching": ("2", "slash"),
    "month": ("2", "c"),
    "week": ("2", "w"),
    "new meeting": ("n",),
    "edit meeting": ("e",),
    "agenda": ("a",),
    "agenda item": ("a", "n"),
    "roll call": ("r",),
    "invite": ("r", "plus"),
    "substitute": ("r", "s"),
    "series": ("2", "p"),
    "new series": ("2", "p", "n"),
    "follow-ups": ("3",),
    "search": ("4",),
    "found": ("4", *"dau", "space", *"tu"),
    "units and people": ("5",),
    "people": ("5", "tab"),
    "unit": ("5", "n"),
    "person": ("5", "m"),
    "posts": ("5", "tab", "p"),
    "post": ("5", "tab", "p", "n"),
    "settings": ("6",),
    "help": ("f1",),
    "palette": ("ctrl+p",),
    "minutes": ("enter",),
}
