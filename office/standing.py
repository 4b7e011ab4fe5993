"""How one follow-up stands by the law on a day. Public entrance: `standing`, `STANDINGS`.

The cut and its source are in `schema.standing`, which also has it as SQL.
"""

from datetime import date

from office.lateness import days_late
from office.moments import office_day
from schema.errors import N_
from schema.records import Followup
from schema.standing import NOT_BEGUN, Standing

STANDINGS = {
    Standing.DONE_IN_TIME: N_("Hoàn thành đúng hạn"),
    Standing.DONE_LATE: N_("Hoàn thành quá hạn"),
    Standing.DONE: N_("Hoàn thành, không có hạn"),
    Standing.RUNNING_IN_TIME: N_("Đang thực hiện, trong hạn"),
    Standing.RUNNING_LATE: N_("Chưa hoàn thành, quá hạn"),
    Standing.RUNNING: N_("Đang thực hiện, không có hạn"),
    Standing.NOT_STARTED: N_("Chưa thực hiện"),
    Standing.UNASSIGNED: N_("Chưa giao"),
    Standing.CANCELLED: N_("Đã hủy"),
}


def standing(followup: Followup, on: date) -> Standing:
    """Where it is counted, as it stood at the end of a day that its record tells of."""
    if followup.state == "cancelled":
        return Standing.CANCELLED
    if followup.state == "proposed":
        return Standing.UNASSIGNED
    done = followup.state == "done"
    late = days_late(followup, (office_day(followup.done_at) or on) if done else on)
    if done:
        if late is None:
            return Standing.DONE
        return Standing.DONE_LATE if late > 0 else Standing.DONE_IN_TIME
    if late is not None and late > 0:
        return Standing.RUNNING_LATE
    if followup.state in NOT_BEGUN:
        return Standing.NOT_STARTED
    return Standing.RUNNING if late is None else Standing.RUNNING_IN_TIME
