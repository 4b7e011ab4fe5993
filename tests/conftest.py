"""What holds for every test: no property has to hold within a time, since machines differ."""

from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
