"""Lets Bouncy Castle, asn1crypto, Go's sumdb and pymerkle judge a release's evidence and ledger.

check_evidence.py LUUTRU [COUNT...] (1 2 3 7 unless told). Every record of up to ten dossiers is
judged, of more the first, the last and eight between: new, after 1 and 3 time-stamp renewals,
after 1 and 2 hash-tree renewals.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from peer import FIXTURES, NotRun, Tally, demand, fixture, run, tool

ROOT = Path(__file__).resolve().parents[2]
JARS = [Path(f"/usr/share/java/{name}.jar") for name in ("bcpkix", "bcprov", "bcutil")]
GROUP = ("tar", "segments", "sums", "sums.p7s")
RENEWALS = (
    ("new", []),
    ("1 time-stamp renewal", [["--force"]]),
    ("3 time-stamp renewals", [["--force"], ["--force"]]),
    ("1 hash-tree renewal", [["--hash-tree", "--force"]]),
    ("2 hash-tree renewals", [["--hash-tree", "--force"]]),
)


def peer_file(name):
    """A program of the independent checkers."""
    found = FIXTURES.parent / "peers" / name
    if not found.exists():
        raise NotRun("fixtures absent")
    return found


class Archive:
    """An archive of its own with dossiers of one small document."""

    def __init__(self, luutru, place, count):
        self.luutru = luutru
        self.place = place
        self.home = place / f"kho-{count}"
        self.environment = {**os.environ, "LUUTRU_ARCHIVE": str(self.home), "LC_ALL": "C.UTF-8"}
        agency = ["--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12"]
        fonds = ["--fonds-code", "H61.12", "--fonds-name", "Phông UBND tỉnh Vĩnh Long"]
        self.run("init", self.home, *agency, *fonds, "--trial-tsa")
        self.run("package", *(self.dossier(number) for number in range(1, count + 1)))
        self.run("evidence", "stamp")

    def run(self, *words, expected=0):
        """Runs the program; another exit than expected is a fault."""
        command = [str(self.luutru), *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, check=False)
        said = done.stderr.decode()[-300:]
        demand(done.returncode == expected, f"{' '.join(command[1:4])}: {done.returncode}: {said}")
        return done.stdout.decode()

    def payload(self, *words):
        """The last answer in JSON."""
        return json.loads(self.run(*words, "--json").splitlines()[-1])["payload"]

    def dossier(self, number):
        """A folder with one text."""
        folder = self.place / "dossiers" / f"{number:04d}"
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / "Công văn.txt").write_text(f"Công văn số {number}\n", "utf-8")
            (folder / "documents.csv").write_text(
                "file,typeName,issuedDate,organName,subject,language,numberOfPage,mode\n"
                "Công văn.txt,Công văn,01/05/2015,Sở Nội vụ,Việc,Tiếng Việt,1,Công khai\n",
                "utf-8",
            )
            (folder / "dossier.yaml").write_text(
                f"organId: H61.12\nfileCatalog: 2015\nfileNotation: '{number:04d}.CV'\n"
                f"title: Hồ sơ số {number}\nmaintenance: Vĩnh viễn\nmode: Công khai\n"
                'language: "01"\nstartDate: 01/05/2015\nendDate: 01/05/2015\nriskRecovery: 0\n',
                "utf-8",
            )
        return folder

    def export(self, stage):
        """The records of all dossiers with their data: file names without what follows the name."""
        folder = self.place / f"{self.home.name}-{stage}"
        self.run("evidence", "export", "--all", "-o", folder)
        return folder, sorted(str(path)[: -len(".er")] for path in folder.rglob("*.er"))


def data_of(record):
    """The files that a record covers."""
    return [f"{record}.{ending}" for ending in GROUP]


def ask_java(classes, folder, records):
    """Bouncy Castle, over the whole group and over the sums alone."""
    path = ":".join(map(str, [*JARS, classes]))
    for record in records:
        for data in ("+".join(data_of(record)), f"{record}.sums"):
            words = ["java", "-cp", path, "ErsPeer", "verify", f"{record}.er"]
            said = run([*words, str(folder / "tsa-root.pem"), data]).decode()
            demand(said.startswith("PASS") and "bc=OK" in said, said.strip())
    return f"{len(records)} records"


def ask_oracle(records):
    """The second checker, over the whole group and over the sums alone."""
    script = fixture("tools/ers_oracle.py")
    for record in records:
        for data in (data_of(record), [f"{record}.sums"]):
            run(["/usr/bin/python3", str(script), f"{record}.er", *data])
    return f"{len(records)} records"


def ask_ourselves(archive, folder, records):
    """The release, which must also refuse a changed file."""
    roots = ["--roots", str(folder / "tsa-root.pem")]
    for record in records:
        archive.run("evidence", "verify", f"{record}.er", *data_of(record), "--whole", *roots)
        archive.run("evidence", "verify", f"{record}.er", f"{record}.sums", *roots)
    changed = archive.place / "changed"
    changed.write_bytes(Path(f"{records[0]}.sums").read_bytes() + b"\n")
    archive.run("evidence", "verify", f"{records[0]}.er", changed, *roots, expected=1)
    return f"{len(records)} records"


def chosen(records):
    """All of a few; of many the first, the last and eight between."""
    if len(records) <= 10:
        return records
    return [records[(len(records) - 1) * step // 9] for step in range(10)]


def java_classes(place):
    """Compiles the checker of records; raises NotRun where that cannot be."""
    source = peer_file("ErsPeer.java")
    if not all(jar.exists() for jar in JARS):
        raise NotRun("Bouncy Castle absent")
    run([tool("javac"), "-cp", ":".join(map(str, JARS)), "-d", str(place), str(source)])
    return place


def check_records(tally, archive, count, java):
    """Every stage of a record's life under every checker."""
    for stage, (title, renewals) in enumerate(RENEWALS):
        for words in renewals:
            archive.run("evidence", "renew", *words)
        folder, records = archive.export(stage)
        some = chosen(records)
        name = f"{count} dossiers"
        demand(len(records) == count, f"{len(records)} records for {count} dossiers")
        tally.check(name, f"luutru, {title}", ask_ourselves, archive, folder, some)
        tally.check(name, f"ers_oracle, {title}", ask_oracle, some)
        if java:
            tally.check(name, f"ErsPeer, {title}", ask_java, java, folder, some)


def check_their_records(archive, java):
    """Records that Bouncy Castle makes and renews with a service of openssl."""
    place = archive.place / "theirs"
    authority = place / "tsa.sh"
    service(place, authority)
    environment = {"TSA_CMD": f"sh {authority}"}
    path = ":".join(map(str, [*JARS, java]))

    def peer(*words):
        command = ["java", "-cp", path, "ErsPeer", *words]
        done = subprocess.run(
            command, cwd=place, env={**os.environ, **environment}, capture_output=True, check=False
        )
        demand(done.returncode == 0, done.stderr.decode()[-300:] + done.stdout.decode()[-300:])

    for name in "abcd":
        (place / name).write_text(f"tệp {name}\n", "utf-8")
    groups = [["a"], ["b", "c"], ["d"]]
    peer("gen", ".", "sha256", *("+".join(group) for group in groups))
    found = 0
    for group in groups:
        data = [str(place / name) for name in group]
        verify = ["evidence", "verify", "--roots", str(place / "root.pem"), "--whole"]
        for number in range(1, len(groups) + 1):
            if refuses(archive, [*verify, str(place / f"{number}.er"), *data]):
                continue
            found += 1
            peer("renew-ts", f"{number}.er", "t.er")
            peer("renew-hash", "t.er", "h.er", "sha512", "+".join(group))
            peer("renew-ts", "h.er", "u.er")
            for name in ("t.er", "h.er", "u.er"):
                archive.run(*verify, str(place / name), *data)
    demand(found == len(groups), f"{found} of {len(groups)} records found their data")
    return f"{found * 4} records"


def refuses(archive, words):
    """Whether the program says that a record is of other data."""
    command = [str(archive.luutru), *words]
    done = subprocess.run(command, env=archive.environment, capture_output=True, check=False)
    return done.returncode != 0


def service(place, script):
    """A time-stamp service of openssl behind a shell script."""
    place.mkdir()
    configuration = place / "tsa.cnf"
    configuration.write_text(
        "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=x\n"
        "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
        "subjectKeyIdentifier=hash\n"
        "[tsa]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
        "extendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\n"
        "authorityKeyIdentifier=keyid\n"
        "[t]\nserial=./serial\nsigner_cert=./tsa.pem\ncerts=./root.pem\nsigner_key=./tsa.key\n"
        "signer_digest=sha256\ndefault_policy=1.3.6.1.4.1.99999.1.1\n"
        "digests=sha256,sha384,sha512\ness_cert_id_alg=sha256\n",
        "utf-8",
    )
    (place / "serial").write_text("01\n", "utf-8")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    for words in (
        f"req -config tsa.cnf {key} -x509 -keyout root.key -out root.pem -days 900 -extensions root"
        " -subj /CN=Root",
        f"req -config tsa.cnf {key} -new -keyout tsa.key -out tsa.csr -subj /CN=tsa",
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -set_serial 7 -days 300"
        " -extfile tsa.cnf -extensions tsa -out tsa.pem",
    ):
        run(["openssl", *words.split(" ")], cwd=place)
    script.write_text(
        f"cd {place}\ncat > q.tsq\n"
        "openssl ts -reply -config tsa.cnf -section t -queryfile q.tsq -out r.tsr && cat r.tsr\n",
        "utf-8",
    )


def ledger_facts(archive):
    """What the ledger says of itself: two checkpoints, a proof of an entry and one of growth."""
    ledger = archive.home / "stores" / "chinh" / "ledger"
    old = archive.place / "old"
    old.write_bytes((ledger / "checkpoint").read_bytes())
    for code in range(1, 9):
        archive.run("fonds", "add", "--code", f"P{code}", "--name", f"Phông {code}")
    proof = archive.payload("ledger", "prove", "5")
    growth = archive.payload("ledger", "consistency", old)
    lines = (ledger / "entries.jsonl").read_text("utf-8").splitlines()
    leaf = hashlib.sha256(b"\0" + lines[5].encode()).digest()

    def head(note):
        lines = note.split("\n")
        return {"size": int(lines[1]), "root": lines[2]}

    before, now = old.read_text("utf-8"), proof["checkpoint"]
    path, cons = proof["path"], growth["path"]
    facts = {"entries": lines, "index": 5, "inclusion": path, "consistency": cons}
    facts |= {"old": head(before), "new": head(now), "Vkey": proof["verifier"], "Cp7": before}
    facts |= {"Cp13": now, "Leaf5": base64.b64encode(leaf).decode(), "Incl5": path, "Cons": cons}
    file = archive.place / "facts.json"
    file.write_text(json.dumps(facts), "utf-8")
    return file


def ask_go(archive, facts):
    """Go's sumdb, which must refuse a tampered root too."""
    source = peer_file("tlog_verify.go")
    if not Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").exists():
        raise NotRun("Go's sumdb absent")
    os.environ |= {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}
    os.environ["GOCACHE"] = str(archive.place / "go")
    said = run([tool("go"), "run", str(source), str(facts)]).decode().splitlines()
    demand("inclusion <nil>" in said and "consistency <nil>" in said, str(said))
    demand(any(line.startswith("tampered") and "<nil>" not in line for line in said), str(said))


def ask_pymerkle(facts):
    """pymerkle, which must refuse a tampered root too."""
    said = run([sys.executable, str(ROOT / "Tests/Peers/log.py"), str(facts)]).decode()
    demand(said.strip() == "PASS", said)


def refuse_tampered(archive):
    """We too: a checkpoint with another root is exit 1."""
    lines = (archive.place / "old").read_text("utf-8").split("\n")
    root = bytearray(base64.b64decode(lines[2]))
    root[0] ^= 1
    lines[2] = base64.b64encode(bytes(root)).decode()
    tampered = archive.place / "tampered"
    tampered.write_text("\n".join(lines), "utf-8")
    archive.run("ledger", "verify", "--from", archive.place / "old")
    archive.run("ledger", "verify", "--from", tampered, expected=1)
    archive.run("ledger", "consistency", tampered, expected=1)


def main():
    """Judges the program of the command line."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    luutru = Path(sys.argv[1]).resolve()
    counts = [int(word) for word in sys.argv[2:]] or [1, 2, 3, 7]
    tally = Tally()
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        try:
            java = java_classes(place)
        except NotRun as missing:
            java = print(f"not run: {missing}")
        for count in counts:
            archive = Archive(luutru, place, count)
            check_records(tally, archive, count, java)
        if java:
            tally.check("records of Bouncy Castle", "luutru", check_their_records, archive, java)
        facts = ledger_facts(archive)
        tally.check("ledger", "Go's sumdb", ask_go, archive, facts)
        tally.check("ledger", "pymerkle", ask_pymerkle, facts)
        tally.check("ledger", "luutru, a tampered root", refuse_tampered, archive)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
