#!/usr/bin/env bash
# Saves database and files: `deploy/backup.sh FOLDER`. Needs DATABASE_URL (or SQLite in VAR_DIR).
# Keeps the newest KEEP copies (14). Ends with an error when anything is missing from the copy.
set -euo pipefail
folder=${1:?Give the folder for the copies}
files=${VAR_DIR:-$(cd "$(dirname "$0")/.." && pwd)/var}
keep=${KEEP:-14}
stamp=$(date -u +%Y-%m-%dT%H%M%SZ)
copy="$folder/$stamp.part"
umask 077
mkdir -p "$copy"

if [[ "${DATABASE_URL:-}" == postgres* ]]; then
  pg_dump --format=custom --no-owner --file="$copy/database.dump" "$DATABASE_URL"
  pg_restore --list "$copy/database.dump" >/dev/null
else
  # SQLite's own copy waits for writers; copying the file would not.
  python3 - "$files/portal.sqlite3" "$copy/database.sqlite3" <<'PYTHON'
import sqlite3, sys
source, target = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(sys.argv[2])
source.backup(target)
assert target.execute("PRAGMA integrity_check").fetchone() == ("ok",)
PYTHON
fi
# After the database: a file without a row does no harm, a row without a file does.
mkdir -p "$files/media" "$files/private"
tar -czf "$copy/files.tar.gz" -C "$files" media private
tar -tzf "$copy/files.tar.gz" >/dev/null
(cd "$copy" && sha256sum ./* >checksums)
mv "$copy" "$folder/$stamp"
find "$folder" -mindepth 1 -maxdepth 1 -type d -name '20*Z' | sort | head -n "-$keep" | xargs -r rm -rf
echo "$folder/$stamp"
