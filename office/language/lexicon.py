"""Verbs, adverbs and paper names of administrative Vietnamese, each with what it does.

The roles follow the usual shape of a conclusion notice: who is told (giao, yêu cầu, đề nghị), who
leads and who helps (chủ trì, phối hợp), what is done, whom it goes to (tham mưu, trình, báo cáo).
The codes of papers are those of decree 30/2020/NĐ-CP, appendix III, and a few of our own.
"""

from dataclasses import dataclass

from office.language.tokens import PhraseBook, phrase


class Role:
    """What a phrase does in a sentence, as bits: one phrase may do several things.

    Plain integers and no `enum.Flag`, whose `&` alone would take most of a reading's time.
    """

    NONE = 0
    ASSIGN = 1 << 0  # giao Sở A: names who is told
    PROPOSE = 1 << 1  # đề nghị: assigns, unless somebody already told does it
    LEAD = 1 << 2  # chủ trì
    COORDINATE = 1 << 3  # phối hợp với
    ADVISE = 1 << 4  # tham mưu: drafts for somebody else to sign
    SUBMIT = 1 << 5  # trình: goes up to whoever decides
    REPORT = 1 << 6  # báo cáo, gửi: goes to a recipient, who decides nothing
    MAKE = 1 << 7  # xây dựng, ban hành, lập: what follows may be a product
    DECIDE = 1 << 8  # phê duyệt, quyết định
    FINISH = 1 << 9  # hoàn thành, xong
    ANSWER = 1 << 10  # chịu trách nhiệm
    OVERSEE = 1 << 11  # theo dõi, đôn đốc
    COLLECT = 1 << 12  # tổng hợp
    ACT = 1 << 13  # any other action
    DELIVER = 1 << 14  # lắp đặt 15 ki-ốt: a counted object is a product
    ONGOING = 1 << 15  # tiếp tục, duy trì: without an end
    MANNER = 1 << 16  # khẩn trương: says how, not what
    VAGUE = 1 << 17  # triển khai: no work without an object
    DUTY = 1 << 18  # phải, có trách nhiệm
    AGREE = 1 << 19  # đồng ý, thống nhất
    EXTEND = 1 << 20  # gia hạn
    PRAISE = 1 << 21  # ghi nhận, đánh giá cao
    STATE = 1 << 22  # đã, đạt, còn: tells how things are
    QUOTA = 1 << 23  # tối thiểu: a counted product follows
    LINK = 1 << 24  # về, cho, để, tại: ends a name or an object
    PASSIVE = 1 << 25  # do, được giao
    PART = 1 << 26  # inside a longer name: not a verb there
    SAY = 1 << 27  # trình bày, cho rằng: tells who spoke, and gives no order


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a phrase may be: a verb of some roles, a paper of some kind, or either."""

    role: int = Role.NONE
    paper: str = ""


VERBS: tuple[tuple[int, str], ...] = (
    (
        Role.ASSIGN,
        "giao|giao cho|giao nhiệm vụ cho|giao nhiệm vụ|giao trách nhiệm cho|giao trách nhiệm|"
        "giao thêm|yêu cầu|phân công|phân công cho|ủy quyền cho|ủy quyền|cử|chỉ định|lưu ý|"
        "nhắc nhở|giao ngay|phân giao|giao bổ sung",
    ),
    (Role.ASSIGN | Role.PROPOSE, "đề nghị|kính đề nghị|kiến nghị|trân trọng đề nghị|mời|nhờ"),
    (Role.ASSIGN | Role.PROPOSE | Role.ACT, "chỉ đạo"),
    (
        Role.LEAD,
        "chủ trì|chủ trì thực hiện|chủ trì tổ chức thực hiện|chủ động chủ trì|"
        "chịu trách nhiệm chính|trực tiếp chủ trì|"
        + "|".join(
            f"{be} {of}{what}"
            for be in ("là", "làm")
            for of in ("", "cơ quan ", "đơn vị ")
            for what in ("đầu mối", "chủ trì", "thường trực", "đầu mối chủ trì")
        ),
    ),
    (
        Role.COORDINATE,
        "cùng|cùng với|có sự phối hợp của|với sự phối hợp của|phối hợp thực hiện|trao đổi với|"
        + "|".join(
            f"{ready}phối hợp{well}{whom}"
            for ready in ("", "chủ động ", "tích cực ", "tham gia ", "có trách nhiệm ", "kịp thời ")
            for well in ("", " chặt chẽ", " đồng bộ", " kịp thời", " hiệu quả", " tốt")
            for whom in ("", " với", " cùng", " cùng với")
        ),
    ),
    (
        Role.ADVISE,
        "tham mưu|tham mưu cho|tham mưu giúp|tham mưu đề xuất|tham mưu với|tham mưu đề xuất với|"
        "giúp|tham mưu để",
    ),
    (
        Role.SUBMIT,
        "trình|đệ trình|kính trình|trình xin ý kiến|xin ý kiến|xin ý kiến của|tham mưu trình|"
        "xin ý kiến chỉ đạo của|xin chủ trương|xin chủ trương của|để trình|báo cáo xin ý kiến|"
        "báo cáo xin ý kiến của|trình xin ý kiến của|xin ý kiến chỉ đạo",
    ),
    (
        Role.REPORT,
        "báo cáo|báo cáo kết quả|gửi|gửi báo cáo kết quả|thông tin|báo cáo kịp thời|báo cáo ngay|"
        "báo cáo bằng văn bản|gửi kết quả|báo cáo lại|báo cáo đề xuất|cập nhật báo cáo|"
        "thông báo kết quả|thông tin kết quả|báo cáo định kỳ|định kỳ báo cáo|kịp thời báo cáo",
    ),
    (
        Role.MAKE | Role.ACT,
        "xây dựng|lập|soạn thảo|hoàn thiện|hoàn chỉnh|chuẩn bị|dự thảo|biên soạn|sửa đổi|bổ sung|"
        "điều chỉnh|cập nhật|công bố|thiết lập|nộp|ký|ký kết|cung cấp|in|phát hành|đề xuất|"
        "thành lập|thẩm định và ban hành|cụ thể hóa bằng|tạo lập|viết|ra|lập mới",
    ),
    (Role.MAKE | Role.DECIDE | Role.ACT, "ban hành|ký ban hành|tham mưu ban hành"),
    (Role.DECIDE | Role.ACT, "xem xét|cho ý kiến|cho ý kiến chỉ đạo"),
    (
        Role.DECIDE,
        "phê duyệt|quyết định|chấp thuận|thông qua|phê chuẩn|cho chủ trương|ký duyệt|"
        "xem xét quyết định|công nhận",
    ),
    (
        Role.FINISH | Role.MAKE | Role.ACT,
        "hoàn thành|hoàn tất|hoàn thành việc|hoàn thành công tác|hoàn thành dứt điểm|kết thúc",
    ),
    (
        Role.FINISH,
        "xong|thời gian hoàn thành|thời hạn hoàn thành|hoàn thành xong|thời gian thực hiện|"
        "thời hạn|thời hạn thực hiện|thời hạn báo cáo|thời gian|thời gian báo cáo|thời điểm|"
        "hạn hoàn thành|tiến độ hoàn thành|thời gian xong",
    ),
    (Role.ANSWER, "chịu trách nhiệm|chịu hoàn toàn trách nhiệm|chịu trách nhiệm toàn diện"),
    (Role.OVERSEE | Role.ACT, "theo dõi|đôn đốc|giám sát"),
    (Role.COLLECT | Role.REPORT, "tổng hợp báo cáo|tổng hợp gửi|tổng hợp trình"),
    (Role.COLLECT | Role.ACT, "tổng hợp|tổng hợp chung"),
    (
        Role.ACT,
        "thống nhất|cử|sẵn sàng|thông báo kết luận|cụ thể hóa|kế thừa|di chuyển|đổi mới|giữ gìn|"
        "tu sửa|hệ thống hóa|đón|hoàn trả|tham vấn|"
        "hạn chế|tổ chức lại|tinh giản|tinh gọn|cho thuê|giao đất|xét duyệt|xét|cam kết|liên hệ|"
        "hiệp thương|chăm lo|chăm sóc|thăm hỏi|động viên|tri ân|rà phá|di dân|ổn định|bình ổn|"
        "dự trữ|phòng trừ|tiêu hủy|quan trắc|đo|lưu trữ|bảo mật|sao lưu|cài đặt|biểu diễn|"
        "luyện tập|thi đấu|tuyển chọn|tuyển quân|giao quân|huấn luyện|xét nghiệm|tiêm|sàng lọc|"
        "miễn nhiệm|cấp đổi|đính chính|khởi tố|truy thu|xét xử|thi hành|hoàn thuế|khoanh nợ|đắp|"
        "san lấp|tiêu thụ|kết nạp|tạm ứng|thu nộp|trích|điều hòa|cải cách|đơn giản hóa|chứng thực|"
        "áp dụng|vận dụng|tận dụng|khắc sâu|lan tỏa|tìm|tìm hiểu|theo sát|lắng nghe|giám định|"
        "nhận|nhận diện|nộp|xác lập|rà soát|thẩm định|kiểm tra|thanh tra|đánh giá|phân loại|xử lý|"
        "giải quyết|tháo gỡ|khắc phục|hướng dẫn|bố trí|phân bổ|giải ngân|thu hồi|đấu giá|đấu thầu|"
        "cấp|thu|chi|chi trả|thanh toán|quyết toán|nghiệm thu|bàn giao|tiếp nhận|tiếp thu|"
        "giải trình|làm rõ|xác minh|kiểm kê|thống kê|điều tra|khảo sát|nghiên cứu|phân tích|"
        "dự báo|xác định|công khai|niêm yết|tuyên truyền|phổ biến|vận động|đối thoại|"
        "tiếp công dân|trả lời|phản hồi|kiểm điểm|xử phạt|cưỡng chế|giải tỏa|di dời|sắp xếp|"
        "sáp nhập|giải thể|tuyển dụng|bổ nhiệm|luân chuyển|đào tạo|bồi dưỡng|tập huấn|khen thưởng|"
        "kỷ luật|phòng ngừa|đấu tranh|tuần tra|kiểm soát|bảo đảm|đảm bảo|bảo vệ|hỗ trợ|cứu trợ|"
        "ứng phó|nâng cấp|cải tạo|sửa chữa|mở rộng|khởi công|thông xe|nâng cao|đẩy mạnh|tập trung|"
        "tổ chức|lãnh đạo|phát động|đăng ký|đăng tải|đối chiếu|làm việc|họp|đàm phán|ký kết|"
        "kêu gọi|thu hút|xúc tiến|quảng bá|quản lý|vận hành|khai thác|sử dụng|bảo trì|bảo dưỡng|"
        "diễn tập|tham gia|tiêm phòng|khám|điều trị|phun|kiểm dịch|tu bổ|trùng tu|phục dựng|tăng|"
        "giảm|cắt giảm|rút ngắn|chuyển|chuyển giao|tiếp tục|bảo quản|làm|lựa chọn|thương thảo|"
        "chấn chỉnh|ngăn chặn|phát hiện|truy quét|chuyển đổi|kết nối|tích hợp|chia sẻ|triệu tập|"
        "trưng bày|cải thiện|đưa|huy động|cân đối|tính toán|rút kinh nghiệm|xem lại|làm tốt|"
        "thí điểm|nhân rộng|xác nhận|trao đổi|thông báo|đón tiếp|phục vụ|tổng kết|sơ kết|"
        "bảo lãnh|thỏa thuận|lấy ý kiến|góp ý|tham gia ý kiến|mở|thẩm tra|nắm bắt|nắm chắc|nắm|"
        "điều chuyển|kiểm đếm|cung ứng|điều hành|tư vấn|phân công|phân cấp|ủy quyền|thu thập|"
        "chứng nhận|cấp phép|thông tin|truyền thông|hòa giải|tổ chức thực hiện|ưu tiên|dành|giữ|"
        "bảo tồn|phát triển|khuyến khích|thúc đẩy|cơ cấu lại|tái cơ cấu|sắp xếp lại|kiện toàn|"
        "củng cố|thành lập|bầu|tiếp|gặp mặt|thăm|tặng|trao|tôn vinh|vinh danh|đề xuất|kiến nghị|"
        "phản biện|giám sát|thanh lý|thu gom|phân định|phân luồng|điều tiết|trực|trực ban|"
        "làm chủ đầu tư|làm việc với|phối hợp xử lý|đánh số|gắn|lắp|chỉnh trang|chỉnh lý|số hóa|"
        "đồng bộ|cắt|xóa|gỡ|giảm nghèo|đầu tư|đấu nối|nghiêm cấm|kê khai|quy hoạch|soát xét|"
        "định giá|thẩm định giá|kiểm toán|kiểm nghiệm|lấy mẫu|phun khử khuẩn|cách ly|bố trí lại|"
        "chuẩn hóa|hợp nhất|tách|nhập|rút|hủy|bãi bỏ|thay thế|đôn đốc|thực hành|tiết kiệm|chống|"
        "phòng|phòng chống|đề bạt|quy tập|tìm kiếm|cứu hộ|cứu nạn|khoanh vùng|dập|chữa|xây lắp|"
        "thi công|thiết kế|khánh thành|đo đạc|cắm mốc|giải phóng mặt bằng|bồi thường|tái định cư|"
        "chấm dứt|đình chỉ|tạm dừng|dừng|thực thi|bám sát|lồng ghép|đề cao|khơi thông|nạo vét|"
        "gia cố|chủ động|"
        "phát triển quỹ đất|phát triển hạ tầng|phát triển đô thị|đóng điện|phát điện|"
        "khai giảng|truy bắt|lập lại|có giải pháp|có biện pháp|có cơ chế|có chính sách|"
        "có hình thức|có hướng xử lý|"
        "đẩy nhanh|đẩy lùi|tháo dỡ|phá dỡ|dỡ bỏ|dọn dẹp|khử khuẩn|khoanh định|phân khai|xuất cấp|"
        "xuất quỹ|hoàn ứng|tất toán|đối soát|rà quét|truy tìm|truy vết|truy nã|bắt giữ|bóc gỡ|"
        "triệt phá|triệt xóa|loại bỏ|bác bỏ|cải chính|ghi hình|ghi âm|chụp ảnh|quay phim|"
        "xuất bản|treo|cắm|rào chắn|rải|thả|vá|sơn lại|trám|nạo hút|bơm|xả|tích nước|tưới|"
        "tiêu úng|chấm thầu|hạch toán|ghi thu|ghi chi|kết chuyển|phân kỳ|giãn|cân nhắc|ước tính|"
        "tổng rà soát|tổng kiểm kê|tổng kiểm tra|kiểm chứng|kiểm định|hiệu chỉnh|hiệu chuẩn|"
        "thử nghiệm|chạy thử|hội chẩn|giải đáp|giải thích|thuyết phục|phân vai|chấm điểm|bình xét|"
        "bình chọn|đề cử|giới thiệu|thương lượng|khởi kiện|tố giác|niêm phong|tạm giữ|tịch thu|"
        "miễn|trả|quyên góp|đóng|khôi phục|phục hồi|tái thiết|tái đàn|tái lập|gieo cấy|gieo trồng|"
        "thu hoạch|khống chế|phong tỏa|sơ tán|di tản|phân làn|ứng trực|canh gác|siết chặt|"
        "thắt chặt|nới lỏng|nâng|bớt|gộp|quét|tạo|kết xuất|truy xuất|tra cứu|khai báo|xin lỗi|nhắc|"
        "cảnh báo|khuyến cáo|răn đe|quy trách nhiệm|tự kiểm tra|tự rà soát|tự đánh giá|"
        "tự chấm điểm|tự kiểm điểm|nhìn nhận|đề ra|hoạch định|chốt|khóa sổ|gọi điện|nhắn tin|"
        "đặt lịch|sắp lịch|hoãn|dời|đổi|thay|đặt tên|phân quyền|ủy thác|đi kiểm tra|đi cơ sở|"
        "xuống cơ sở|bám địa bàn|bám cơ sở|đi thực tế|bù tiến độ|bù đắp|bóc tách|dồn điền|vẽ|"
        "điều phối|truyền dạy|truyền đạt|khơi dậy|khích lệ|cổ vũ|tôn tạo|đền bù|bồi hoàn|"
        "hoàn nguyên|sang tên|xác thực|xếp|bốc xếp|vận chuyển|chuyên chở|giải cứu|gìn giữ|"
        "bảo toàn|thi tuyển|sát hạch|chấm thi|coi thi|giải phóng|chặt hạ|tỉa|đốn hạ|ươm|phủ xanh|"
        "đổ bê tông|thảm nhựa|lát|ngầm hóa|hạ ngầm|kéo điện|phủ sóng|nối|hợp long|động thổ|"
        "khởi động|tái khởi động|soạn|duyệt|biên tập|hiệu đính|phúc đáp|hồi đáp|hồi âm|thúc|"
        "tạm đình chỉ|tạm ngừng|ngừng|ngưng|cấm|trang trí|quy đổi|sửa|chỉnh|chỉnh sửa|giải chấp|"
        "tập kết|quảng cáo|bán|hậu kiểm|tiền kiểm|kiểm phiếu|thay mới|tăng tốc|làm sạch|bám|"
        "đi|ra quân|cứu|tiếp cận|tận thu|thu tiền|thu phí|tu sửa|đóng cửa|xây lại|bốc thăm|"
        "chọn|đặt|mượn|thuê|gom|ngăn|chặn|bảo hành|giao ban|rút ngắn|kéo giảm|kiềm chế|vực dậy",
    ),
    (
        Role.ACT | Role.DELIVER,
        "lắp đặt|trồng|xây mới|mua|mua sắm|trang bị|đào|khoan|sản xuất|phát sóng|đăng|mở|tổ chức|"
        "hoàn thành|bàn giao|khởi công|cấp|đào tạo|tuyển dụng|xóa|xây|làm mới|sửa chữa|đưa vào",
    ),
    (
        Role.ACT | Role.ONGOING,
        "tiếp tục|thường xuyên|duy trì|phát huy|nâng cao|giữ vững|quán triệt|tăng cường|"
        "không ngừng|đề cao|bám sát|luôn|chấp hành nghiêm|thực hiện tốt|thực hiện nghiêm|"
        "tập trung|đẩy mạnh|chủ động|không để|không được|không để xảy ra|thực hiện có hiệu quả|"
        "nghiêm cấm|cấm|tuyệt đối không|làm tốt|gương mẫu|chú trọng|quan tâm|nêu cao",
    ),
    (Role.ACT | Role.VAGUE, "triển khai|thực hiện|tổ chức thực hiện|triển khai thực hiện"),
    (
        Role.MANNER,
        "khẩn trương|chủ động|nghiêm túc|sớm|kịp thời|tích cực|trực tiếp|nhanh chóng|quyết liệt|"
        "thường xuyên|ngay|định kỳ|phấn đấu|chủ động trong việc|nghiêm|đồng thời|trước mắt|"
        "căn cứ chức năng, nhiệm vụ|theo chức năng, nhiệm vụ|theo chức năng nhiệm vụ|"
        "theo lĩnh vực phụ trách|theo lĩnh vực được phân công|theo lĩnh vực|"
        "theo chức năng, nhiệm vụ được giao|theo chức năng|theo thẩm quyền|"
        "căn cứ chức năng, nhiệm vụ được giao|khẩn trương, quyết liệt|gấp|khẩn trương hơn nữa|"
        "quyết liệt hơn nữa|kiên quyết|tuyệt đối|dứt khoát|tập trung|cụ thể|đột xuất|hằng tháng|"
        "hàng tháng|hằng quý|hàng quý|hằng tuần|hàng tuần",
    ),
    (
        Role.DUTY,
        "phải|cần|được đề nghị|được yêu cầu|phụ trách|có trách nhiệm|có nhiệm vụ|được giao|"
        "được phân công|cần phải|"
        "được giao nhiệm vụ|có trách nhiệm trong việc|chịu trách nhiệm trong việc|có ý kiến với",
    ),
    (
        Role.AGREE,
        "đồng ý|thống nhất|nhất trí|cho phép|chấp nhận|tán thành|đồng ý cho|cơ bản nhất trí|"
        "cơ bản đồng ý|cơ bản thống nhất|đồng ý về chủ trương|thống nhất chủ trương|không đồng ý|"
        "chưa đồng ý|chưa xem xét|không xem xét|không chấp nhận|"
        "không thống nhất|không nhất trí|không chấp thuận|"
        "không cho phép|chưa thống nhất|chưa chấp thuận|chưa nhất trí|từ chối|"
        "đồng ý chủ trương|chấp thuận|chấp thuận chủ trương|ủng hộ|thống nhất về|"
        "đồng ý với|thống nhất với|nhất trí với|cơ bản nhất trí với|cơ bản thống nhất với",
    ),
    (
        Role.EXTEND,
        "gia hạn|lùi thời hạn|lùi thời gian|kéo dài thời hạn|kéo dài thời gian|lùi tiến độ|"
        "điều chỉnh thời hạn|điều chỉnh thời gian|gia hạn thời gian|gia hạn thời hạn|lùi hạn|"
        "giãn tiến độ|điều chỉnh tiến độ|gia hạn tiến độ|lùi thời điểm|dời thời hạn|dời hạn|"
        "kéo dài tiến độ|cho lùi thời hạn|cho lùi thời gian|điều chỉnh lùi thời hạn|"
        "điều chỉnh lùi thời gian",
    ),
    (
        Role.PRAISE,
        "ghi nhận|đánh giá cao|biểu dương|khen ngợi|hoan nghênh|chúc mừng|cảm ơn|nhận định|"
        "ghi nhận và đánh giá cao|trân trọng cảm ơn|đánh giá|biểu dương, khen ngợi|tuyên dương|"
        "nhìn chung|tuy nhiên|bên cạnh đó|mặc dù|phê bình nghiêm khắc|phê bình|"
        "nghiêm khắc phê bình|ghi nhận và biểu dương",
    ),
    (
        Role.STATE,
        "đã|đang|còn|chưa|là|đạt|có|vẫn|không|vẫn còn|cơ bản đã|được|bị|ước đạt|cơ bản|vừa|từng|"
        "còn chậm|chậm|thiếu|sẽ",
    ),
    (
        Role.QUOTA,
        "tối thiểu|ít nhất|đạt|đạt tối thiểu|đạt ít nhất|không dưới|không ít hơn|đạt trên",
    ),
    (
        Role.LINK,
        "về|cho|để|tại|trong|trên|ở|của|theo|với|từ|đến|tới|lên|qua|nhằm|khi|nếu|mà|do|trước|sau|"
        "đối với|liên quan đến|thuộc|gồm|bao gồm|như|vì|bằng|vào|giữa|ngoài|hoặc|thì|cùng với|"
        "căn cứ|căn cứ nhiệm vụ được giao|liên quan|này|đó|trên địa bàn|trên cơ sở|"
        "thông qua việc|xong trước|trong thời gian|trong quá trình|trong suốt|trong trường hợp|"
        "trong điều kiện|trong bối cảnh",
    ),
    (Role.PASSIVE, "do|bởi"),
    (
        Role.SAY,
        "kết luận như sau|có ý kiến như sau|chỉ đạo như sau|kết luận chỉ đạo|trình bày|phát biểu|"
        "nhấn mạnh|cho rằng|cho biết|thảo luận|bày tỏ|nêu rõ|chỉ rõ|nêu|"
        "khẳng định|phản ánh|tham luận|tuyên bố|điểm danh|đề dẫn|gợi ý|phát biểu ý kiến|"
        "báo cáo tại cuộc họp|băn khoăn|đặt câu hỏi|chất vấn|tranh luận|biểu quyết|"
        "phát biểu khai mạc|khai mạc|bế mạc|đồng tình|nhất trí cao|dự họp|chứng kiến",
    ),
    # Both may be heads of what is told, and neither says by when.
    (
        Role.PART,
        "thời gian qua|thời gian vừa qua|thời gian gần đây|thời gian tới|trong thời gian qua|"
        "trong thời gian vừa qua",
    ),
    (
        Role.PART,
        "phát triển quỹ đất|phát triển hạ tầng|phát triển đô thị|"
        "xây dựng cơ bản|đầu tư xây dựng|xây dựng công trình|đầu tư phát triển|đầu tư công|"
        "phát triển nông thôn|phát triển rừng|chuyển đổi số|cải cách hành chính|bảo vệ môi trường|"
        "phòng cháy chữa cháy|phòng, chống|bảo vệ và phát triển rừng|giao thông|giao dịch|"
        "giao lưu|kiểm soát bệnh tật|thu nhập|đấu thầu qua mạng|xúc tiến đầu tư|"
        "hỗ trợ doanh nghiệp|bảo vệ thực vật|quản lý thị trường|quản lý đất đai|quản lý dự án|"
        "giải quyết việc làm|bảo hiểm xã hội|quá hạn|trước hợp nhất|quá trình|công trình|"
        "chương trình mục tiêu|trình độ|quy trình|lập trường|độc lập|thành phố|trình tự|lập pháp|"
        "tiến trình|chu trình|hành trình|cấp xã|cấp tỉnh|cấp huyện|cấp cơ sở|các cấp|cung cầu|"
        "thủ tục|in ấn|báo cáo viên|báo chí|chi cục|chi nhánh|chi bộ|tổ chức tín dụng|"
        "tổ chức chính trị|tổ chức bộ máy|làm chủ|việc làm|thu ngân sách|giấy phép|trẻ em|"
        "đào tạo nghề|hợp tác xã|họp báo|tăng trưởng|kinh doanh|"
        "phòng thủ|phòng thủ dân sự|phòng hộ|phòng không|phòng chống thiên tai|phòng cháy|"
        "phòng, chống thiên tai|tìm kiếm cứu nạn|tổ chức bộ máy|tổ chức cán bộ",
    ),
)

PAPERS = {
    "NQ": "nghị quyết",
    "NĐ": "nghị định",
    "TT": "thông tư",
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "QC": "quy chế|quy chế phối hợp",
    "QyĐ": "quy định",
    "QTr": "quy trình|quy trình nội bộ",
    "TC": "thông cáo|thông cáo báo chí",
    "TB": "thông báo|thông báo kết luận",
    "HD": "hướng dẫn",
    "CTr": "chương trình|chương trình hành động|chương trình công tác",
    "KH": "kế hoạch|kịch bản|lộ trình",
    "PA": "phương án|giải pháp kỹ thuật",
    "ĐA": "đề án",
    "DA": "dự án",
    "BC": "báo cáo|báo cáo thẩm định|báo cáo tổng hợp|báo cáo đánh giá|báo cáo kết quả|"
    "báo cáo giải trình|báo cáo nghiên cứu khả thi|báo cáo đề xuất chủ trương đầu tư|"
    "báo cáo tiến độ|báo cáo tình hình|báo cáo kiểm điểm|báo cáo thẩm tra|báo cáo tổng kết|"
    "báo cáo sơ kết|báo cáo chuyên đề",
    "BB": "biên bản|biên bản ghi nhớ",
    "TTr": "tờ trình",
    "HĐ": "hợp đồng",
    "CĐ": "công điện",
    "Thư": "thư|thư chúc mừng|thư cảm ơn|thư mời|bài phát biểu|diễn văn|bài viết|tham luận",
    "L": "lịch|lịch trực|lịch làm việc|thời khóa biểu",
    "CV": "công văn|văn bản|văn bản đôn đốc|văn bản hướng dẫn|văn bản chỉ đạo|văn bản trả lời",
    "GM": "giấy mời",
    "DM": "danh mục",
    "DS": "danh sách",
    "HS": "hồ sơ|bộ hồ sơ|hồ sơ mời thầu",
    "KLTT": "kết luận thanh tra|kết luận kiểm tra|kết luận",
    "QH": "quy hoạch|đồ án quy hoạch|đồ án|quy hoạch chung|quy hoạch chi tiết",
    "CL": "chiến lược",
    "TL": "bộ tài liệu|tài liệu|sổ tay|cẩm nang|đề cương|giáo trình|chuyên đề",
    "BG": "bảng giá|đơn giá|bảng giá đất|dự toán|biểu giá|định mức",
    "BM": "bảng|biểu|bảng phân công|bộ câu hỏi|phiếu khảo sát|sơ đồ|"
    "biểu mẫu|mẫu biểu|bảng tổng hợp|biểu tổng hợp|phụ lục|bảng kê|thống kê chi tiết",
    "CSDL": "cơ sở dữ liệu|phần mềm|bản đồ|hệ thống thông tin|nền tảng|ứng dụng|cổng thông tin",
    "TCh": "bộ tiêu chí|bộ chỉ số|tiêu chí|bộ chỉ tiêu|khung tiêu chí|bộ quy tắc",
    "DT": "dự thảo",
}


def _lexicon() -> PhraseBook[Lexeme]:
    entries: dict[str, Lexeme] = {}
    for role, phrases in VERBS:
        for words in phrases.split("|"):
            known = entries.get(words, Lexeme())
            entries[words] = Lexeme(known.role | role, known.paper)
    for code, phrases in PAPERS.items():
        for words in phrases.split("|"):
            role = entries.get(words, Lexeme()).role
            # báo cáo thẩm định may be a verb as báo cáo is.
            entries[words] = Lexeme(role | Role.REPORT if code == "BC" else role, code)
    book: PhraseBook[Lexeme] = PhraseBook()
    for words, lexeme in entries.items():
        book.add(phrase(words), lexeme)
    return book


LEXICON = _lexicon()
