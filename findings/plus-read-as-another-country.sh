#!/usr/bin/env bash
# phoneparser 3.0.2 and node-phone 1.0.2, small readers of international phone numbers.
#
# A number that begins with + has its country in it. Both drop the + and guess the country from the digits, as if it could be
# missing: phoneparser makes a Chinese mobile of a number in Bermuda, and both make an American number of one in Belgium. Of
# Google's examples, a landline and a mobile of each country, phoneparser changes a third and node-phone a fifth, without an error.
# Where what comes out is a valid number, a list that was cleaned so calls a stranger. phonumber 1.0.12, as small, has all right.
#
# The documentation of both shows numbers that come out right, and does not mention others. We found no report.
#
# Guessed before it was run: a number with + stays the same number, or is refused.
# Seen: the nine lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund phoneparser@3.0.2 node-phone@1.0.2 phonumber@1.0.12 google-libphonenumber@3.2.47

cat >read.mjs <<'JS'
import google from 'google-libphonenumber';
import { normalizePhone } from 'node-phone';
import phoneparser from 'phoneparser';
import { parsePhoneNumber } from 'phonumber';

const readings = {
  phoneparser(text) {
    const { valid, normalized } = phoneparser.parse(text);
    return valid ? normalized : undefined;
  },
  'node-phone'(text) {
    const { countryCode, phone } = normalizePhone(text);
    return `${countryCode}${phone}`;
  },
  phonumber: (text) => parsePhoneNumber(text).formattedNumber.replaceAll(' ', ''),
};

const util = google.PhoneNumberUtil.getInstance();
const { FIXED_LINE, MOBILE } = google.PhoneNumberType;
const examples = util
  .getSupportedRegions()
  .flatMap((region) => [FIXED_LINE, MOBILE].map((type) => util.getExampleNumberForType(region, type)))
  .filter((number) => number !== null)
  .map((number) => util.format(number, google.PhoneNumberFormat.E164));

for (const [library, read] of Object.entries(readings)) {
  for (const number of ['+14414123456', '+3212345678']) console.log(`${library}: ${number} is ${read(number)}`);
  const others = examples.map(read).filter((number, index) => ![examples[index], undefined].includes(number));
  const valid = others.filter((number) => util.isValidNumber(util.parse(number)));
  console.log(`${library}: ${others.length} of ${examples.length} become another number, ${valid.length} of them a valid one`);
}
JS

node --version
node read.mjs | tee seen
diff seen - <<'SEEN'
phoneparser: +14414123456 is +8614414123456
phoneparser: +3212345678 is +13212345678
phoneparser: 164 of 489 become another number, 62 of them a valid one
node-phone: +14414123456 is +14414123456
node-phone: +3212345678 is +13212345678
node-phone: 106 of 489 become another number, 19 of them a valid one
phonumber: +14414123456 is +14414123456
phonumber: +3212345678 is +3212345678
phonumber: 0 of 489 become another number, 0 of them a valid one
SEEN
