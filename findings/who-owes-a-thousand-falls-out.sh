#!/usr/bin/env bash
# export-to-csv 1.5.0, a writer of CSV.
#
# With `decimalSeparator: 'locale'`, it writes numbers as the machine's language does: 1,234.5 in English and in Chinese. It quotes
# texts that have the delimiter in them, but no numbers, so this one becomes two columns. Only lines of people who owe a thousand or
# more are broken. A careful program refuses or leaves out these lines, and nobody calls who owes most; another one takes the 1 for
# the amount, and the rest for the column behind it, such as the number to call. `decimalSeparator: ','` does the same to each
# fraction. In a test with small amounts, all is well.
#
# The documentation says of texts that the delimiter is always quoted, and of numbers nothing. We found no report of this.
#
# Guessed before it was run: the number is in quotes, as a text with a comma is.
# Seen: the five lines that this script compares, read by papaparse 5.5.3. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund export-to-csv@1.5.0 papaparse@5.5.3

cat >export.mjs <<'JS'
import { asString, generateCsv, mkConfig } from 'export-to-csv';
import papaparse from 'papaparse';

const list = [
  { name: 'Wang, Lei', amount: 999.5, phone: '+8613012345678' },
  { name: 'Li, Na', amount: 1234.5, phone: '+8613112345678' },
];
const csv = asString(generateCsv(mkConfig({ useKeysAsHeaders: true, useBom: false, decimalSeparator: 'locale' }))(list));
console.log(csv.trim());
for (const { amount, phone } of papaparse.parse(csv.trim(), { header: true }).data) console.log({ amount, phone });
JS

node --version
LC_ALL=zh_CN.UTF-8 node export.mjs | tr -d '\r' | tee seen
diff seen - <<'SEEN'
"name","amount","phone"
"Wang, Lei",999.5,"+8613012345678"
"Li, Na",1,234.5,"+8613112345678"
{ amount: '999.5', phone: '+8613012345678' }
{ amount: '1', phone: '234.5' }
SEEN
