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
for form in ocfl folders zip; do
  "$luutru" export --all -o "$place/$form" --form "$form" >"$place/export-$form.txt"
done
"$python" "$root/Tests/Peers/check_bundles.py" "$LUUTRU_ARCHIVE" \
  "$place/ocfl" "$place/folders" "$place/zip"
