import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { asCurl } from '../page/src/copies.js';
import { maskJson, maskText } from '../page/src/mask.js';
import { recipesFor } from '../page/src/recipes.js';
import { readNews, rows } from '../page/src/state.js';

const page = await readFile(new URL('../../../docs/mock.md', import.meta.url), 'utf8');
const place = { url: 'http://127.0.0.1:PORT', secretId: 'AKIDmock', secretKey: 'mock-secret-key' };
const recipes = recipesFor(place);

test('docs/mock.md has what the page says for the official SDK for Node.js', () => {
  const { text } = recipes.find(({ name }) => name.startsWith('Node.js'))!;
  expect(page).toContain(`\n${text}\`\`\``);
});

test('there is a recipe for this SDK, for four official ones, and for curl', () => {
  expect(recipes.map(({ name }) => name.split(' ')[0])).toEqual([
    'TypeScript',
    'Node.js',
    'Python',
    'Go',
    'Java',
    'curl',
  ]);
  for (const { text } of recipes) expect(text).toContain('127.0.0.1:PORT');
});

test('the shell takes a body with anything in it', () => {
  const request = { action: 'A', version: '1', service: 'ccc', body: `it's "$HOME" \`id\` \\` };
  expect(asCurl('http://mock', request)).toContain(String.raw`body='it'\''s "$HOME" ` + "`id` \\'\n");
});

test.each([
  ['008613012345678', '•••••••••••••78'],
  ['call +86 (130) 1234-5678 now', 'call +•• (•••) ••••-••78 now'],
  ['A1 with 12 of 3456', 'A1 with 12 of 3456'],
  ['138/1234/5678', '•••/••••/••78'],
  ['1381·2345678', '••••·•••••78'],
  ['１３８１２３４５６７８', '•••••••••７８'],
  ['1 3 8 1 2 3 4 5 6 7 8', '• • • • • • • • • 7 8'],
])('%j is shown as %j', (text, shown) => {
  expect(maskText(text)).toBe(shown);
});

test('in JSON, texts and names are masked, and numbers that must be phone numbers', () => {
  const given = {
    SdkAppId: 1400123455,
    NotBefore: 1642500621,
    Callees: ['13012345678', 13012345678],
    Number: 13012345678,
    CalleeList: [{ Id: 13012345678 }],
    '13012345678': { UUI: 'x 13012345678' },
  };
  expect(maskJson(given)).toEqual({
    SdkAppId: 1400123455,
    NotBefore: 1642500621,
    Callees: ['•••••••••78', '•••••••••78'],
    Number: '•••••••••78',
    CalleeList: [{ Id: '•••••••••78' }],
    '•••••••••78': { UUI: 'x •••••••••78' },
  });
});

test('the page has each request once, also if it asks twice at once', async () => {
  const all = [1, 2, 3];
  vi.stubGlobal('fetch', (path: string) => {
    const after = Number(new URL(path, 'http://mock').searchParams.get('after'));
    const news = all.slice(after, after + 2).map((sequence) => [sequence]);
    return Promise.resolve(Response.json({ run: 'a', nowMs: 0, requests: 3, rows: news, seconds: {} }));
  });
  expect(await Promise.all([readNews(), readNews()])).toEqual([true, false]);
  expect(rows.value.map(([sequence]) => sequence)).toEqual(all);
  vi.unstubAllGlobals();
});
