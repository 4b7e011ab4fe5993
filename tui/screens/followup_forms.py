"""From one form of a view to another: a table with a board or a calendar on top of it."""

from office.layouts import Form
from tui.screens.filtered import Filtered


def show_as(page: Filtered, form: Form) -> None:
    """Show the view of a page in another form; from there Esc leads to the table."""
    if form is page.FORM:
        return
    stack = page.app.screen_stack
    below = stack[stack.index(page) - 1]
    under = below if isinstance(below, Filtered) and below.view is page.view else None
    if under is not None and under.FORM is form:
        page.dismiss()
    elif page.FORM is Form.TABLE:
        page.app.push_screen(_page(page, form))
    else:
        page.app.switch_screen(_page(page, form))


def _page(page: Filtered, form: Form) -> Filtered:
    if form is Form.BOARD:
        from tui.screens.followup_board import FollowupBoard

        return FollowupBoard(page.view)
    if form is Form.TABLE:
        from tui.screens.followups import Followups

        return Followups(page.view)
    from tui.screens.followup_calendar import FollowupCalendar

    return FollowupCalendar(page.view, form)
