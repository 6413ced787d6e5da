#!/usr/bin/env bash
# json-2-csv 5.6.0, a writer of CSV.
#
# Its option `preventCsvInjection` keeps spreadsheets from taking a value for a formula, by deleting the signs that the value begins
# with. It leaves +13105550101 alone, since that is a number, but takes the "+" off the same number with blanks. Without it,
# 1 310 555 0101 is a number of whatever country the list is in, China for instance: the same export with the same option writes
# one line right, and makes a stranger of the other.
#
# Guessed before it was run: an apostrophe is put before the sign, as papaparse's `escapeFormulae` does, and the number stays whole.
# Seen: the two lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund json-2-csv@5.6.0 papaparse@5.5.3

cat >export.mjs <<'JS'
import { json2csv } from 'json-2-csv';
import papaparse from 'papaparse';

const list = [{ phone: '+13105550101' }, { phone: '+1 310 555 0101' }];
console.log(json2csv(list, { preventCsvInjection: true }).split('\n').slice(1));
console.log(papaparse.unparse(list, { escapeFormulae: true }).split('\r\n').slice(1));
JS

node --version
node export.mjs | tee seen
diff seen - <<'SEEN'
[ '+13105550101', '1 310 555 0101' ]
[ `"'+13105550101"`, `"'+1 310 555 0101"` ]
SEEN
