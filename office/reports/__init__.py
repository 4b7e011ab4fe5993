"""Reports on what was given and what came of it: figures by unit, leader, field or source, as they
stand or stood on a day, and the same as a workbook and as papers.

`period` is what a report is about, `figures` what is counted, `report` the report itself, `curves`
its plots; `workbook` and `paper` write it down.
"""
