"""What is said to a person about a deadline: problems to settle, and the rule that was followed."""

from schema.errors import N_

NO_SUCH_DAY = N_("Lịch không có ngày này.")
LUNAR = N_("Ngày âm lịch: hãy ghi ngày dương lịch.")
PAST = N_("Thời hạn này đã qua.")
TOO_LONG = N_("Thời hạn dài quá mười năm: hãy ghi ngày cụ thể.")
DAY_OFF = N_("Ngày cuối của thời hạn là ngày nghỉ.")
WEEKDAY_DIFFERS = N_("Thứ và ngày không khớp nhau.")
ONLY_START = N_("Mới có ngày bắt đầu, chưa có thời hạn.")

NOT_THE_DAY_ITSELF = N_("“Trước” một ngày là không kể chính ngày đó.")
START_NOT_COUNTED = N_("Không tính ngày bắt đầu (Bộ luật Dân sự 2015, Điều 147).")
ROLLED = N_("Hết hạn vào ngày nghỉ thì tính đến ngày làm việc tiếp theo (Điều 148).")
HOURS_NOT_ROLLED = N_("Thời hạn tính bằng giờ không lùi qua ngày nghỉ.")
PROVISIONAL = N_("Ngày nghỉ của năm này là tạm tính.")
EDGES = N_("Đầu, giữa, cuối được hiểu theo Bộ luật Dân sự 2015, Điều 146.")
