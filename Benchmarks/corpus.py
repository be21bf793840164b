#!/usr/bin/env python3
"""Writes dossier folders as archivists hand them in, for measuring. Same seed, same bytes.

usage: corpus.py papers OUT [--bytes 1GiB] [--seed 1]    many dossiers of PDFs, scans and XML
       corpus.py tiny   OUT [--files 20000] [--seed 1]   one dossier of files of 1-20 KB
       corpus.py huge   OUT [--bytes 4GiB] [--seed 1]    one dossier of recordings of 64-512 MiB

Debian: python3. Nothing from pip. OUT gets one folder a dossier and `corpus.json`, which counts
them and names a document of 1 MB in the middle. All content is fictional; no person is named.
"""

import argparse
import csv
import json
import random
import struct
import sys
import unicodedata
import zlib
from pathlib import Path

PIECE = 1 << 20
KINDS = {"02": "Quyết định", "10": "Kế hoạch", "14": "Báo cáo", "15": "Tờ trình", "22": "Công văn"}
ACTS = ("phê duyệt", "điều chỉnh", "thu hồi", "gia hạn", "kiểm tra", "quyết toán", "công bố")
MATTERS = (
    "kế hoạch sử dụng đất",
    "dự toán ngân sách",
    "chuyển đổi số",
    "danh mục tài liệu lưu trữ",
    "công trình giao thông nông thôn",
    "lễ hội truyền thống",
    "quy chế phối hợp",
    "biên chế",
    "cấp nước sạch",
    "phòng cháy chữa cháy",
    "nhà ở xã hội",
    "bảo vệ môi trường",
)
AGENCIES = (
    "Ủy ban nhân dân tỉnh Vĩnh Long",
    "Sở Nội vụ tỉnh Vĩnh Long",
    "Sở Xây dựng tỉnh Vĩnh Long",
)
COLUMNS = (
    "file typeName codeNumber codeNotation issuedDate organName subject language numberOfPage mode "
    "confidenceLevel process typePic imageTitle photographer photoPlace photoTime colour "
    "docAttached typeMedia movieTitle recorder recordPlace recordDate playTime quality eventName"
).split()


def size_of(text):
    """Bytes of `1GiB`, `256MiB` or a plain number."""
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if text.endswith(unit):
            return int(float(text[: -len(unit)]) * factor)
    return int(text)


def noise(chance, count):
    """That many bytes that neither compress nor repeat."""
    while count > 0:
        piece = min(PIECE, count)
        yield chance.randbytes(piece)
        count -= piece


# ---- File formats ---------------------------------------------------------------------------


def pdf(chance, count, title):
    """Pages and bytes of a PDF 1.4 of about `count` bytes, each page a grey scan."""
    pages = max(1, min(40, count // 60_000))
    side = max(16, int(max(256, count // pages - 400) ** 0.5))
    text = ("\ufeff" + title).encode("utf-16-be").hex().encode()
    kids = b" ".join(b"%d 0 R" % (4 + 3 * page) for page in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Title<%s>>>" % text,
    ]
    for page in range(pages):
        objects += scanned_page(chance, 4 + 3 * page, side)
    return pages, numbered(objects)


def scanned_page(chance, number, side):
    """The three objects of a page: the page, what it draws, the picture drawn."""
    drawing = b"q 595 0 0 842 0 0 cm /I Do Q"
    picture = chance.randbytes(side * side)
    kind = b"<</Type/XObject/Subtype/Image/Width %d/Height %d" % (side, side)
    kind += b"/ColorSpace/DeviceGray/BitsPerComponent 8"
    return [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<</XObject<</I %d 0 R>>>>>>" % (number + 1, number + 2),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing), drawing),
        kind + b"/Length %d>>\nstream\n%s\nendstream" % (len(picture), picture),
    ]


def numbered(objects):
    """The file of these objects with its table of offsets."""
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R>>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def tiff(chance, count):
    """A baseline TIFF in 8-bit grey, one uncompressed strip."""
    width = 1240
    height = max(1, count // width)
    strip = width * height
    tags = (
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, strip),
    )
    yield struct.pack("<2sHI", b"II", 42, 8 + strip + strip % 2)
    yield from noise(chance, strip)
    yield b"\0" * (strip % 2) + struct.pack("<H", len(tags))
    yield b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags) + bytes(4)


def png(chance, count):
    """A PNG in 8-bit grey that is not compressed."""
    side = max(8, int(count**0.5))
    rows = b"".join(b"\0" + chance.randbytes(side) for _ in range(side))
    yield b"\x89PNG\r\n\x1a\n"
    yield chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    yield chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def chunk(kind, body):
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def mpeg4(chance, count):
    """The boxes of an MPEG-4 file round data that no player could show."""
    header = bytes(12) + struct.pack(">IIIH", 1000, 60_000, 0x10000, 0x100) + bytes(10)
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    movie = box(b"moov", box(b"mvhd", header + matrix + bytes(24) + struct.pack(">I", 2)))
    start = box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + movie
    yield start + struct.pack(">I4s", count - len(start), b"mdat")
    yield from noise(chance, count - len(start) - 8)


def box(kind, body):
    """An MPEG-4 box."""
    return struct.pack(">I4s", len(body) + 8, kind) + body


def xml(chance, count, title):
    """A small record of a processing system."""
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<hoSo><trichYeu>{title}</trichYeu>\n']
    total = 0
    while total < count - 120:
        lines.append(f"<buoc ma='{chance.getrandbits(64):016x}'>{chance.choice(MATTERS)}</buoc>\n")
        total += len(lines[-1].encode())
    return "".join(lines + ["</hoSo>\n"]).encode()


# ---- Dossiers -------------------------------------------------------------------------------


class DossierFolder:
    """A dossier's folder while it is written: its files, then its two lists."""

    def __init__(self, out, number, chance):
        self.chance, self.number = chance, number
        self.path = out / f"HS{number:06d}"
        self.path.mkdir(parents=True)
        self.rows, self.bytes, self.pages = [], 0, 0

    def phrase(self):
        """A subject."""
        return f"{self.chance.choice(ACTS)} {self.chance.choice(MATTERS)}"

    def write(self, folder, ending, parts, row):
        """Writes the next document's file and remembers its row; a tenth of the names is in NFD."""
        ordinal = len(self.rows) + 1
        name = f"{folder}{ordinal:05d} {row.get('subject') or row['eventName']}"[:70] + ending
        form = "NFD" if self.chance.random() < 0.1 else "NFC"
        name = unicodedata.normalize(form, name)
        target = self.path / name
        target.parent.mkdir(exist_ok=True)
        with open(target, "wb") as file:
            for part in parts:
                file.write(part)
            self.bytes += file.tell()
        self.rows.append({"file": name, "mode": "01", **row})
        return ordinal, f"{self.path.name}/{name}"

    def text(self, folder, ending, parts, subject, pages):
        """A text document."""
        self.pages += pages
        kind = self.chance.choice(list(KINDS))
        return self.write(
            folder,
            ending,
            parts,
            {
                "typeName": kind,
                "codeNumber": self.chance.randrange(1, 9999),
                "codeNotation": "CV-UBND",
                "issuedDate": self.date(),
                "organName": self.chance.choice(AGENCIES),
                "subject": subject,
                "language": "01",
                "numberOfPage": pages,
                "confidenceLevel": "01",
                "process": 0,
            },
        )

    def pdf(self, count):
        """A PDF document."""
        subject = self.phrase()
        pages, data = pdf(self.chance, count, subject)
        return self.text("", ".pdf", [data], subject, pages)

    def picture(self, ending, parts):
        """A photograph."""
        return self.write(
            "Ảnh/",
            ending,
            parts,
            {
                "typePic": "02",
                "eventName": self.phrase(),
                "imageTitle": self.phrase(),
                "photographer": "Phóng viên ảnh",
                "photoPlace": "Vĩnh Long",
                "photoTime": self.date(),
                "colour": "02",
                "docAttached": 0,
            },
        )

    def film(self, count):
        """A recording."""
        return self.write(
            "Phim/",
            ".mp4",
            mpeg4(self.chance, count),
            {
                "typeMedia": "02",
                "eventName": self.phrase(),
                "movieTitle": self.phrase(),
                "recorder": "Đài phát thanh và truyền hình",
                "recordPlace": "Vĩnh Long",
                "recordDate": self.date(),
                "language": "01",
                "playTime": "00:01:00",
                "docAttached": 0,
            },
        )

    def date(self):
        """A day of the dossier's year."""
        return f"{self.chance.randrange(1, 29):02d}/{self.chance.randrange(1, 13):02d}/2023"

    def close(self):
        """Writes documents.csv and dossier.yaml."""
        with open(self.path / "documents.csv", "w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
            lines.writeheader()
            lines.writerows(self.rows)
        (self.path / "dossier.yaml").write_text(self.description(), "utf-8")

    def description(self):
        """The text of dossier.yaml."""
        lines = (
            "organId: H61.12",
            "fileCatalog: 2023",
            f"fileNotation: {self.number:06d}.HC",
            f"title: Hồ sơ {self.phrase()} số {self.number}",
            'maintenance: "05"',
            'mode: "01"',
            'language: "01"',
            "startDate: 01/01/2023",
            "endDate: 31/12/2023",
            f"totalDoc: {len(self.rows)}",
            f"numberOfPage: {self.pages}",
            'confidenceLevel: "01"',
            "riskRecovery: 0",
        )
        return "\n".join(lines) + "\n"


def papers(out, chance, total):
    """Dossiers of about twelve documents until they hold `total` bytes."""
    written = []
    while sum(folder.bytes for folder in written) < total:
        folder = DossierFolder(out, len(written) + 1, chance)
        for _ in range(max(3, int(chance.gauss(12, 3)))):
            kind = chance.random()
            if kind < 0.65:
                folder.pdf(int(min(2e7, max(2e4, chance.lognormvariate(13.35, 0.9)))))
            elif kind < 0.85:
                folder.picture(".tif", tiff(chance, chance.randrange(1 << 20, 8 << 20)))
            else:
                subject = folder.phrase()
                data = xml(chance, chance.randrange(2_000, 40_000), subject)
                folder.text("Quy trình/", ".xml", [data], subject, 1)
        folder.close()
        written.append(folder)
    return written, None


def tiny(out, chance, files):
    """One dossier of `files` small documents with one of 1 MB among them."""
    folder, target = DossierFolder(out, 1, chance), None
    for index in range(files):
        count = chance.randrange(1 << 10, 20 << 10)
        if index == files // 2:
            target = folder.pdf(1 << 20)
        elif index % 3 == 0:
            folder.picture(".png", png(chance, count))
        elif index % 3 == 1:
            folder.pdf(count)
        else:
            subject = folder.phrase()
            part = f"Tập {index // 200:03d}/"
            folder.text(part, ".xml", [xml(chance, count, subject)], subject, 1)
    folder.close()
    return [folder], target


def huge(out, chance, total):
    """One dossier of recordings with a document of 1 MB after each."""
    folder, target = DossierFolder(out, 1, chance), None
    while folder.bytes < total:
        left = total - folder.bytes
        folder.film(min(max(left, PIECE), chance.randrange(64, 512) << 20))
        document = folder.pdf(1 << 20)
        if folder.bytes * 2 >= total:
            target = target or document
    folder.close()
    return [folder], target


def make(kind, out, amount, seed):
    """Writes a corpus and gives what `corpus.json` says of it."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"{kind}-{seed}")
    written, target = {"papers": papers, "tiny": tiny, "huge": huge}[kind](out, chance, amount)
    summary = {
        "kind": kind,
        "dossiers": [folder.path.name for folder in written],
        "files": sum(len(folder.rows) for folder in written),
        "bytes": sum(folder.bytes for folder in written),
        "document": {"ordinal": target[0], "file": target[1]} if target else None,
    }
    (out / "corpus.json").write_text(json.dumps(summary, ensure_ascii=False), "utf-8")
    return summary


def main():
    """Writes the corpus of the command line."""
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("kind", choices=("papers", "tiny", "huge"))
    options.add_argument("out")
    options.add_argument("--bytes", type=size_of)
    options.add_argument("--files", type=int, default=20_000)
    options.add_argument("--seed", default="1")
    choice = options.parse_args()
    default = {"papers": 1 << 30, "huge": 4 << 30}.get(choice.kind)
    amount = choice.files if choice.kind == "tiny" else choice.bytes or default
    summary = make(choice.kind, choice.out, amount, choice.seed)
    print(
        f"{len(summary['dossiers'])} dossiers, {summary['files']} files, {summary['bytes']} bytes"
    )
    sys.exit(0)


if __name__ == "__main__":
    main()
