/// What stands in every `verify.sh` of the form `luutru-proof 1`; other bytes would be another form.
enum ProofScriptTexts {
    static let head = #"""
        #!/bin/sh
        # luutru-proof 1
        # Kiểm tra lại từng mắt xích của gói chứng minh này. · Checks every link of this proof again.
        # Cách dùng · Usage: sh verify.sh [GIÂY · SECONDS]
        #   GIÂY: xét dấu thời gian cuối tại giây ấy kể từ 1970, không nêu thì bây giờ
        #   SECONDS: the last time-stamps are judged as of that second since 1970, else now
        # 0: đúng cả · all good   1: có chỗ sai · something is wrong   2: không chạy được · cannot run
        set -u
        LC_ALL=C
        export LC_ALL
        case $0 in */*) cd "${0%/*}/" || exit 2 ;; esac
        for p in openssl sha512sum awk cat cut grep mkdir rm sed sort tail; do
            command -v "$p" >/dev/null || { echo "thiếu · missing: $p" >&2; exit 2; }
        done
        N=${1:-}
        case $N in *[!0-9]*) echo "Cách dùng · Usage: sh verify.sh [GIÂY · SECONDS]" >&2; exit 2 ;; esac
        T=${TMPDIR:-/tmp}/luutru-proof.$$
        mkdir -m 700 "$T" || exit 2
        trap 'rm -rf "$T"' EXIT
        trap 'exit 2' HUP INT TERM
        bad=0
        note() { printf '%s\n' "$1"; }
        check() {
            label=$1
            shift
            if "$@" >/dev/null 2>&1; then
                note "OK           $label"
            else
                note "SAI · WRONG  $label"
                bad=1
            fi
        }
        same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
        digest() { openssl dgst "-$A" -r "$1" 2>/dev/null | cut -d' ' -f1; }
        # nothing lies here but what the list names, itself and this script
        alone() {
            for f in * .[!.]* ..?* */* */.[!.]* */..?* */*/* */*/.[!.]* */*/..?* */*/*/* */*/*/.[!.]* */*/*/..?*; do
                [ -e "$f" ] || [ -h "$f" ] || continue
                case $f in SHA512SUMS | verify.sh) continue ;; esac
                S=; [ -d "$f" ] && [ ! -h "$f" ] && S=/
                F=$f$S S=$S awk '{ n = substr($0, 131) }
                    n == ENVIRON["F"] || ENVIRON["S"] != "" && index(n, ENVIRON["F"]) == 1 { good = 1 }
                    END { exit !good }' SHA512SUMS || return 1
            done
        }
        # hex digits -> bytes
        bytes() {
            printf "$(printf '%s\n' "$1" | awk '{
                h = "0123456789abcdef"
                for (i = 1; i < length($0); i += 2)
                    printf "\\%03o", (index(h, substr($0, i, 1)) - 1) * 16 + index(h, substr($0, i + 1, 1)) - 1
            }')"
        }
        # RFC 4998 4.2: sorted, joined, hashed; one alone goes up as it is
        level() {
            if [ $# = 1 ]; then printf %s "$1"; return; fi
            bytes "$(printf '%s\n' "$@" | sort | while read -r x; do printf %s "$x"; done)" |
                openssl dgst "-$A" -r | cut -d' ' -f1
        }
        # RFC 4998 5.2: FILE CHAINS; after a hash-tree renewal a leaf is over the file and all chains before
        leaf() {
            if [ -z "$2" ]; then digest "$1"; return; fi
            bytes "$(digest "$1")$(digest "$2")" | openssl dgst "-$A" -r | cut -d' ' -f1
        }
        summed() { (cd record && grep -v '/METS\.xml$' "$1" | sha512sum -c -); }
        # METS ATTRIBUTE FILE: the digest of FILE stands in METS beside the attribute that names it
        listed() {
            H=$2 D=$(digest "$3") awk '
                BEGIN { RS = "<"; d = "CHECKSUM=\"" toupper(ENVIRON["D"]) "\"" }
                /^file / { f = $0 }
                /^FLocat / { if (index($0, ENVIRON["H"]) && index(f, d)) good = 1; f = "" }
                END { exit !good }' "$1"
        }
        # SUMS SECONDS CERTIFICATE
        sealed() {
            openssl cms -verify -binary -cades -inform DER -in "$1.p7s" -content "$1" -CAfile "$3" \
                -no-CApath -no-CAstore -partial_chain -purpose any -attime "$2" -out /dev/null
        }
        # TOKEN HASH [SECONDS]
        stamped() {
            openssl ts -verify -token_in -in "$1" -digest "$2" -CAfile "$T/roots" ${3:+-attime "$3"}
        }
        # TOKEN: when the authority says that it stamped
        when() { note "             $(openssl ts -reply -token_in -in "$1" -text 2>/dev/null | sed -n 's/^Time stamp: //p')"; }
        among() {
            x=$1
            shift
            for y in "$@"; do [ "$x" = "$y" ] && return 0; done
            return 1
        }
        # RFC 9162 2.1.1
        node() { { printf '\001'; bytes "$1$2"; } | openssl dgst -sha256 -r | cut -d' ' -f1; }
        certificate() { note "  $1: $(openssl x509 -in "$2" -noout -fingerprint -sha256)"; }
        """#

    /// Where a token holds an OCSP answer (RFC 5940): `openssl ts` reads PKCS #7, which knows lists alone.
    static let answered = #"""
        # RFC 5940: openssl ts cannot read a token with an OCSP answer in it, openssl cms can
        told() {
            openssl cms -verify -binary -cades -inform DER -in "$1" -CAfile "$T/roots" \
                -no-CApath -no-CAstore -purpose timestampsign ${2:+-attime "$2"} -out "$T/info"
        }
        stamped() {
            told "$1" "${3:-}" && openssl asn1parse -inform DER -in "$T/info" | D=$2 awk '
                /d=2 .*OCTET STRING/ && ++n == 1 {
                    sub(/.*:/, "")
                    good = tolower($0) == ENVIRON["D"]
                }
                END { exit !good }'
        }
        when() {
            openssl cms -verify -binary -noverify -inform DER -in "$1" -out "$T/info" 2>/dev/null
            note "             $(openssl asn1parse -inform DER -in "$T/info" | sed -n 's/.*d=1 .*GENERALIZEDTIME *://p')"
        }
        """#

    static let rest = #"""
        note ''
        note 'Không kiểm ở đây · Not checked here (luutru verify):'
        note '  - tuổi của thuật toán và việc thu hồi chứng thư · ages of algorithms, revocation of certificates'
        note '  - report.html, report.json: lời kể của người lập; chỉ những dòng trên được chứng minh · told by who made them; only the lines above are proved'
        note '  - fixity.json là lời của sổ cái chỗ lưu · fixity.json is the archive'"'"'s own word'
        note 'Dấu vân tay phải đúng như cơ quan đã công bố · These fingerprints must be those that are published:'
        """#

    static let tail = #"""
        note ''
        if [ $bad = 0 ]; then
            note 'MỌI MẮT XÍCH ĐỀU ĐÚNG · EVERY LINK HOLDS'
        else
            note 'CÓ CHỖ SAI · SOMETHING IS WRONG'
            note 'Nếu chỉ sai dấu thời gian: chứng thư của nó có thể đã hết hạn, xin kho gói mới.'
            note 'If only time-stamps are wrong: their certificates may have ended, ask the archive for a new proof.'
        fi
        exit $bad
        """#
}
