"""The leading persons of the sample office. All of them are invented."""

CHAIRMAN = "Lương Quốc Bách"
DEPUTIES = (
    "Tạ Minh Khuê",
    "Đoàn Thị Hải Yến",
    "Cao Bá Trường",
    "Mai Xuân Lãm",
    "Khổng Văn Điền",
)
CHIEF = "Nghiêm Thị Bích Liên"
DEPUTY_CHIEFS = ("Phùng Tuấn Kiệt", "Hà Ngọc Trâm", "Triệu Đình Luận")
SECRETARY = "Trịnh Ngọc Diệp"
