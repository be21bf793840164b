#!/usr/bin/env bash
# Packages the example dossiers and lets independent tools judge every bundle and export: run.sh LUUTRU PYTHON
set -euo pipefail
luutru=$(realpath "$1")
python=$2
root=$(realpath "$(dirname "$0")/../..")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export LUUTRU_ARCHIVE="$place/kho"
"$luutru" init "$LUUTRU_ARCHIVE" --agency "UBND tỉnh Vĩnh Long" --agency-code H61.12 \
  --fonds-code H61.12 --fonds-name "Phông UBND tỉnh Vĩnh Long" >"$place/init.txt"
"$luutru" package "$root"/docs/examples/0[123]-* >"$place/package.txt"
# Later states of the first: a title, a description, a file in another's place, more documents, a migration.
id=$("$luutru" list --json | head -n 1 | sed 's/.*"id":"\([^"]*\)".*/\1/')
pdf=$(find "$root/docs/examples/01-quyet-dinh-chuyen-doi-so" -name '*.pdf' | sort | head -n 1)
mkdir "$place/them" "$place/chuyen"
cp "$pdf" "$place/them/Bổ sung.pdf"
cp "$pdf" "$place/chuyen/Bản chuyển.pdf"
cp "$pdf" "$place/Bản thay.pdf"
cp "$pdf" "$place/Bản thay hai.pdf"
printf '\n%%%% lần hai\n' >>"$place/Bản thay hai.pdf"
cat >"$place/them/documents.csv" <<'END'
file,typeName,issuedDate,organName,subject,language,numberOfPage,mode
Bổ sung.pdf,Công văn,01/05/2015,Sở Văn hóa,Bổ sung hồ sơ,Tiếng Việt,3,Công khai
END
{
  "$luutru" amend "$id" --set "title=Hồ sơ đã sửa tiêu đề & <dấu>" --reason "Tiêu đề sai"
  "$luutru" amend "$id" --document 2 --set "subject=Trích yếu đã sửa" --reason "Trích yếu sai"
  "$luutru" amend "$id" --supersede "1=$place/Bản thay.pdf" --document 1 --set numberOfPage=3 --reason "Bản quét mờ"
  "$luutru" amend "$id" --add "$place/them" --reason "Bổ sung tài liệu"
  "$luutru" amend "$id" --add "$place/chuyen" --representation rep2 --derived-from 2 --tool "qpdf 11" --reason "Chuyển định dạng"
  "$luutru" amend "$id" --add "$place/chuyen" --representation rep2 --derived-from 3 --tool "qpdf 11" --reason "Chuyển định dạng"
  "$luutru" amend "$id" --supersede "1=$place/Bản thay hai.pdf" --set "keyword=từ khóa" --reason "Thay lần hai"
} >"$place/amend.txt"
"$luutru" verify "$id" >"$place/verify.txt"
for form in ocfl folders zip; do
  "$luutru" export --all -o "$place/$form" --form "$form" >"$place/export-$form.txt"
done
"$python" "$root/Tests/Peers/check_bundles.py" "$LUUTRU_ARCHIVE" \
  "$place/ocfl" "$place/folders" "$place/zip"
