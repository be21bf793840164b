import Bundles
package import Evidence
package import Records

/// Writes `verify.sh`: a POSIX shell, sha512sum and openssl check every link of a proof again.
package struct ProofScript {
    private let claims: ProofClaims
    private let names: ProofNames
    private let records: [Int: EvidenceRecord]
    private let ledger: ProofOfEntry?
    /// SHA-512 of the list of digests, which no list can hold itself.
    private let list: Digest
    private var lines: [String] = []

    /// Takes what a proof says, its evidence records by version, and its place in the ledger.
    package init(
        _ claims: ProofClaims, _ names: ProofNames, records: [Int: EvidenceRecord],
        ledger: ProofOfEntry?, list: Digest
    ) {
        self.claims = claims
        self.names = names
        self.records = records
        self.ledger = ledger
        self.list = list
    }

    /// The script's bytes; the same proof has the same script.
    package func bytes() throws -> [UInt8] {
        var script = self
        script.lines = []
        script.lines.append(Self.head)
        script.checkList()
        script.checkSums()
        script.checkSeals()
        for (version, record) in records.sorted(by: { $0.key < $1.key }) {
            script.lines += try ProofEvidenceLines(
                names, version: version, record, isWhole: claims.document == nil
            ).lines()
        }
        if let ledger { script.lines += ledger.lines(for: names) }
        script.lines.append(Self.tail)
        return Array(script.lines.map { $0 + "\n" }.joined().utf8)
    }

    private mutating func checkList() {
        lines.append("A=sha512")
        lines.append(
            "check 'danh sách · the list' same \(list.hex) \"$(hash \(ProofNames.list))\"")
        lines.append(
            "check 'mọi tệp · every file' sha512sum -c --quiet --strict \(ProofNames.list)")
    }

    private mutating func checkSums() {
        guard let document = claims.document else {
            for version in claims.versions.map(\.number) {
                lines.append("check '.sums v\(version)' sums \(names.layout.at(version).sums)")
            }
            return
        }
        let mets = ProofNames.record(BundleLayout.mets)
        let sums = ProofNames.record(names.layout.sums)
        let name = names.layout.entry(BundleLayout.mets).text
        lines.append(
            "check 'METS.xml' grep -qxF \"$(hash \(mets))  \(name)\" \(sums)")
        lines.append("A=sha256")
        let inner = ProofNames.record(document.mets)
        lines.append(
            "check '\(document.mets)' listed \(mets) \(Self.quoted(document.mets)) \(inner)")
        let href = String(document.path.dropFirst(Self.folder(of: document.mets).utf8.count))
        lines.append(
            "check 'tài liệu · the document' listed \(inner) \(Self.quoted(href)) "
                + Self.quoted(ProofNames.record(document.path)))
        lines.append("A=sha512")
    }

    private mutating func checkSeals() {
        for version in claims.versions {
            let sums = ProofNames.record(names.layout.at(version.number).sums)
            lines.append("check 'dấu niêm · seal v\(version.number)' sealed \(sums) \(version.sealed.seconds)")
        }
    }

    /// A path's folder with its slash.
    private static func folder(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)])
    }

    /// A word that the shell takes as it is.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            + "'"
    }

    private static let head = #"""
        #!/bin/sh
        # luutru-proof 1
        # Kiểm tra lại mọi mắt xích của gói chứng minh này, chỉ với sh, sha512sum và openssl.
        # Checks every link of this proof again, with nothing but sh, sha512sum and openssl.
        # 0: đúng cả · all good   1: có chỗ sai · something is wrong   2: không chạy được · cannot run
        set -u
        LC_ALL=C
        export LC_ALL
        cd "$(dirname "$0")" || exit 2
        command -v openssl >/dev/null && command -v sha512sum >/dev/null || exit 2
        T=$(mktemp -d) || exit 2
        trap 'rm -rf "$T"' EXIT
        bad=0
        check() {
            label=$1
            shift
            if "$@" >/dev/null 2>&1; then printf 'OK   %s\n' "$label"; else
                printf 'SAI · WRONG   %s\n' "$label"
                bad=1
            fi
        }
        same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
        hash() { openssl dgst -"$A" -r "$1" | cut -d' ' -f1; }
        # hex -> bytes
        bytes() {
            h=$1
            while [ -n "$h" ]; do
                r=${h#??}
                printf "\\$(printf %03o "0x${h%"$r"}")"
                h=$r
            done
        }
        # RFC 4998 4.2: sorted, joined, hashed; one alone goes up as it is
        join() {
            if [ $# = 1 ]; then printf %s "$1"; return; fi
            for x in "$@"; do printf '%s\n' "$x"; done | sort | while read -r x; do bytes "$x"; done |
                openssl dgst -"$A" -r | cut -d' ' -f1
        }
        # RFC 4998 5.2: after a hash-tree renewal a leaf is over the file and all chains before
        leaf() {
            x=$(hash "$1")
            if [ -z "$2" ]; then printf %s "$x"; return; fi
            y=$(hash "$2")
            { bytes "$x"; bytes "$y"; } | openssl dgst -"$A" -r | cut -d' ' -f1
        }
        sums() { (cd record && grep -v '/METS\.xml$' "$1" | sha512sum -c --quiet --strict -); }
        # METS HREF FILE: the digest of FILE stands in METS beside HREF
        listed() {
            x=$(hash "$3" | tr abcdef ABCDEF)
            awk -v h="xlink:href=\"$2\"" -v c="CHECKSUM=\"$x\"" \
                'index($0, h) && (index($0, c) || index(p, c)) { f = 1 } { p = $0 } END { exit !f }' "$1"
        }
        sealed() {
            openssl cms -verify -binary -cades -inform DER -in "$1.p7s" -content "$1" \
                -CAfile certificates/seal.pem -purpose any -attime "$2" -out /dev/null
        }
        # TOKEN HASH [INSTANT]
        stamped() {
            if [ $# = 3 ]; then
                openssl ts -verify -token_in -in "$1" -digest "$2" -CAfile evidence/tsa-root.pem -attime "$3"
            else
                openssl ts -verify -token_in -in "$1" -digest "$2" -CAfile evidence/tsa-root.pem
            fi
        }
        among() {
            x=$1
            shift
            for y in "$@"; do [ "$x" = "$y" ] && return 0; done
            return 1
        }
        node() { { printf '\001'; bytes "$1"; bytes "$2"; } | openssl dgst -sha256 -r | cut -d' ' -f1; }
        """#

    private static let tail = #"""
        if [ $bad = 0 ]; then
            echo 'MỌI MẮT XÍCH ĐỀU ĐÚNG · EVERY LINK HOLDS (report.html)'
        else
            echo 'CÓ CHỖ SAI · SOMETHING IS WRONG'
        fi
        exit $bad
        """#
}
