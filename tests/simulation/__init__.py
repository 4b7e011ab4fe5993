"""Machines, clocks and a folder that do their worst, all from one seed."""
