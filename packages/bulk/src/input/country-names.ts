import { callingCodeOf, getCountries } from '../numbers/index.js';

/** Names that people write, and their standard does not have. */
const OTHERS: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  uae: 'AE',
  'hong kong': 'HK',
  香港: 'HK',
  中国香港: 'HK',
  macau: 'MO',
  macao: 'MO',
  澳门: 'MO',
  澳門: 'MO',
  中国澳门: 'MO',
  中国台湾: 'TW',
  korea: 'KR',
  russia: 'RU',
  中国大陆: 'CN',
};

let names: Map<string, string> | undefined;

/** The calling code of a country, by its two letters or its name in English or Chinese, such as 1 for `US` and 美国. */
export function callingCodeNamed(value: string): string | undefined {
  names ??= namesOfCountries();
  const wanted = value.trim().toLowerCase();
  return callingCodeOf(names.get(wanted));
}

function namesOfCountries(): Map<string, string> {
  const found = new Map(Object.entries(OTHERS));
  const languages = ['en', 'zh-Hans', 'zh-Hant'].map(
    (language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }),
  );
  for (const code of getCountries()) {
    found.set(code.toLowerCase(), code);
    for (const language of languages) {
      const name = language.of(code);
      if (name !== undefined) found.set(name.toLowerCase(), code);
    }
  }
  return found;
}
