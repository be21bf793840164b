#!/usr/bin/env python3
"""Fills one archive with many small dossiers through the program itself. Same seed, same folders.

usage: holdings.py LUUTRU ARCHIVE [--fonds 1000] [--dossiers 100000] [--documents 10]
                   [--batch 500] [--scratch DIR] [--seed 1]

Debian: python3. Nothing from pip. Goes on where it was stopped, and writes `ARCHIVE.growth.tsv`:
dossiers before the batch, dossiers in it, cpu and wall seconds of `luutru package`. A document is
an XML record of some 400 bytes, one in ten a page of PDF. All content is fictional; no person is
named. 100,000 dossiers of ten documents take a quarter of an hour to an hour and some 20 GiB.
"""

import argparse
import csv
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

AGENCY = "Sở Nội vụ tỉnh Vĩnh Long"
CODE = "H61.12"
KINDS = {"QĐ": "02", "KH": "10", "BC": "14", "TTr": "15", "CV": "22"}
ACTS = """phê duyệt;điều chỉnh;thu hồi;gia hạn;kiểm tra;quyết toán;công bố;thẩm định;bàn giao;nghiệm thu;
bổ sung;đính chính;triển khai;tổng kết;sơ kết;hướng dẫn;chấn chỉnh;tạm dừng;hủy bỏ;tiếp nhận;đề nghị;
trả lời;giải trình;thống kê;rà soát;phân bổ;cấp phép;xử lý;khen thưởng;thành lập"""
MATTERS = """kế hoạch sử dụng đất;dự toán ngân sách;chuyển đổi số;danh mục tài liệu lưu trữ;
công trình giao thông nông thôn;lễ hội truyền thống;quy chế phối hợp;biên chế viên chức;cấp nước sạch;
phòng cháy chữa cháy;nhà ở xã hội;bảo vệ môi trường;khai thác cát sông;nuôi trồng thủy sản;
bồi thường giải phóng mặt bằng;trường mầm non;trạm y tế xã;hỗ trợ hộ nghèo;tín dụng chính sách;
xâm nhập mặn;kè chống sạt lở;bến thủy nội địa;chợ truyền thống;cải cách hành chính;đào tạo nghề;
giống cây ăn trái;dịch bệnh gia súc;di tích lịch sử;thư viện công cộng;chiếu sáng đô thị;
thoát nước mưa;rác thải sinh hoạt;an toàn thực phẩm;đăng ký hộ tịch;tuyển quân;thi đua yêu nước;
bảo hiểm xã hội;cầu treo dân sinh;viễn thông nông thôn;làng nghề gốm;vận tải hành khách;đo đạc bản đồ"""
SYLLABLES = """an bình châu đông giồng hòa hựu khánh lộc long mỹ ngãi nhơn phú phước quới tân thạnh thiện thới
thuận trà trung trường vĩnh xuân đức hiếu hưng lục sĩ thành tích tường cái ngang vồn ôn măng thít"""
PLACES = ("xã", "thị trấn", "phường", "ấp")
COLUMNS = (
    "file typeName codeNumber codeNotation issuedDate organName subject language numberOfPage mode "
    "confidenceLevel process"
).split()


def items(text):
    """The parts of a list."""
    return [part.strip() for part in text.split(";")] if ";" in text else text.split()


class Vocabulary:
    """Subjects as registers have them: a few common words, many places, some numbers."""

    def __init__(self):
        self.acts, self.matters = items(ACTS), items(MATTERS)
        names = [name.capitalize() for name in items(SYLLABLES)]
        self.places = [f"{one} {two}" for one in names for two in names if one != two]

    def skewed(self, chance, values):
        """One of the values, the first far more often than the last."""
        return values[int(len(values) * chance.random() ** 2.5)]

    def place(self, chance):
        """A place of which there are thousands."""
        return f"{chance.choice(PLACES)} {self.skewed(chance, self.places)}"

    def subject(self, chance):
        """What a document is about."""
        text = f"{self.skewed(chance, self.acts)} {self.skewed(chance, self.matters)}"
        text = f"Về việc {text} {self.place(chance)}"
        if chance.random() < 0.3:
            text += f" theo Công văn số {chance.randrange(1, 9999)}"
        return text + (f" năm {chance.randrange(1990, 2026)}" if chance.random() < 0.6 else "")


WORDS = Vocabulary()


def fonds_code(index):
    """The code of a fonds."""
    return f"{CODE}.{index + 1:04d}"


def write_dossier(out, number, choice):
    """A dossier's folder, from its number alone."""
    chance = random.Random(f"{choice.seed}-{number}")
    folder = out / f"HS{number:07d}"
    folder.mkdir(parents=True)
    year = chance.randrange(1990, 2026)
    with open(folder / "documents.csv", "w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for ordinal in range(1, choice.documents + 1):
            lines.writerow(write_document(folder, ordinal, year, chance))
    (folder / "dossier.yaml").write_text(description(number, year, chance, choice), "utf-8")
    return folder


def write_document(folder, ordinal, year, chance):
    """A document's file and its row."""
    subject = WORDS.subject(chance)
    if ordinal % 10 == 0:
        name, (_, data) = f"{ordinal:03d}.pdf", corpus.pdf(chance, 300, subject)
    else:
        name, data = f"{ordinal:03d}.xml", corpus.xml(chance, 300, subject)
    (folder / name).write_bytes(data)
    notation, kind = chance.choice(list(KINDS.items()))
    number = chance.randrange(1, 9999)
    date = f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/{year}"
    organ = f"Ủy ban nhân dân {WORDS.place(chance)}"
    return [name, kind, number, f"{notation}-UBND", date, organ, subject, "01", 1, "01", "01", 0]


def description(number, year, chance, choice):
    """The text of dossier.yaml."""
    fonds = chance.randrange(choice.fonds)
    lines = (
        f"organId: {CODE}",
        f"fileCatalog: {year}",
        f"fileNotation: {number:07d}.HC",
        f"title: Hồ sơ {WORDS.subject(chance)}",
        'maintenance: "05"',
        'mode: "01"',
        'language: "01"',
        f"startDate: 01/01/{year}",
        f"endDate: 31/12/{year}",
        'confidenceLevel: "01"',
        "riskRecovery: 0",
        f"fonds: {fonds_code(fonds)}",
        f'inventory: "{chance.randrange(1, 3):02d}"',
        f"series: N{chance.randrange(1, 4)}",
    )
    return "\n".join(lines) + "\n"


class Holdings:
    """The archive as it grows."""

    def __init__(self, luutru, archive, choice):
        self.luutru, self.archive, self.choice = luutru, Path(archive), choice
        self.growth = Path(f"{archive}.growth.tsv")

    def run(self, *words):
        """Runs the program; gives cpu and wall seconds."""
        before, begun = os.times(), time.perf_counter()
        done = subprocess.run(
            [*self.luutru, *map(str, words), "--archive", str(self.archive)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode != 0:
            sys.exit(f"{words[:2]}: exit {done.returncode}: {done.stderr[-600:].decode()}")
        after = os.times()
        cpu = after.children_user + after.children_system
        return cpu - before.children_user - before.children_system, time.perf_counter() - begun

    def found(self):
        """Makes the archive with its fonds and inventories, if it is not there."""
        if (self.archive / "luutru.yaml").exists():
            return
        name = ["--agency", AGENCY, "--agency-code", CODE, "--fonds-code", CODE]
        words = ["init", str(self.archive), *name, "--fonds-name", "Phông Sở Nội vụ"]
        subprocess.run([*self.luutru, *words], check=True, stdout=subprocess.DEVNULL)
        chance = random.Random(f"{self.choice.seed}-fonds")
        for index in range(self.choice.fonds):
            code, above = fonds_code(index), CODE if index < 30 else fonds_code(index % 30)
            name = f"Phông Ủy ban nhân dân {WORDS.place(chance)}"
            self.run("fonds", "add", "--code", code, "--name", name, "--parent", above)
            self.run(
                "inventory", "add", "--fonds", code, "--code", "01", "--name",
                "Mục lục hồ sơ có thời hạn", "--series", "N1=Tổng hợp", "--series", "N2=Tài chính",
            )  # fmt: skip

    def count(self):
        """Dossiers packaged so far."""
        if not self.growth.exists():
            return 0
        return sum(int(line.split("\t")[1]) for line in self.growth.read_text().splitlines())

    def grow(self, target):
        """Packages until the archive has so many dossiers."""
        self.found()
        with open(self.growth, "a", encoding="utf-8") as log:
            while (done := self.count()) < target:
                batch = min(self.choice.batch, target - done)
                cpu, wall = self.package(done, batch)
                log.write(f"{done}\t{batch}\t{cpu:.3f}\t{wall:.3f}\n")
                log.flush()
                print(f"{done + batch} dossiers, {cpu / batch * 1000:.2f} ms cpu each", flush=True)

    def package(self, first, count):
        """Writes that many folders, packages them in one call and removes them."""
        with tempfile.TemporaryDirectory(prefix="luutru-", dir=self.choice.scratch) as scratch:
            folders = [
                write_dossier(Path(scratch), first + number + 1, self.choice)
                for number in range(count)
            ]
            cost = self.run("package", *folders)
            shutil.rmtree(scratch, ignore_errors=True)
            os.mkdir(scratch)
        return cost


def add_options(parser):
    """What says how large the archive is to be."""
    parser.add_argument("--fonds", type=int, default=1000)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--scratch", default=tempfile.gettempdir())
    parser.add_argument("--seed", default="1")


def main():
    """Fills the archive of the command line."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("luutru", type=shlex.split)
    parser.add_argument("archive")
    add_options(parser)
    choice = parser.parse_args()
    Holdings(choice.luutru, choice.archive, choice).grow(choice.dossiers)


if __name__ == "__main__":
    main()
