#!/usr/bin/env bash
# windows-iana 5.1.0 on Node.js 20.20 (its tz data: 2025c).
#
# Calendars and Outlook name time zones as Windows does. If you turn such a name into the `TimeZone` of a campaign with this
# library and take the first name it gives, two zones are an hour off: calls begin and end at the wrong hour.
#
# - "Central Asia Standard Time" is UTC+6 in Windows. The first name given is Asia/Almaty, which has been UTC+5 since March 2024.
#   Asia/Urumqi, further down the list, is right.
# - "Mountain Standard Time (Mexico)" is UTC-7 in Windows. The first name given is America/Chihuahua, which has been UTC-6 since
#   October 2022. America/Mazatlan, further down the list, is right.
#
# Guessed before it was run: the first name is always the one with the offset of Windows.
# Seen: the two lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund windows-iana@5.1.0

cat >zones.mjs <<'JS'
import { findIana } from 'windows-iana';

const at = new Date('2026-11-29T00:00:00Z');
const offsetOf = (timeZone) =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName').value;

for (const [windows, expected] of [
  ['Central Asia Standard Time', 'GMT+06:00'],
  ['Mountain Standard Time (Mexico)', 'GMT-07:00'],
]) {
  const names = findIana(windows);
  const right = names.find((name) => offsetOf(name) === expected);
  console.log(`${windows}, ${expected}: first ${names[0]} ${offsetOf(names[0])}, right ${right}`);
}
JS

node -p '`Node.js ${process.version}, tz ${process.versions.tz}`'
node zones.mjs | tee seen
diff seen - <<'SEEN'
Central Asia Standard Time, GMT+06:00: first Asia/Almaty GMT+05:00, right Asia/Urumqi
Mountain Standard Time (Mexico), GMT-07:00: first America/Chihuahua GMT-06:00, right America/Mazatlan
SEEN
