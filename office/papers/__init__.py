"""Papers in the form of decree 30/2020/NĐ-CP, as .docx: what its elements look like (`form`), the
blocks that a paper is made of (`paper`), the office's own head and signature (`letterhead`).

`paper` imports python-docx: only where a paper is made, never at a start.
"""
