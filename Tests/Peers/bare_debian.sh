#!/usr/bin/env bash
# Lets verify.sh of proofs run in a Debian of essential packages, mawk and openssl: bare_debian.sh LUUTRU
# Exit 77 where no such Debian can be made (no Debian, no network, no right to change the root folder).
set -euo pipefail
luutru=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

absent() { echo "not run: $1" && exit 77; }
essential="base-files base-passwd coreutils dash debianutils diffutils findutils grep gzip hostname libc-bin
  ncurses-bin perl-base sed tar util-linux mawk openssl libssl3 libc6 libgmp10 libacl1 libattr1 libselinux1
  libpcre2-8-0 libtinfo6 libcrypt1 zlib1g libgcc-s1 gcc-12-base busybox gawk libreadline8 libmpfr6 libsigsegv2"
mkdir "$place/packages" "$place/debian"
# shellcheck disable=SC2086
(cd "$place/packages" && apt-get download -qq $essential >/dev/null 2>&1) || absent "packages of Debian 12 absent"
for package in "$place"/packages/*.deb; do dpkg-deb -x "$package" "$place/debian"; done
enter="chroot"
[ "$(id -u)" = 0 ] || enter="unshare --map-root-user chroot"
# What a package's installation would link: the one awk of a bare Debian.
ln -s /usr/bin/mawk "$place/debian/usr/bin/awk"
$enter "$place/debian" /bin/sh -c 'openssl version' >"$place/version" 2>&1 || absent "chroot refused"
echo "bare Debian $(cat "$place/debian/etc/debian_version"), $(cat "$place/version")"

export LUUTRU_ARCHIVE="$place/kho"
"$luutru" init "$LUUTRU_ARCHIVE" --agency "UBND tỉnh Vĩnh Long" --agency-code H61.12 \
  --fonds-code H61.12 --fonds-name "Phông UBND tỉnh Vĩnh Long" --trial-tsa >"$place/log"
"$luutru" package "$root/docs/examples/01-quyet-dinh-chuyen-doi-so" >>"$place/log"
code=$("$luutru" list --json | head -n 1 | sed 's/.*"id":"\([^"]*\)".*/\1/')
"$luutru" amend "$code" --set "title=Hồ sơ đã sửa" --reason "Tiêu đề sai" >>"$place/log"
"$luutru" evidence stamp >>"$place/log"
"$luutru" evidence renew --force >>"$place/log"
"$luutru" evidence renew --hash-tree --force >>"$place/log"
"$luutru" proof "$code" -o "$place/whole.zip" >>"$place/log"
"$luutru" proof "$code" 2 -o "$place/one.zip" >>"$place/log"

failed=0
judge() { # NAME EXPECTED: runs the script of a folder in the bare system
  local status=0
  $enter "$place/debian" /usr/bin/env -i PATH=/usr/bin:/bin sh -c "cd /proof/* && sh verify.sh" \
    >"$place/said" 2>&1 || status=$?
  if [ "$status" = "$2" ]; then
    echo "passed: $1: exit $status"
  else
    echo "FAILED: $1: exit $status" && cat "$place/said" && failed=1
  fi
}
unpacked() { rm -rf "$place/debian/proof" && python3 -m zipfile -e "$1" "$place/debian/proof"; }

for proof in whole one; do
  # Every file of the dossier's proof is changed by the tests of the program; here some of each kind are.
  unpacked "$place/$proof.zip"
  for awk in "/usr/bin/mawk" "/usr/bin/gawk" "/bin/busybox"; do
    ln -sf "$awk" "$place/debian/usr/bin/awk"
    judge "$proof, $awk" 0
  done
  ln -sf /usr/bin/mawk "$place/debian/usr/bin/awk"
  # One byte of every file, at a third of it.
  while read -r file; do
    size=$(stat -c %s "$file")
    python3 - "$file" $((size / 3)) <<'END'
import sys
with open(sys.argv[1], "r+b") as f:
    f.seek(int(sys.argv[2])); b = f.read(1); f.seek(-1, 1); f.write(bytes([b[0] ^ 1]))
END
    judge "$proof, ${file##*/debian/proof/*/} changed" 1
    unpacked "$place/$proof.zip"
  done < <(find "$place/debian/proof" -type f ! -name verify.sh ! -name '*.tst' ! -path '*v1*' | sort)
done
exit $failed
