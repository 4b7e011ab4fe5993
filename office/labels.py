"""What the codes in the tables are called. In each table the first code is the default.

The follow-up states are those of decision 42/2014/QĐ-TTg's reports; the secrecy marks those of the
law on state secrets (117/2025/QH15); the urgency marks those of decree 30/2020/NĐ-CP.
"""

from schema.errors import N_

MEETING_KINDS = {
    "working": N_("Họp công việc"),
    "regular": N_("Phiên thường kỳ"),
    "thematic": N_("Phiên chuyên đề"),
    "conference": N_("Hội nghị"),
    "briefing": N_("Giao ban"),
    "urgent": N_("Họp đột xuất"),
    "online": N_("Họp trực tuyến"),
    "other": N_("Khác"),
}
MEETING_PHASES = {
    "planned": N_("Sắp họp"),
    "live": N_("Đang họp"),
    "ended": N_("Đã họp"),
}
ATTENDANCE_ROLES = {
    "member": N_("Thành viên"),
    "chair": N_("Chủ trì"),
    "secretary": N_("Thư ký"),
    "invited": N_("Khách mời"),
    "presenter": N_("Báo cáo viên"),
}
ATTENDANCE_STATUSES = {
    "invited": N_("Đã mời"),
    "present": N_("Có mặt"),
    "late": N_("Đến muộn"),
    "absent": N_("Vắng"),
    "excused": N_("Vắng có phép"),
    "substituted": N_("Cử người thay"),
}
FOLLOWUP_STATES = {
    "proposed": N_("Chưa giao"),
    "assigned": N_("Chưa thực hiện"),
    "in_progress": N_("Đang thực hiện"),
    "submitted": N_("Chờ xác nhận"),
    "done": N_("Hoàn thành"),
    "paused": N_("Tạm hoãn"),
    "refused": N_("Từ chối"),
    "cancelled": N_("Đã hủy"),
}
FOLLOWUP_EVENTS = {
    "proposed": N_("Nêu ra"),
    "assigned": N_("Giao"),
    "taken": N_("Nhận việc"),
    "started": N_("Bắt đầu làm"),
    "progressed": N_("Báo tiến độ"),
    "submitted": N_("Trình kết quả"),
    "returned": N_("Trả lại"),
    "done": N_("Xác nhận hoàn thành"),
    "paused": N_("Tạm dừng"),
    "refused": N_("Không nhận"),
    "cancelled": N_("Hủy"),
    "reopened": N_("Mở lại"),
    "carried": N_("Chuyển sang cuộc họp sau"),
    "escalated": N_("Báo lên lãnh đạo phụ trách"),
    "reminded": N_("Đôn đốc"),
    "answered": N_("Trả lời đôn đốc"),
    "extension_asked": N_("Xin gia hạn"),
    "extended": N_("Gia hạn"),
    "extension_refused": N_("Không cho gia hạn"),
    "reviewed": N_("Đánh giá tác động"),
    "raised": N_("Đưa ra họp"),
    "noted": N_("Ghi chú thêm"),
    "undone": N_("Rút lại"),
}
FOLLOWUP_ROLES = {
    "": N_("Nhiệm vụ"),
    "part": N_("Phần của một đơn vị"),
    "milestone": N_("Mốc"),
}
FOLLOWUP_KINDS = {
    "": N_("Nhiệm vụ"),
    "scheme": N_("Đề án"),
    "duty": N_("Việc thường xuyên"),
    "party": N_("Công tác Đảng, đoàn thể"),
}
WITHOUT_PRODUCT = ("duty", "party")
"""Kinds of follow-ups that may end without a product."""
EFFECTS = {
    "": N_("Chưa đánh giá"),
    "strong": N_("Tác động rõ"),
    "some": N_("Có tác động"),
    "none": N_("Chưa thấy tác động"),
}
WAIVED = {
    "points": N_("giao khi còn thiếu điểm rõ"),
    "product": N_("xong mà không có sản phẩm"),
    "authority": N_("người xác nhận không có thẩm quyền"),
    "parts": N_("đóng khi còn phần chưa xong"),
    "order": N_("ghi không theo thứ tự"),
}
URGING_KINDS = {
    "before": N_("Trước hạn"),
    "due": N_("Đúng hạn"),
    "late": N_("Sau hạn"),
    "silent": N_("Im lặng sau khi giao"),
}
URGED = {
    "unit": N_("Đơn vị chủ trì"),
    "head": N_("Thủ trưởng đơn vị"),
    "leader": N_("Lãnh đạo phụ trách"),
    "meeting": N_("Giao ban tuần"),
}
FINDINGS = {
    "": N_("Ghi nhận"),
    "good": N_("Tốt"),
    "short": N_("Còn thiếu"),
    "wrong": N_("Sai"),
}
NATURES = {
    "task": N_("Nhiệm vụ"),
    "extension": N_("Gia hạn một nhiệm vụ"),
    "ongoing": N_("Việc thường xuyên"),
    "decision": N_("Quyết định, không giao việc"),
    "assessment": N_("Nhận định, không giao việc"),
    "other": N_("Không giao việc"),
}
SOURCE_KINDS = {
    "hand": N_("Tự ghi"),
    "meeting": N_("Cuộc họp"),
    "notice": N_("Thông báo kết luận"),
    "directive": N_("Văn bản chỉ đạo"),
    "resolution": N_("Nghị quyết"),
    "phone": N_("Lệnh qua điện thoại"),
}
SECRECY = {
    "": N_("Không mật"),
    "mat": N_("Mật"),
    "toi_mat": N_("Tối mật"),
    "tuyet_mat": N_("Tuyệt mật"),
}
URGENCY = {
    "": N_("Không khẩn"),
    "khan": N_("Khẩn"),
    "thuong_khan": N_("Thượng khẩn"),
    "hoa_toc": N_("Hỏa tốc"),
}
UNIT_TYPES = {
    "": N_("Chưa xếp loại"),
    "lanh_dao_dang_dan_cu": N_("Lãnh đạo, Đảng, dân cử"),
    "so_ban_nganh": N_("Sở, ban, ngành"),
    "co_quan_khac": N_("Cơ quan khác"),
    "phong_thuoc_van_phong": N_("Phòng thuộc Văn phòng"),
    "ubnd_phuong": N_("UBND phường"),
    "ubnd_xa": N_("UBND xã"),
}
