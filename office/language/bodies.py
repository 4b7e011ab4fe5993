"""How bodies, posts and people are called in Vietnam: the shapes of names, not the names.

Which units an office works with is its own table; this is what any of them looks like.
"""

from office.language.tokens import PhraseBook, phrase


def _book(*groups: str) -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    for group in groups:
        for words in group.split("|"):
            book.add(phrase(words), words)
    return book


def _keys(words: str) -> frozenset[str]:
    return frozenset(phrase(words))


HEADS = _book(
    "sở|bộ|cục|tổng cục|chi cục|vụ|ban|ban quản lý|hội|hội đồng|hiệp hội|liên đoàn|liên minh|"
    "trường|trường tiểu học|trường trung học cơ sở|trường trung học phổ thông|trường đại học|"
    "trường cao đẳng|trường mầm non|trường chính trị|bệnh viện|bệnh viện đa khoa|trung tâm|"
    "trung tâm y tế|viện|viện kiểm sát|viện kiểm sát nhân dân|tòa án|tòa án nhân dân|công ty|"
    "công ty cổ phần|công ty tnhh|công ty tnhh một thành viên|tổng công ty|tập đoàn|ngân hàng|"
    "ngân hàng nhà nước|ngân hàng chính sách xã hội|quỹ|đài|báo|văn phòng|phòng|đội|đảng ủy|"
    "thanh tra|kho bạc|kho bạc nhà nước|thuế|hải quan|học viện|hợp tác xã|tổ công tác|ban chỉ đạo|"
    "ban tổ chức|tiểu ban|đoàn|tỉnh đoàn|đoàn thanh niên|bảo hiểm xã hội|thống kê|điện lực|"
    "vườn quốc gia|bảo tàng|thư viện|nhà máy|cảng vụ|chi nhánh|công an|bộ chỉ huy|bộ chqs|"
    "bộ chỉ huy bộ đội biên phòng|thi hành án dân sự|ban qlda|ban quản lý dự án|"
    "ủy ban mttq việt nam|ủy ban mttq|ủy ban|ubnd|hđnd|thường trực hđnd|thường trực|xí nghiệp|"
    "ban giám đốc|tổ|tổ giúp việc|tổ đại biểu|đoàn đại biểu quốc hội|đoàn đbqh|đoàn công tác|"
    "đoàn kiểm tra|"
    "đoàn thanh tra|đoàn giám sát|công ty tnhh mtv|công ty cp|tổng công ty cổ phần|"
    "hội nông dân|hội phụ nữ|hội liên hiệp phụ nữ|hội cựu chiến binh|trạm|hạt|đồn|"
    "đồn công an|trại giam|nông trường|lâm trường|ban chỉ huy|ban đại diện|khu bảo tồn|quân khu|"
    "binh đoàn|trung đoàn|sư đoàn|btv|ban chấp hành|cơ quan|nhà hát"
)
"""The first words of a body's name."""

FIXED = _book(
    "chính phủ|quốc hội|thủ tướng chính phủ|ủy ban thường vụ quốc hội|bộ chính trị|ban bí thư|"
    "văn phòng chính phủ|thanh tra chính phủ|kiểm toán nhà nước|ngân hàng nhà nước việt nam|"
    "tỉnh ủy|thành ủy|huyện ủy|btv tỉnh ủy|thường trực tỉnh ủy|văn phòng tỉnh ủy|"
    "tòa án nhân dân tối cao|viện kiểm sát nhân dân tối cao|chủ tịch nước|thủ tướng|phó thủ tướng|"
    "ban tổ chức trung ương"
)
"""Bodies of the state and the Party that stand without any place."""

BARE = frozenset(
    {"văn phòng", "sở", "ban", "cục", "trung tâm", "công an", "thanh tra", "thuế", "hải quan"}
    | {"kho bạc", "kho bạc nhà nước", "ban chỉ đạo", "ban chỉ huy", "ban tổ chức", "tổ công tác"}
    | {"tổ giúp việc", "đoàn công tác", "đoàn kiểm tra", "đoàn thanh tra", "đoàn giám sát"}
    | {"viện kiểm sát", "viện kiểm sát nhân dân", "tòa án", "tòa án nhân dân", "tỉnh đoàn"}
    | {"ngân hàng nhà nước", "bảo hiểm xã hội", "thống kê", "điện lực", "đảng ủy"}
)
"""Heads that people use alone for a unit everybody present knows."""

OUTER = frozenset(("thường trực", "văn phòng", "tổ giúp việc", "đảng ủy", "chi nhánh"))
"""Heads of a body of another body: Thường trực Ban Chỉ đạo, Văn phòng Ban Chỉ huy."""

LEVELS = _book(
    "tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|khu vực|vùng|việt nam|hai cấp|"
    "trung ương|miền bắc|miền trung|miền nam"
)
PLACED = _keys("ubnd hđnd")
"""Heads that are nothing without a level: UBND xã."""

LONG_TAILED = _keys("bql qlda")
"""Heads whose names run on in small letters: Ban Quản lý dự án đầu tư xây dựng công trình …"""

COLLECTIVE = _book(
    "sở|ban|ngành|bộ|đơn vị|cơ quan|địa phương|xã|phường|huyện|thị xã|thành phố|tỉnh|đặc khu|"
    "doanh nghiệp|tổ chức|đoàn thể|hội|phòng|phòng chuyên môn|trường|bệnh viện|chủ đầu tư|"
    "nhà đầu tư|nhà thầu|ban quản lý|bql|lực lượng|lực lượng chức năng|thành viên|cá nhân|cấp|"
    "ngành dọc|hội đoàn thể|hiệp hội|tập thể|đồng chí|chi cục|cục|trung tâm|công ty|đoàn|"
    "cơ quan chuyên môn|cơ quan báo chí|đơn vị sự nghiệp|cấp ủy|chính quyền|ban qlda|"
    "tổ chức chính trị - xã hội|tổ chức chính trị xã hội|bộ phận|tổ công tác|ủy viên|ban chỉ đạo|"
    "chủ rừng|cơ sở|ngân hàng|đồng chí ủy viên|đồng chí lãnh đạo|đồng chí thành viên|cán bộ|"
    "công chức|viên chức|người lao động|đảng viên|đại biểu|hộ dân|hộ gia đình|chủ hộ|nhà trường"
)
"""What may be named together without naming one: các sở, ngành."""

PEOPLE = frozenset(("cán bộ", "công chức", "viên chức", "người lao động", "đảng viên"))
"""Collectives that their unit's name may follow."""

QUANTIFIERS = _book("các|những|toàn thể|tất cả các|toàn bộ các|mọi|từng|một số|hai|ba|tất cả")
QUALIFIERS = _book(
    "liên quan|có liên quan|trực thuộc|chuyên môn|sự nghiệp công lập|sự nghiệp|chức năng|của tỉnh|"
    "trên địa bàn|trên địa bàn tỉnh|cấp tỉnh|cấp xã|cấp huyện|thuộc tỉnh|khác|trung ương|"
    "chính trị - xã hội|chính trị|thuộc ubnd tỉnh|còn lại|trên địa bàn xã|trong tỉnh|"
    "thuộc thẩm quyền|nêu trên|đoàn thể|thuộc phạm vi quản lý|tỉnh|toàn tỉnh|có thẩm quyền|"
    "đóng trên địa bàn|đóng trên địa bàn tỉnh|thành viên|ven biển|ven sông|vùng cao|vùng lũ|"
    "vùng sâu|vùng xa|vùng trũng|vùng biển|vùng biên|biên giới|miền núi|đồng bằng|hải đảo|trung du|"
    "bãi ngang|đặc biệt khó khăn|trọng điểm|hạ du|thượng nguồn|ngoài tỉnh|dọc tuyến|có dự án|"
    "có dự án đi qua|chậm tiến độ"
)
"""What may follow a collective and still be part of it."""

TITLES = _book(
    "giám đốc|phó giám đốc|tổng giám đốc|phó tổng giám đốc|chủ tịch|phó chủ tịch|"
    "phó chủ tịch thường trực|quyền chủ tịch|chánh văn phòng|phó chánh văn phòng|chánh thanh tra|"
    "phó chánh thanh tra|trưởng ban|phó trưởng ban|bí thư|phó bí thư|phó bí thư thường trực|"
    "cục trưởng|phó cục trưởng|chi cục trưởng|phó chi cục trưởng|vụ trưởng|phó vụ trưởng|"
    "trưởng phòng|phó trưởng phòng|hiệu trưởng|viện trưởng|tổng biên tập|chỉ huy trưởng|"
    "thủ trưởng|người đứng đầu|lãnh đạo|bộ trưởng|thứ trưởng|tư lệnh|chính ủy|đội trưởng|"
    "trưởng đoàn|tổ trưởng|kế toán trưởng|chánh án|tập thể lãnh đạo|thư ký|trưởng ban quản lý|"
    "phó giám đốc phụ trách|giám đốc phụ trách|ủy viên|ủy viên thường trực|phó viện trưởng|"
    "phó tổ trưởng|phó trưởng đoàn|phó chánh án|phó hiệu trưởng|hạt trưởng|trạm trưởng"
)
"""Posts, which a unit's name may follow."""

SHARED_TITLES = _book("chánh|phó chánh|trưởng|phó trưởng|quyền giám đốc")
"""Half posts that a unit's own name completes: Chánh Thanh tra tỉnh."""

IN_CHARGE = _book(
    "phụ trách lĩnh vực|phụ trách khối|phụ trách ngành|thường trực|phụ trách lĩnh vực này"
)
"""What may follow a post and still be part of it."""

HONORIFICS = _book("đồng chí|các đồng chí|ông|bà|anh|chị")

FIRST_WORDS = frozenset(PLACED).union(
    *(
        book.first_words
        for book in (HEADS, FIXED, COLLECTIVE, QUANTIFIERS, TITLES, SHARED_TITLES, HONORIFICS)
    )
)
"""What a name may begin with, if its unit is not known."""

SURNAMES = _keys(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh hà trịnh đoàn "
    "quách tạ cao mai lưu phùng chu kiều triệu khổng tống bàn giàng vàng sùng lò lương tăng "
    "vương thái đào tô nông hứa ma bạch thạch la văn lại doãn nghiêm ninh khuất đàm xa phí"
)
