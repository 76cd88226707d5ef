#!/bin/sh
# Makes staff/static from its sources. Needs Node; nobody else does, since the result is committed.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
out=../static
mkdir -p "$out" ../../tests/staff/vendor
npx sass --no-source-map --style=compressed --quiet-deps --load-path=. scss/putokaz.scss "$out/putokaz.css"
cp js/*.js favicon.svg "$out/"
grep -v '^//# sourceMappingURL' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > "$out/govuk-frontend.min.js"
grep -v '^//# sourceMappingURL' node_modules/htmx.org/dist/htmx.min.js > "$out/htmx.min.js"
cp node_modules/axe-core/axe.min.js ../../tests/staff/vendor/axe.min.js
{
  # The first two packages ship without their notice: it is kept here, as in their repositories.
  printf '== govuk-frontend 6.6.0\n\n'; cat LICENSE-govuk-frontend.txt
  printf '\n== @ministryofjustice/frontend 11.1.0\n\n'; cat LICENSE-moj-frontend.txt
  printf '\n== htmx.org 4.0.1\n\n'; cat node_modules/htmx.org/LICENSE
} > "$out/LICENSES.txt"
( cd "$out" && LC_ALL=C sha256sum * ) > SHA256SUMS
( cd ../../tests/staff/vendor && sha256sum axe.min.js ) | sed 's|axe|../../tests/staff/vendor/axe|' >> SHA256SUMS
