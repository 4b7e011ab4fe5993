"""Files from elsewhere, read within limits and by what they hold, not by what they are called.

Public entrance: `load`, `Content`, `open_parts`, `decode`.
"""

import codecs
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from schema.errors import N_, ThukyError
from schema.viet import clean

LARGEST_FILE = 50_000_000
LARGEST_UNPACKED = 250_000_000
"""Bytes of all the parts of a packed file (xlsx, docx) together."""

_NAMES = {".xlsx": "xlsx", ".xlsm": "xlsx", ".docx": "docx"}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""What Windows-1258 writes after a letter; nothing else comes loose in it."""
_STARTS = (
    (b"%PDF", N_("Tệp {path} là PDF. Chưa nhập gì; hãy xin bản Word (.docx) hoặc dán chữ vào.")),
    (b"{\\rtf", N_("Tệp {path} là RTF. Chưa nhập gì; hãy mở bằng Word, lưu lại dạng .docx.")),
    (b"<!DOCTYPE", N_("Tệp {path} là trang web. Chưa nhập gì; hãy mở bằng Excel, lưu dạng .xlsx.")),
    (b"<html", N_("Tệp {path} là trang web. Chưa nhập gì; hãy mở bằng Excel, lưu dạng .xlsx.")),
)
_LOCKED = N_("Tệp {path} có mật khẩu. Chưa nhập gì; hãy bỏ mật khẩu rồi nhập lại.")
_OLD = N_(
    "Tệp {path} ở dạng cũ (.xls, .doc). Chưa nhập gì; hãy mở bằng Excel, Word rồi lưu dạng .xlsx,"
    " .docx."
)
_BROKEN = N_("Tệp {path} bị hỏng, không mở được. Chưa nhập gì; hãy xin lại tệp.")
_TOO_LARGE = N_("Tệp {path} quá lớn ({size} MB). Chưa nhập gì; hãy tách thành nhiều tệp nhỏ.")
_UNKNOWN = N_("Tệp {path} không phải bảng tính, văn bản Word hay chữ thường. Chưa nhập gì.")
_SIGNS = bytes([*b"\t\n\r\x0b\x0c\x1b", *range(0x20, 0x100)])
_NOT_UTF8 = N_(
    "Tệp {path} không phải UTF-8 (dòng {row}). Chưa nhập gì; hãy lưu lại tệp ở dạng “CSV UTF-8” rồi"
    " nhập lại."
)


class Form(Enum):
    """What a file holds."""

    WORKBOOK = "xlsx"
    PAPER = "docx"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was read: `data` as it stands, `text` where it is a text. `named` is what its
    name said it was, where that is something else."""

    path: str
    form: Form
    data: bytes = b""
    text: str = ""
    named: str = ""


def load(path: Path) -> Content:
    """Read a file whole. Raises ThukyError where it is none that can be read, with a sentence for
    each reason: missing, too large, locked by a password, of an old form, broken."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ThukyError(_TOO_LARGE, path=path, size=size // 1_000_000)
        data = path.read_bytes()
    except OSError as error:
        raise ThukyError(
            N_("Không đọc được {path} ({reason}). Chưa nhập gì."), path=path, reason=error.strerror
        ) from error
    content = understand(data, str(path))
    named = _NAMES.get(path.suffix.lower(), "")
    differs = named and named != content.form.value
    return Content(content.path, content.form, content.data, content.text, named * bool(differs))


def understand(data: bytes, path: str) -> Content:
    """What `data` is, by how it begins. Raises ThukyError as `load`."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with open_parts(data, path) as parts:
            names = set(parts.namelist())
        if "xl/workbook.xml" in names or any(n.startswith("xl/workbook") for n in names):
            return Content(path, Form.WORKBOOK, data)
        if "word/document.xml" in names:
            return Content(path, Form.PAPER, data)
        raise ThukyError(_UNKNOWN, path=path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise ThukyError(_LOCKED if locked else _OLD, path=path)
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, words in _STARTS:
        if start[: len(mark)].lower() == mark.lower():
            raise ThukyError(words, path=path)
    return Content(path, Form.TEXT, data, decode(data, path))


def open_parts(data: bytes, path: str) -> zipfile.ZipFile:
    """The parts of a packed file. Raises ThukyError where it is broken, locked, or holds more than
    may be unpacked: no part ever yields more bytes than it says here."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ThukyError(_BROKEN, path=path) from error
    entries = parts.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ThukyError(_LOCKED, path=path)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise ThukyError(_TOO_LARGE, path=path, size=unpacked // 1_000_000)
    return parts


def broken(path: str) -> ThukyError:
    return ThukyError(_BROKEN, path=path)


def decode(data: bytes, path: str) -> str:
    """A text in UTF-8 or UTF-16, with or without a mark, or in Windows-1258; cleaned, in NFC.
    Raises ThukyError where it is neither, or no text at all."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif wide := _wide(data):
        encoding = wide
    elif _is_binary(data[:4096]):
        raise ThukyError(_UNKNOWN, path=path)
    else:
        encoding = "utf-8-sig"
    try:
        return clean(data.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and (text := _windows(data)) is not None:
            return clean(text)
        row = data[: error.start].count(b"\n") + 1
        raise ThukyError(_NOT_UTF8, path=path, row=row) from error


def _is_binary(head: bytes) -> bool:
    """Whether too much of it is no sign that a text has."""
    odd = len(head.translate(None, _SIGNS))
    return odd * 5 > len(head)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, seen by its many zeros; nothing where it is something else."""
    head = data[:1000]
    if len(head) < 4 or len(data) % 2:
        return ""
    zeros = head[1::2].count(0), head[::2].count(0)
    if max(zeros) * 4 < len(head) // 2 or min(zeros):
        return ""
    return "utf-16-le" if zeros[0] else "utf-16-be"


def _windows(data: bytes) -> str | None:
    """As Windows-1258, where that makes Vietnamese words: each tone has its vowel."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    letters = sum(1 for char in text if "\u1ea0" <= char <= "\u1ef9" or char in "ăĂđĐơƠưƯ")
    loose = any(char in _TONES for char in text)
    odd = any("\x80" <= char < "\xa0" for char in text)
    return None if loose or odd or not letters else text
