import Cryptography
import Records

/// The texts that stand in a batch's folder: the frozen profile, and how a stranger checks the batch.
package enum BatchTexts {
    /// The profile's name.
    package static let profileName = "luutru-er 1"

    /// `profile`: the same bytes in every batch; another rule is another profile.
    package static let profile = """
        luutru-er 1
        digest: SHA-512
        group: digests of the files of one version, sorted by bytes, each once; one alone is the leaf, more are joined and hashed
        tree: neighbours 0 and 1, 2 and 3, ... sorted, joined, hashed; the last of an odd level goes up as it is
        stamp: the top is the imprint; digestAlgorithm as in the token; no attributes
        reducedHashtree: the group's digests, then one list of one hash for each neighbour on the way up
        time-stamp renewal: a group of H(token) for every token of the last chain, at the end of that chain
        hash-tree renewal: H'(H'(file) || H'(DER of the SEQUENCE of all earlier chains)), a new chain
        encoding: DER, version 1, digests in order of first use, no cryptoInfos, no encryptionInfo

        """

    /// `README.txt` of a batch of so many versions.
    package static func readMe(versions: Int, root: [UInt8]) -> String {
        """
        LÔ BẰNG CHỨNG THỜI GIAN — một dấu thời gian (RFC 3161) cho \(versions) phiên bản hồ sơ.
        BATCH OF EVIDENCE — one time-stamp (RFC 3161) for \(versions) versions of dossiers.

        leaves           SHA-512, mã hồ sơ, phiên bản, tệp · SHA-512, object, version, file
        profile          quy tắc cây băm, không bao giờ đổi · the rule of the hash tree, frozen
        stamps/0001.tst  dấu thời gian, DER · the time-stamp token, DER

        Gốc của cây · Root of the tree (SHA-512):
        \(Hexadecimal.text(of: root))

        1. Tệp nào cũng có thể đối chiếu · Any file can be compared:
             sha512sum urn_uuid_….v1.tar        → dòng trong leaves · a line of leaves
        2. Tính lại gốc, chạy trong thư mục này · Recompute the root, in this folder:
             sh root.sh < leaves                (chép các dòng dưới · copy the lines below)
        3. Dấu thời gian ký đúng gốc ấy · The token is over that root:
             openssl ts -reply -token_in -in stamps/0001.tst -text
             openssl ts -verify -token_in -in stamps/0001.tst -CAfile tsa-root.pem -digest <root>
           Có câu trả lời OCSP bên trong thì · with an OCSP answer inside:
             openssl cms -verify -binary -cades -inform DER -in stamps/0001.tst -CAfile tsa-root.pem \\
               -purpose timestampsign | openssl asn1parse -inform DER
           Chứng thư đã hết hạn: thêm vào, để xét tại lúc đóng dấu · an ended certificate: add this, to judge at
           the hour of stamping:  -attime $(date -d '<Time stamp>' +%s)

        ---- root.sh ----
        \(script(.sha512))---- end ----

        """
    }

    /// Recomputes the root with `sort`, `awk`, `printf` and `openssl`.
    static func script(_ method: DigestMethod) -> String {
        #"""
        octal() { awk '{for(i=1;i<length($0);i+=2)printf "\\%03o",16*(index("0123456789abcdef",substr($0,i,1))-1)+index("0123456789abcdef",substr($0,i+1,1))-1}'; }
        join() { printf "$(octal)" | openssl dgst -\#(method.rawValue) -r | cut -c1-\#(2 * method.byteCount); }
        leaf() { set -- $(printf '%s\n' "$@" | LC_ALL=C sort -u); [ $# = 1 ] && echo "$1" || printf '%s\n' "$@" | join; }
        pair() { printf '%s\n' "$1" "$2" | LC_ALL=C sort | join; }
        level() { while read -r a; do if read -r b; then pair "$a" "$b"; else echo "$a"; fi; done; }
        key=; group=
        nodes=$( { cat; echo; } | while read -r digest object version file; do
          if [ "$object $version" != "$key" ]; then [ -n "$group" ] && leaf $group; group=; key="$object $version"; fi
          group="$group $digest"
        done )
        while [ "$(printf '%s\n' "$nodes" | wc -l)" -gt 1 ]; do nodes=$(printf '%s\n' "$nodes" | level); done
        echo "$nodes"

        """#
    }
}
