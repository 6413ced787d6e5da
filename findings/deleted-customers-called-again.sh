#!/usr/bin/env bash
# node-dbf 0.4.0 and shapefile 0.6.6, readers of DBF files (dBase, FoxPro), which older customer systems write.
#
# Such a program does not take a deleted record out of the file; it only marks it. The command `node-dbf convert`, which makes CSV of
# a file, and `openDbf` of shapefile give marked records as if nothing had happened, without their mark: customers who left, or who
# asked not to be called, are on the list again. dbffile 1.13.0 and xlsx 0.18.5 leave them out, as the program itself does. node-dbf
# used in code tells the mark as "@deleted", which the caller must look at.
#
# The documentation of the command and of `openDbf` does not mention deleted records. An open change for shapefile would tell the
# mark; we found no report about the command.
#
# Guessed before it was run: each reader gives the two customers who are left.
# Seen: the four lines that this script compares; dbffile also writes the file. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node-dbf@0.4.0 shapefile@0.6.6 dbffile@1.13.0 xlsx@0.18.5

cat >write.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import { DBFFile } from 'dbffile';

const fields = ['NAME', 'PHONE'].map((name) => ({ name, type: 'C', size: 16 }));
const file = await DBFFile.create('customers.dbf', fields);
await file.appendRecords([
  { NAME: 'Wang Lei', PHONE: '+8613012345678' },
  { NAME: 'Li Na', PHONE: '+8613112345678' },
  { NAME: 'Zhao Min', PHONE: '+8613212345678' },
]);

// A record begins with a blank, or with an asterisk once it is deleted.
const bytes = readFileSync('customers.dbf');
bytes[bytes.indexOf('Li Na') - 1] = '*'.charCodeAt(0);
writeFileSync('customers.dbf', bytes);
JS

cat >read.mjs <<'JS'
import { DBFFile } from 'dbffile';
import { openDbf } from 'shapefile';
import xlsx from 'xlsx';

const show = (reader, rows) => console.log(`${reader}: ${rows.map(({ NAME }) => NAME).join(', ')}`);

const rows = [];
const source = await openDbf('customers.dbf');
for (let row = await source.read(); !row.done; row = await source.read()) rows.push(row.value);
show('shapefile', rows);
show('dbffile', await (await DBFFile.open('customers.dbf')).readRecords());
const { Sheets, SheetNames } = xlsx.readFile('customers.dbf');
show('xlsx', xlsx.utils.sheet_to_json(Sheets[SheetNames[0]]));
JS

node --version
node write.mjs
{
  echo "node-dbf: $(npx node-dbf convert customers.dbf 2>/dev/null | tail -n +2 | cut -d '"' -f 2 | paste -s -d ',' | sed 's/,/, /g')"
  node read.mjs
} | tee seen
diff seen - <<'SEEN'
node-dbf: Wang Lei, Li Na, Zhao Min
shapefile: Wang Lei, Li Na, Zhao Min
dbffile: Wang Lei, Zhao Min
xlsx: Wang Lei, Zhao Min
SEEN
