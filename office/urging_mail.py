"""A mail with a reminder letter, to be looked at and sent (.eml). Public entrance: `draft`,
`is_address`."""

import re
from collections.abc import Mapping

from office.letters import Occasion
from office.moments import show_date
from office.papers.printable import one_line

# One mailbox, no display name: what offices have, and nothing that ends a header.
_ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
_LONGEST_ADDRESS = 254


def is_address(text: str) -> bool:
    """Whether a mail may be sent to it."""
    return len(text) <= _LONGEST_ADDRESS and re.fullmatch(_ADDRESS, text, re.ASCII) is not None


def draft(
    occasion: Occasion,
    name: str,
    to: str,
    count: int,
    attached: Mapping[str, bytes],
    boundary: str,
) -> bytes:
    """The mail to a unit called `name`, about `count` tasks; `to` is its address, or nothing where
    none can be used. `attached` are docx files by their names, `boundary` what parts them."""
    from email.message import EmailMessage
    from email.policy import SMTP

    head = occasion.head
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # opened as a draft
    if is_address(to):
        message["To"] = to
    # A name may be anybody's: one line, so that it ends no header.
    called = one_line(name)
    message["Subject"] = f"Đôn đốc thực hiện nhiệm vụ: {called}, {show_date(occasion.on)}"
    message.set_content(
        f"Kính gửi {called},\n\n"
        f"{head.office} gửi công văn đôn đốc {count:02d} nhiệm vụ, kèm theo thư này.\n"
        f"Đề nghị báo cáo kết quả trước ngày {show_date(occasion.answer_by)}.\n\n"
        "Trân trọng.\n"
    )
    for file, content in attached.items():
        message.add_attachment(content, maintype="application", subtype=_DOCX, filename=file)
    if attached:
        message.set_boundary(boundary)
    return message.as_bytes()


_DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"
