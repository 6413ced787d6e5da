#!/usr/bin/env bash
# react-international-phone 4.8.0, a field of a form for phone numbers (react 18.3.1, jsdom 24.1.3).
#
# Chinese customers are often stored as people there write them, with eleven digits that begin with 1. The field takes any digits for
# a number with its country code, whatever `defaultCountry` says: a form that is only opened on such a record shows the flag of
# America and reports +13105550101 as a change at once, with no key pressed. Saving it moves a customer from China to
# California, and a list of these calls a stranger. The same happens if the browser fills in the number; typed digit by digit, it is
# right. react-phone-number-input 3.4.18 changes nothing by itself, and takes what is filled in for a number of China.
#
# Wrong countries after filling in are known, and were thought to be mended in 4.0. We found nothing of a form that is only opened.
#
# Guessed before it was run: the field shows and reports +86 131 0555 0101, or reports nothing.
# Seen: the six lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund react@18.3.1 react-dom@18.3.1 react-international-phone@4.8.0 \
  react-phone-number-input@3.4.18 jsdom@24.1.3 @testing-library/react@14.3.1

cat >form.cjs <<'JS'
const { JSDOM } = require('jsdom');

const { window } = new JSDOM('', { url: 'http://localhost', pretendToBeVisual: true });
for (const name of ['document', 'navigator', 'HTMLElement', 'HTMLInputElement', 'Node', 'MutationObserver'])
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
globalThis.window = window;

const { createElement, useState } = require('react');
const { cleanup, fireEvent, render } = require('@testing-library/react');
const International = require('react-international-phone').PhoneInput;
const NumberInput = require('react-phone-number-input').default;

const NUMBER = '13105550101';

function Form({ field, country, stored, reported }) {
  const [value, setValue] = useState(stored);
  const onChange = (next) => {
    reported.push(next);
    setValue(next);
  };
  return createElement(field, { defaultCountry: country, value, onChange });
}

/** What the form has in the end if a person does this in it. */
function inForm([name, field, country], what, stored, act) {
  const reported = [];
  const { container } = render(createElement(Form, { field, country, stored, reported }));
  const input = container.querySelector('input');
  act((value) => fireEvent.change(input, { target: { value } }), input);
  console.log(`${name}, ${what}: ${reported.at(-1) ?? 'no change'}`);
  cleanup();
}

for (const form of [
  ['react-international-phone', International, 'cn'],
  ['react-phone-number-input', NumberInput, 'CN'],
]) {
  inForm(form, 'opened', NUMBER, () => {});
  inForm(form, 'filled in', '', (set) => set(NUMBER));
  inForm(form, 'typed', '', (set, input) => {
    for (const digit of NUMBER) set(input.value + digit);
  });
}
process.exit();
JS

node --version
node form.cjs 2>/dev/null | tee seen
diff seen - <<'SEEN'
react-international-phone, opened: +13105550101
react-international-phone, filled in: +13105550101
react-international-phone, typed: +8613105550101
react-phone-number-input, opened: no change
react-phone-number-input, filled in: +8613105550101
react-phone-number-input, typed: +8613105550101
SEEN
