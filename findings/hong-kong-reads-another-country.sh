#!/usr/bin/env bash
# google-libphonenumber 3.2.47, awesome-phonenumber 7.8.0 and libphonenumber-js 1.13.16, with Hong Kong as the country of a list.
#
# The service takes numbers with 00 and the country code. In Hong Kong, calls abroad may begin with 001, 006, 008 or 009, so these
# libraries take the first digit of the country code for the end of such a prefix, and read another country out of the rest:
# 00 1 201-555-0123 becomes a number of Egypt, a mobile of the Philippines a landline in Italy, both valid. Of Google's own example
# numbers, 45 would call a stranger abroad; others, such as those of mainland China, become invalid and fall out. The very form is
# what the libraries write for calls from Hong Kong, so they do not read what they write. No other country has this.
#
# To reports of 00, Google's maintainers answer that it is not a + everywhere; such prefixes of Hong Kong were added on purpose. We
# found no report of valid numbers of other countries.
#
# Guessed before it was run: what a library writes for calls from a country, it reads again as the same number, in every country.
# Seen: the seven lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund google-libphonenumber@3.2.47 awesome-phonenumber@7.8.0 libphonenumber-js@1.13.16

cat >abroad.mjs <<'JS'
import { parsePhoneNumber as parseAwesome } from 'awesome-phonenumber';
import google from 'google-libphonenumber';
import { parsePhoneNumberFromString as parseJs } from 'libphonenumber-js/max';

const util = google.PhoneNumberUtil.getInstance();
const { E164 } = google.PhoneNumberFormat;
const { FIXED_LINE, MOBILE } = google.PhoneNumberType;

const readings = {
  'google-libphonenumber': (text, country) => {
    try {
      const number = util.parse(text, country);
      return { e164: util.format(number, E164), valid: util.isValidNumber(number), of: util.getRegionCodeForNumber(number) };
    } catch {
      return {};
    }
  },
  'awesome-phonenumber': (text, regionCode) => {
    const { number, valid, regionCode: of } = parseAwesome(text, { regionCode });
    return { e164: number?.e164, valid, of };
  },
  'libphonenumber-js': (text, country) => {
    const number = parseJs(text, country);
    return { e164: number?.number, valid: number?.isValid(), of: number?.country };
  },
};

for (const [library, read] of Object.entries(readings))
  for (const number of ['+12015550123', '+639051234567']) {
    const text = util.formatOutOfCountryCallingNumber(util.parse(number), 'HK');
    const { e164, valid, of } = read(text, 'HK');
    console.log(`${library}: ${text} is ${e164}, a ${valid ? 'valid' : 'wrong'} number of ${of}`);
  }

const regions = util.getSupportedRegions();
const strangers = {};
for (const from of regions)
  for (const to of regions)
    for (const type of [FIXED_LINE, MOBILE]) {
      const example = util.getExampleNumberForType(to, type);
      if (example === null || from === to) continue;
      const text = util.formatOutOfCountryCallingNumber(example, from);
      const { e164, valid } = readings['google-libphonenumber'](text, from);
      if (valid && e164 !== util.format(example, E164)) strangers[from] = (strangers[from] ?? 0) + 1;
    }
console.log('valid numbers of somebody else, by the country that calls:', strangers);
JS

node --version
node abroad.mjs | tee seen
diff seen - <<'SEEN'
google-libphonenumber: 00 1 201-555-0123 is +2015550123, a valid number of EG
google-libphonenumber: 00 63 905 123 4567 is +39051234567, a valid number of IT
awesome-phonenumber: 00 1 201-555-0123 is +2015550123, a valid number of EG
awesome-phonenumber: 00 63 905 123 4567 is +39051234567, a valid number of IT
libphonenumber-js: 00 1 201-555-0123 is +2015550123, a valid number of EG
libphonenumber-js: 00 63 905 123 4567 is +39051234567, a valid number of IT
valid numbers of somebody else, by the country that calls: { HK: 45 }
SEEN
