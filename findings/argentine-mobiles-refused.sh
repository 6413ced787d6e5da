#!/usr/bin/env bash
# phone 3.1.72, a validator of phone numbers.
#
# From abroad, a mobile in Argentina is dialled with a 9 behind the country code: +54 9 11 2345 6789. Without the 9, the same digits
# are the number of a landline, with another subscriber. The library refuses the mobile, and takes the landline for a mobile.
# Lists that are cleaned with it lose every Argentine mobile; "repaired" by taking out the 9, they call somebody else.
# google's libphonenumber (awesome-phonenumber 7.8.0) has it the right way round.
#
# Guessed before it was run: both forms are taken, and come out as the same number.
# Seen: the four lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund phone@3.1.72 awesome-phonenumber@7.8.0

cat >argentina.mjs <<'JS'
import { phone } from 'phone';
import { parsePhoneNumber } from 'awesome-phonenumber';

for (const number of ['+54 9 11 2345 6789', '+54 11 2345 6789']) {
  const { isValid, phoneNumber } = phone(number, { country: 'ARG' });
  console.log(`phone: ${number} ${isValid ? `is the mobile ${phoneNumber}` : 'is refused'}`);
  const { valid, type } = parsePhoneNumber(number);
  console.log(`libphonenumber: ${number} ${valid ? `is of type ${type}` : 'is refused'}`);
}
JS

node --version
node argentina.mjs | tee seen
diff seen - <<'SEEN'
phone: +54 9 11 2345 6789 is refused
libphonenumber: +54 9 11 2345 6789 is of type mobile
phone: +54 11 2345 6789 is the mobile +541123456789
libphonenumber: +54 11 2345 6789 is of type fixed-line
SEEN
