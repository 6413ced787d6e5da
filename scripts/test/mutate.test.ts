import { transform } from 'esbuild';
import { describe, expect, test, vi } from 'vitest';
import { replaceByName } from '../support/mutate.js';
import { switched } from '../support/switch.js';

const SOURCE = `
export function twice(value: number): number { return value * 2 }
export async function later({ value }: { value: number }, more = 1): Promise<number> { return value + more; }
const limit = { most: 3 } as const satisfies { most: number };
export const useLimit = () => limit.most;
export const useTwice = (value: number) => twice(value);
class Counter {
  #step = 1; #count = 0;
  #add(by: number): void { this.#count += by * this.#step; }
  count(): number { this.#add(1); return this.#count; }
}
export const count = () => new Counter().count();
`;

interface Module {
  later(params: { value: number }, more?: number): Promise<number>;
  useLimit(): number;
  useTwice(value: number): number;
  count(): number;
}

async function load(name: string, becomes: string): Promise<Module> {
  const { code } = await transform(replaceByName(SOURCE, 'a/module.ts', { name, becomes }), { loader: 'ts' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<Module>;
}

describe('what is replaced by its name', () => {
  test('a function, for its own module too', async () => {
    const { useTwice } = await load('twice', '(original, value) => original(value) + 100');
    expect(useTwice(2)).toBe(104);
  });

  test('an asynchronous function, with its defaults and patterns', async () => {
    const { later } = await load('later', 'async (original, ...args) => (await original(...args)) * 10');
    expect(await later({ value: 2 })).toBe(30);
    expect(await later({ value: 2 }, 3)).toBe(50);
  });

  test('a constant', async () => {
    const { useLimit } = await load('limit', '(original) => ({ most: original.most + 1 })');
    expect(useLimit()).toBe(4);
  });

  test('a private method, whose replacement reaches private names', async () => {
    const { count } = await load('Counter.#add', '(original, by) => { original(by); this.#count += 40; }');
    expect(count()).toBe(41);
  });

  test('a private field', async () => {
    const { count } = await load('Counter.#step', '(original) => original + 6');
    expect(count()).toBe(7);
  });

  test.each(['thrice', 'Counter.#sub', 'counter.count', 'Counter'])('%s is not there: says so', (name) => {
    const replace = () => replaceByName(SOURCE, 'a/module.ts', { name, becomes: '() => 0' });
    expect(replace).toThrow(`a/module.ts must declare ${name} once`);
  });

  test('what is switched: one at a time, or none', async () => {
    const part = { module: 'a/module.ts', name: 'Counter.#add' };
    const [all] = switched([
      { ...part, becomes: '(original, by) => { original(by); this.#count += 40; }' },
      { ...part, becomes: '() => {}' },
    ]);
    const { count } = await load(all!.name, all!.becomes);
    const counts = [undefined, 0, 1].map((replacement) => {
      vi.stubGlobal('replacement', replacement);
      return count();
    });
    vi.unstubAllGlobals();
    expect(counts).toEqual([1, 41, 0]);
  });
});
