"""Draw the screens that README shows, from an invented office: `python -m tools.screenshots`.

Writes docs/images/*.svg, which need no font or file from elsewhere.
"""

import asyncio
import os
import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from schema import texts
from schema.document import Document
from schema.records import Attendance, Meeting
from schema.store import Store
from tests.tui.office import NAME, at_work, clock, fill

IMAGES = Path(__file__).parents[1] / "docs/images"
SIZE = (120, 40)
LIVE = "Phiên họp thường kỳ tháng 2"
MINUTES = """\
# 1. Tình hình kinh tế - xã hội tháng 2
@Nguyễn Văn An: Hôm nay ta nghe ba báo cáo rồi kết luận ngay.
@Trần Duy Đông: Giải ngân đến hết tháng 2 đạt 11,8% kế hoạch, cao hơn cùng kỳ 2,3 điểm phần trăm; \
còn 14 dự án chưa có khối lượng, chủ yếu vướng giải phóng mặt bằng ở ba phường.
[13:41] Sở Xây dựng đề nghị rút ngắn thẩm định còn 7 ngày làm việc.
# 2. Kết luận
= Chủ tọa thống nhất mục tiêu giải ngân 95% trong năm nay, không điều chỉnh.
! Giao Sở Tài chính chủ trì, phối hợp Sở Xây dựng rà soát 14 dự án chưa có khối lượng, báo cáo \
UBND tỉnh trước ngày 15/3/2026
! Sở Nội vụ trình quy định người đứng đầu chịu trách nhiệm về tiến độ trong tháng 3
! Sở Y tế hoàn thành số hóa hồ sơ bệnh án trước 30/6/2026
"""


def furnish(path: Path) -> str:
    """An office at work with minutes under way. Returns the id of the meeting that is live."""
    with Store(path, clock=clock, randomness=random.Random(1).randbytes) as store:
        store.set_local({"name": NAME, "language": "vi"})
        fill(store)
        (live,) = store.live(Meeting, "title = ?", LIVE)
        invited = store.live(Attendance, "meeting = ? ORDER BY position", live.id)
        for attendance in invited[:-1]:
            store.update(Attendance, attendance.id, status="present")
        document = Document(NAME)
        document.insert(0, MINUTES)
        texts.append(store, live.id, document.pending() or b"")
    return live.id


async def draw(folder: Path) -> None:
    path = folder / "thuky.db"
    live = furnish(path)
    async with at_work(path, SIZE) as office:
        save("today", office.app.export_screenshot())
    async with at_work(path, SIZE, open_minutes=live) as office:
        await office.until(lambda: "Nhiệm vụ (6)" in office.seen())
        save("minutes", office.app.export_screenshot())


def save(name: str, svg: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    alone = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    # Else the spaces that a piece of text starts with are not drawn.
    exact = alone.replace("<svg ", '<svg xml:space="preserve" ', 1)
    (IMAGES / f"{name}.svg").write_text(exact, encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    with TemporaryDirectory() as scratch:
        asyncio.run(draw(Path(scratch)))
