#!/usr/bin/env bash
# Brings a copy back: `deploy/restore.sh COPY`. Stop the portal first; what stands there is replaced,
# the files that were there before are kept beside it.
set -euo pipefail
copy=$(cd "${1:?Give the folder of one copy}" && pwd)
files=${VAR_DIR:-$(cd "$(dirname "$0")/.." && pwd)/var}
(cd "$copy" && sha256sum --check --quiet checksums)

if [[ -f "$copy/database.dump" ]]; then
  : "${DATABASE_URL:?The copy is of PostgreSQL: DATABASE_URL says where it goes}"
  pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction \
    --dbname="$DATABASE_URL" "$copy/database.dump"
else
  mkdir -p "$files"
  rm -f "$files"/portal.sqlite3-{wal,shm}
  cp "$copy/database.sqlite3" "$files/portal.sqlite3"
fi
mkdir -p "$files"
for name in media private; do
  [[ -e "$files/$name" ]] && mv "$files/$name" "$files/$name.before-$(date -u +%Y%m%dT%H%M%SZ)"
done
tar -xzf "$copy/files.tar.gz" -C "$files"
echo "Restored. Run \`manage.py migrate\`, then start the portal."
