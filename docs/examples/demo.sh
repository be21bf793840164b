#!/usr/bin/env bash
# The main job on the example dossiers: from an empty folder to a bundle that proves itself.
set -euo pipefail
luutru=$(realpath "${1:?usage: demo.sh PATH_OF_LUUTRU}")
examples=$(dirname "$(realpath "$0")")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export LUUTRU_ARCHIVE="$place/kho"
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in en*) english=1 ;; *) english= ;; esac

step() { if [ -n "$english" ]; then printf '\n== %s\n' "$2"; else printf '\n== %s\n' "$1"; fi; }
show() { printf '$ luutru'; printf ' %q' "$@" | sed "s#$place/##g; s#$examples/##g"; printf '\n'; }
run() { show "$@"; "$luutru" "$@"; }
expect() { # STATUS ARGUMENTS...: runs and insists on the exit status
  local wanted=$1 status=0; shift
  show "$@"; "$luutru" "$@" || status=$?
  [ "$status" = "$wanted" ] || { echo "exit $status, expected $wanted" >&2; exit 1; }
  echo "(exit $status)"
}

step "Tạo kho lưu trữ: cấu hình, danh mục, một bản lưu, khóa con dấu." \
     "Make an archive: configuration, catalog, one store, a seal key."
run init "$place/kho" --agency "UBND tỉnh Vĩnh Long" --agency-code H61.12 \
  --fonds-code H61.12 --fonds-name "Phông UBND tỉnh Vĩnh Long"

step "Chạy thử với một hồ sơ có lỗi: mọi lỗi được nêu, không ghi gì." \
     "Try a faulty dossier: every fault is named, nothing is written."
expect 1 package --dry-run "$examples/04-ho-so-co-loi"

step "Đóng gói ba hồ sơ đã kết thúc: kiểm tra, niêm phong, lưu trữ, ghi sổ cái." \
     "Package three completed dossiers: checked, sealed, stored, entered in the ledger."
run package "$examples"/0[123]-*

step "Tình trạng kho." "How the archive stands."
run status

step "Tìm không cần gõ dấu." "Search without typing dấu."
run search quyet dinh chuyen doi so
run search 145/QĐ-UBND

step "Lấy một tài liệu ra; mã băm được kiểm trước khi giao." \
     "Take one document out; its digest is checked before it is handed over."
run get H61.12.2024.01.CĐS 4 -o "$place/quyet-dinh.pdf"
cmp "$place/quyet-dinh.pdf" "$examples"/01-*/*145*.pdf && echo "= $(basename "$(echo "$examples"/01-*/*145*.pdf)")"

step "Kiểm tra cả kho: đọc từng byte." "Audit the whole store: every byte is read."
run audit run

step "Làm hỏng một byte trong BẢN CHÉP của một gói; verify nêu đúng tệp hỏng." \
     "Damage one byte in a COPY of a bundle; verify names the very file."
mkdir "$place/ban-chep"
cp "$(dirname "$(grep -rl --include='*.tar' 'CĐS' "$place/kho/stores" | head -n 1)")"/* "$place/ban-chep/"
tar=$(echo "$place"/ban-chep/*.tar)
run verify "$tar"
offset=$(( $(grep -abo '%PDF-' "$tar" | sed -n '2s/:.*//p') + 2000 ))
byte=$(dd if="$tar" bs=1 skip=$offset count=1 status=none | od -An -tu1 | tr -d ' ')
printf "\\x$(printf %x $(( byte ^ 1 )))" | dd of="$tar" bs=1 seek=$offset conv=notrunc status=none
expect 1 verify "$tar"

step "Xong. Kho thử đã được xóa." "Done. The trial archive has been removed."
