"""Widgets that know no screen: a field, a list, a choice."""
