"""Where each place that a person can go to lives, to be imported when it is first opened."""

PLACES = {
    "meetings": ("tui.screens.meetings", "Meetings"),
    "directory": ("tui.screens.directory", "DirectoryScreen"),
    "settings": ("tui.screens.settings", "Settings"),
    "followups": ("tui.screens.followups", "Followups"),
    "search": ("tui.screens.search_all", "SearchAll"),
    "series": ("tui.screens.series", "SeriesScreen"),
    "working_days": ("tui.screens.working_days", "WorkingDays"),
    "register": ("tui.screens.register", "RegisterScreen"),
    "report": ("tui.screens.report", "ReportScreen"),
    "evaluation": ("tui.screens.evaluation", "EvaluationScreen"),
    "sync": ("tui.screens.sync", "SyncScreen"),
    "import": ("tui.screens.import_file", "ImportFile"),
    "urging": ("tui.screens.urging", "UrgingScreen"),
    "urging_rules": ("tui.screens.urging_rules", "UrgingRules"),
    "letterhead": ("tui.screens.letterhead", "LetterheadForm"),
    "inspections": ("tui.screens.inspections", "Inspections"),
}
