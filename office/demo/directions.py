"""What the year-opening conference directed: each sentence, and the follow-up it becomes."""

from dataclasses import dataclass
from datetime import date

from office.points import Point

OFFICE = "Văn phòng UBND tỉnh"
COMMITTEE = "UBND tỉnh"
HEAD = "Chủ tịch UBND tỉnh"
HEAD_OF_OFFICE = "Chánh Văn phòng UBND tỉnh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A conclusion sentence and the follow-up it becomes, once its open points are filled in.

    `duties` are the numbers of the directions given to the office that it carries out. Units are
    given by name. `accountable` is what the sentence itself says; where that is nothing, the head
    of the lead unit answers. Points that the sentence leaves open are filled in from what the rules
    suggest (`suggested`) or by typing the cell's value (`typed`).
    """

    duties: tuple[int, ...]
    sentence: str
    lead: str
    coordinating: tuple[str, ...] = ()
    work: str
    product: str
    due: date
    due_text: str
    due_time: str | None = None
    inclusive: bool = True
    recurrence: str = ""
    accountable: str = ""
    authority: str
    suggested: tuple[Point, ...] = ()
    typed: tuple[Point, ...] = ()

    @property
    def missing(self) -> tuple[Point, ...]:
        """The points that the sentence leaves open, in their order."""
        return tuple(p for p in Point if p in self.suggested or p in self.typed)


def _march(day: int) -> date:
    return date(2026, 3, day)


DIRECTIONS: tuple[Direction, ...] = (
    Direction(
        duties=(42,),
        sentence="Giao Văn phòng UBND tỉnh hoàn thành ngay việc phân công nhiệm vụ theo tinh thần "
        "6 rõ, gửi các sở, ngành chậm nhất ngày 05/3/2026.",
        lead=OFFICE,
        work="hoàn thành ngay việc phân công nhiệm vụ theo tinh thần 6 rõ",
        product="Bảng phân công nhiệm vụ theo 6 rõ",
        due=_march(5),
        due_text="chậm nhất ngày 05/3/2026",
        authority=HEAD_OF_OFFICE,
        typed=(Point.PRODUCT, Point.AUTHORITY),
    ),
    Direction(
        duties=(31,),
        sentence="Giao Thanh tra tỉnh xây dựng Kế hoạch kiểm tra, giám sát việc phân công nhiệm "
        "vụ, trình Chủ tịch UBND tỉnh phê duyệt chậm nhất ngày 25/3/2026.",
        lead="Thanh tra tỉnh",
        work="xây dựng Kế hoạch kiểm tra, giám sát việc phân công nhiệm vụ",
        product="Kế hoạch kiểm tra, giám sát việc phân công nhiệm vụ",
        due=_march(25),
        due_text="chậm nhất ngày 25/3/2026",
        authority=HEAD,
    ),
    Direction(
        duties=(30,),
        sentence="Giao Sở Nội vụ chủ trì, phối hợp với Thanh tra tỉnh kiểm tra kỷ luật thực thi "
        "nhiệm vụ tại các sở, ngành, trình Chủ tịch UBND tỉnh kết luận kiểm tra trước ngày "
        "30/6/2026.",
        lead="Sở Nội vụ",
        coordinating=("Thanh tra tỉnh",),
        work="kiểm tra kỷ luật thực thi nhiệm vụ tại các sở, ngành",
        product="kết luận kiểm tra",
        due=date(2026, 6, 30),
        due_text="trước ngày 30/6/2026",
        inclusive=False,
        authority=HEAD,
    ),
    Direction(
        duties=(26,),
        sentence="Giao Phòng Tổng hợp rà soát căn cứ pháp lý của các dự thảo sắp trình, lập danh "
        "mục văn bản dẫn chiếu, trình UBND tỉnh xem xét trong 10 ngày làm việc.",
        lead="Phòng Tổng hợp",
        work="rà soát căn cứ pháp lý của các dự thảo sắp trình",
        product="danh mục văn bản dẫn chiếu",
        due=_march(13),
        due_text="trong 10 ngày làm việc",
        authority=COMMITTEE,
    ),
    Direction(
        duties=(27,),
        sentence="Giao Phòng Tổng hợp lập danh mục nhiệm vụ do Tỉnh ủy, HĐND tỉnh và UBND tỉnh "
        "giao còn tồn đọng, trình Chủ tịch UBND tỉnh xem xét trước ngày 10/3/2026.",
        lead="Phòng Tổng hợp",
        work="lập danh mục nhiệm vụ do Tỉnh ủy, HĐND tỉnh và UBND tỉnh giao còn tồn đọng",
        product="danh mục nhiệm vụ do Tỉnh ủy, HĐND tỉnh và UBND tỉnh giao còn tồn đọng",
        due=_march(10),
        due_text="trước ngày 10/3/2026",
        inclusive=False,
        authority=HEAD,
    ),
    Direction(
        duties=(28,),
        sentence="Giao Sở Tài chính chủ trì, phối hợp với Văn phòng UBND tỉnh xây dựng Chương "
        "trình hành động thực hiện nghị quyết Đại hội Đảng các cấp, trình UBND tỉnh ban hành "
        "trong quý I/2026.",
        lead="Sở Tài chính",
        coordinating=(OFFICE,),
        work="xây dựng Chương trình hành động thực hiện nghị quyết Đại hội Đảng các cấp",
        product="Chương trình hành động thực hiện nghị quyết Đại hội Đảng các cấp",
        due=_march(31),
        due_text="trong quý I/2026",
        authority=COMMITTEE,
    ),
    Direction(
        duties=(24,),
        sentence="Giao Phòng Nội chính xây dựng Kế hoạch giáo dục chính trị, tư tưởng năm 2026, "
        "trình Đảng ủy UBND tỉnh phê duyệt trước ngày 20/3/2026.",
        lead="Phòng Nội chính",
        work="xây dựng Kế hoạch giáo dục chính trị, tư tưởng năm 2026",
        product="Kế hoạch giáo dục chính trị, tư tưởng năm 2026",
        due=_march(20),
        due_text="trước ngày 20/3/2026",
        inclusive=False,
        authority="Đảng ủy UBND tỉnh",
    ),
    Direction(
        duties=(25,),
        sentence="Giao Phòng Quản trị - Tài vụ chủ trì, phối hợp với Phòng Tổng hợp dự thảo Quy "
        "chế phối hợp giữa các phòng, trình Chánh Văn phòng UBND tỉnh ban hành trong tháng "
        "3/2026.",
        lead="Phòng Quản trị - Tài vụ",
        coordinating=("Phòng Tổng hợp",),
        work="dự thảo Quy chế phối hợp giữa các phòng",
        product="Quy chế phối hợp giữa các phòng",
        due=_march(31),
        due_text="trong tháng 3/2026",
        authority=HEAD_OF_OFFICE,
    ),
    Direction(
        duties=(32,),
        sentence="Văn phòng UBND tỉnh rà soát các kết luận năm 2025 chưa thành nhiệm vụ, lập danh "
        "mục nhiệm vụ bổ sung, trình Chủ tịch UBND tỉnh trước ngày 13/3/2026.",
        lead=OFFICE,
        work="rà soát các kết luận năm 2025 chưa thành nhiệm vụ",
        product="danh mục nhiệm vụ bổ sung",
        due=_march(13),
        due_text="trước ngày 13/3/2026",
        inclusive=False,
        authority=HEAD,
    ),
    Direction(
        duties=(33,),
        sentence="Giao Sở Nội vụ tham mưu UBND tỉnh ban hành Bộ tiêu chí đánh giá cơ quan, đơn vị "
        "theo kết quả, hoàn thành trước ngày 30/4/2026.",
        lead="Sở Nội vụ",
        work="tham mưu UBND tỉnh ban hành Bộ tiêu chí đánh giá cơ quan, đơn vị theo kết quả",
        product="Bộ tiêu chí đánh giá cơ quan, đơn vị theo kết quả",
        due=date(2026, 4, 30),
        due_text="trước ngày 30/4/2026",
        inclusive=False,
        authority=COMMITTEE,
    ),
    Direction(
        duties=(34,),
        sentence="Giao Phòng Kinh tế tổng hợp lập danh mục sản phẩm cụ thể của từng nhiệm vụ, "
        "trình Chánh Văn phòng UBND tỉnh phê duyệt trước 17h00 ngày 06/3/2026.",
        lead="Phòng Kinh tế tổng hợp",
        work="lập danh mục sản phẩm cụ thể của từng nhiệm vụ",
        product="danh mục sản phẩm cụ thể của từng nhiệm vụ",
        due=_march(6),
        due_time="17:00",
        due_text="trước 17h00 ngày 06/3/2026",
        inclusive=False,
        authority=HEAD_OF_OFFICE,
    ),
    Direction(
        duties=(35,),
        sentence="Sở Tài chính đối chiếu kết quả từng chỉ tiêu với kế hoạch, báo cáo UBND tỉnh "
        "trước ngày 25 hằng tháng.",
        lead="Sở Tài chính",
        work="đối chiếu kết quả từng chỉ tiêu với kế hoạch",
        product="Báo cáo",
        due=_march(25),
        due_text="trước ngày 25 hằng tháng",
        inclusive=False,
        recurrence="FREQ=MONTHLY;BYMONTHDAY=25",
        authority=COMMITTEE,
        suggested=(Point.PRODUCT, Point.AUTHORITY),
    ),
    Direction(
        duties=(36,),
        sentence="Giao Sở Khoa học và Công nghệ tổng hợp sáng kiến đổi mới lề lối làm việc, trình "
        "Chủ tịch UBND tỉnh công nhận trong tháng 9/2026.",
        lead="Sở Khoa học và Công nghệ",
        work="tổng hợp sáng kiến đổi mới lề lối làm việc",
        product="Quyết định công nhận sáng kiến",
        due=date(2026, 9, 30),
        due_text="trong tháng 9/2026",
        authority=HEAD,
        typed=(Point.PRODUCT,),
    ),
    Direction(
        duties=(37,),
        sentence="Giao Trung tâm Thông tin - Công báo đăng kết quả thực hiện kết luận của Chủ tịch "
        "UBND tỉnh lên Cổng thông tin điện tử chậm nhất thứ Sáu hằng tuần.",
        lead="Trung tâm Thông tin - Công báo",
        work="đăng kết quả thực hiện kết luận của Chủ tịch UBND tỉnh lên Cổng thông tin điện tử",
        product="Bản tin kết quả thực hiện kết luận",
        due=_march(6),
        due_text="chậm nhất thứ Sáu hằng tuần",
        recurrence="FREQ=WEEKLY;BYDAY=FR",
        authority=HEAD_OF_OFFICE,
        typed=(Point.PRODUCT, Point.AUTHORITY),
    ),
    Direction(
        duties=(39,),
        sentence="Phòng Nội chính soạn thảo Quy trình kiểm tra thể thức, số liệu của văn bản phát "
        "hành, báo cáo Chánh Văn phòng UBND tỉnh trong 07 ngày làm việc.",
        lead="Phòng Nội chính",
        work="soạn thảo Quy trình kiểm tra thể thức, số liệu của văn bản phát hành",
        product="Quy trình kiểm tra thể thức, số liệu của văn bản phát hành",
        due=_march(10),
        due_text="trong 07 ngày làm việc",
        authority=HEAD_OF_OFFICE,
        typed=(Point.AUTHORITY,),
    ),
    Direction(
        duties=(40,),
        sentence="Giao Phòng Quản trị - Tài vụ xây dựng Đề án văn phòng số giai đoạn 2026 - 2030, "
        "trình UBND tỉnh phê duyệt trong quý II/2026.",
        lead="Phòng Quản trị - Tài vụ",
        work="xây dựng Đề án văn phòng số giai đoạn 2026 - 2030",
        product="Đề án văn phòng số giai đoạn 2026 - 2030",
        due=date(2026, 6, 30),
        due_text="trong quý II/2026",
        authority=COMMITTEE,
    ),
    Direction(
        duties=(41,),
        sentence="Giao Văn phòng UBND tỉnh chủ trì, phối hợp với Sở Tư pháp xây dựng Quy trình "
        "thẩm tra hồ sơ của cơ quan gác cổng, hoàn thành trước ngày 15/3/2026.",
        lead=OFFICE,
        coordinating=("Sở Tư pháp",),
        work="xây dựng Quy trình thẩm tra hồ sơ của cơ quan gác cổng",
        product="Quy trình thẩm tra hồ sơ của cơ quan gác cổng",
        due=_march(15),
        due_text="trước ngày 15/3/2026",
        inclusive=False,
        authority=COMMITTEE,
        suggested=(Point.AUTHORITY,),
    ),
    Direction(
        duties=(43,),
        sentence="Giao đồng chí Chánh Văn phòng UBND tỉnh sắp xếp chuyên viên theo năng lực, chịu "
        "trách nhiệm trước Chủ tịch UBND tỉnh về kết quả, hoàn thành trước ngày 01/4/2026.",
        lead=OFFICE,
        work="sắp xếp chuyên viên theo năng lực",
        product="Phương án bố trí chuyên viên",
        due=date(2026, 4, 1),
        due_text="trước ngày 01/4/2026",
        inclusive=False,
        accountable="chịu trách nhiệm trước Chủ tịch UBND tỉnh",
        authority=HEAD_OF_OFFICE,
        typed=(Point.PRODUCT, Point.AUTHORITY),
    ),
    Direction(
        duties=(44,),
        sentence="Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xây dựng Quy định về đào tạo, "
        "khen thưởng và điều chuyển cán bộ, trình UBND tỉnh ban hành trước ngày 31/5/2026.",
        lead="Sở Nội vụ",
        coordinating=("Sở Tài chính",),
        work="xây dựng Quy định về đào tạo, khen thưởng và điều chuyển cán bộ",
        product="Quy định về đào tạo, khen thưởng và điều chuyển cán bộ",
        due=date(2026, 5, 31),
        due_text="trước ngày 31/5/2026",
        inclusive=False,
        authority=COMMITTEE,
    ),
    Direction(
        duties=(45,),
        sentence="Giao Thống kê tỉnh Phú Thọ chủ trì, phối hợp với Sở Tài chính lập Báo cáo dự báo "
        "tăng trưởng quý II/2026, gửi Văn phòng UBND tỉnh trước ngày 20/3/2026.",
        lead="Thống kê tỉnh Phú Thọ",
        coordinating=("Sở Tài chính",),
        work="lập Báo cáo dự báo tăng trưởng quý II/2026",
        product="Báo cáo dự báo tăng trưởng quý II/2026",
        due=_march(20),
        due_text="trước ngày 20/3/2026",
        inclusive=False,
        authority=COMMITTEE,
        suggested=(Point.AUTHORITY,),
    ),
    Direction(
        duties=(46,),
        sentence="Giao Phòng Kinh tế tổng hợp rà soát các nhóm việc chậm, đề xuất 03 hội nghị "
        "chuyên đề, báo cáo Chủ tịch UBND tỉnh chậm nhất ngày 15/4/2026.",
        lead="Phòng Kinh tế tổng hợp",
        work="rà soát các nhóm việc chậm, đề xuất 03 hội nghị chuyên đề",
        product="Báo cáo",
        due=date(2026, 4, 15),
        due_text="chậm nhất ngày 15/4/2026",
        authority=HEAD,
        suggested=(Point.PRODUCT,),
        typed=(Point.AUTHORITY,),
    ),
    Direction(
        duties=(47,),
        sentence="Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với VNPT Phú Thọ đưa phần mềm "
        "theo dõi, đôn đốc nhiệm vụ vào sử dụng trước ngày 01/4/2026.",
        lead="Sở Khoa học và Công nghệ",
        coordinating=("VNPT Phú Thọ",),
        work="đưa phần mềm theo dõi, đôn đốc nhiệm vụ vào sử dụng",
        product="Biên bản nghiệm thu phần mềm",
        due=date(2026, 4, 1),
        due_text="trước ngày 01/4/2026",
        inclusive=False,
        authority=COMMITTEE,
        suggested=(Point.AUTHORITY,),
        typed=(Point.PRODUCT,),
    ),
    Direction(
        duties=(48,),
        sentence="Giao Trung tâm Phục vụ hành chính công tỉnh khảo sát sự hài lòng của các sở, "
        "ngành và 148 xã, phường, báo cáo Văn phòng UBND tỉnh trong vòng 45 ngày.",
        lead="Trung tâm Phục vụ hành chính công tỉnh",
        work="khảo sát sự hài lòng của các sở, ngành và 148 xã, phường",
        product="Báo cáo",
        due=date(2026, 4, 13),
        due_text="trong vòng 45 ngày",
        authority=HEAD_OF_OFFICE,
        suggested=(Point.PRODUCT,),
        typed=(Point.AUTHORITY,),
    ),
)
"""Every direction for 2026 that asks something of somebody, in the order in which they are said."""
