import xterm from '@xterm/headless';
import { describe, expect, test, vi } from 'vitest';
import { FakeClock } from '../../core/test/support/fake-clock.js';
import { Progress } from '../src/cli/progress.js';
import { runLine } from '../src/cli/status-line.js';
import type { BulkEvent, Counts } from '../src/index.js';
import { atEnd } from './support.js';

const none = { chunks: 0, callees: 0 };

/** Counts of a run of 100 chunks of 10 numbers. */
function countsOf(done: number, own: Partial<Counts> = {}): Counts {
  return {
    refused: none,
    unknown: none,
    sending: none,
    accepted: { chunks: done, callees: 10 * done },
    planned: { chunks: 100 - done, callees: 1_000 - 10 * done },
    ...own,
  };
}

const chunk = (counts: Counts): BulkEvent => ({
  type: 'chunk',
  chunk: 1,
  callees: 10,
  state: { state: 'accepted', id: '1' },
  by: 'run',
  counts,
});

const planned: BulkEvent = {
  type: 'planned',
  lines: 1_000,
  callees: 1_000,
  chunks: 100,
  leftOut: {},
  warnings: [],
  counts: countsOf(0),
};

const paused: BulkEvent = { type: 'paused', code: 'ConnectionRefused', waitMs: 8_000, givesUpInMs: 50_000 };

/** A real terminal of so many columns, without a screen, and what it shows. */
function terminalOf(columns: number) {
  const terminal = new xterm.Terminal({ cols: columns, rows: 30, allowProposedApi: true });
  const listeners = new Set<() => void>();
  vi.stubEnv('TERM', 'xterm');
  atEnd(async () => void vi.unstubAllEnvs());
  const clock = new FakeClock();
  const written: string[] = [];
  const screen = {
    isTTY: true,
    columns,
    write: (text: string) => {
      written.push(text);
      terminal.write(text.replaceAll('\n', '\r\n'));
    },
    on: (_event: 'resize', listener: () => void) => listeners.add(listener),
    off: (_event: 'resize', listener: () => void) => listeners.delete(listener),
  };
  const progress = new Progress(screen, { clock });
  atEnd(async () => progress.clear());
  const settled = () => new Promise<void>((resolve) => terminal.write('', resolve));
  return {
    clock,
    screen,
    written,
    listeners,
    progress,
    /** The rows that have something in them. */
    rows: async () => {
      await settled();
      const buffer = terminal.buffer.active;
      return Array.from({ length: buffer.length }, (_, at) =>
        buffer.getLine(at)!.translateToString(true),
      ).filter((row) => row !== '');
    },
    resize: async (to: number) => {
      await settled();
      terminal.resize(to, 30);
      screen.columns = to;
      for (const listener of listeners) listener();
    },
  };
}

describe('on a terminal, progress', () => {
  test.each([20, 80, 200])('of %i columns is one row, whatever it says', async (columns) => {
    const { clock, progress, rows } = terminalOf(columns);
    progress.show({ type: 'planning', lines: 1_234_567 });
    expect(await rows()).toHaveLength(1);
    progress.show(planned);
    const above = (await rows()).length;
    for (let done = 1; done <= 20; done++) {
      await clock.advance(500);
      progress.show(chunk(countsOf(done, { unknown: { chunks: 1, callees: 12_345 } })));
      expect(await rows()).toHaveLength(above + 1);
    }
    progress.show(paused);
    expect(await rows()).toHaveLength(above + 1);
    progress.end(countsOf(100));
    const last = (await rows()).slice(above);
    expect(last).toHaveLength(1);
    expect(last[0]).toContain('100 %');
  });

  test('fits every width, and says at least how far it is', () => {
    const unknown = { chunks: 1, callees: 10_000_000 };
    const pause = { code: 'ConnectionRefused', triesAt: 8_000, givesUpAt: 50_000 };
    const wrong: string[] = [];
    for (let width = 19; width <= 220; width++) {
      for (const counts of [countsOf(0), countsOf(50), countsOf(99, { unknown }), countsOf(100)]) {
        for (const own of [undefined, pause]) {
          const line = runLine(counts, { width, hasBar: true, rate: 18.5, pause: own, now: 0 });
          if (line.length > width || !/\d %/.test(line)) wrong.push(`${width}: ${line}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('leaves nothing behind when the terminal becomes narrower and wider', async () => {
    const { clock, progress, rows, resize } = terminalOf(80);
    progress.say('A line that stays.');
    progress.show(chunk(countsOf(1)));
    for (const columns of [20, 200, 33, 80, 21, 120]) {
      await resize(columns);
      expect([columns, await rows()]).toEqual([
        columns,
        ['A line that stays.', expect.stringContaining('1 %')],
      ]);
      await clock.advance(1_000);
      expect(await rows()).toHaveLength(2);
    }
  });

  test('shows, from the left, what matters most if there is little room', async () => {
    const { clock, progress, rows } = terminalOf(20);
    await clock.advance(500);
    progress.show(chunk(countsOf(50, { unknown: { chunks: 1, callees: 7 } })));
    expect((await rows())[0]).toBe('50 % · unknown 7');
  });

  test('counts down what it waits for, and when it gives up', async () => {
    const { clock, progress, rows } = terminalOf(200);
    progress.show(chunk(countsOf(10)));
    progress.show(paused);
    expect((await rows())[0]).toContain(
      'the endpoint refuses connections; next try in 8 s; gives up in 50 s',
    );
    await clock.advance(3_000);
    expect((await rows())[0]).toContain('next try in 5 s; gives up in 47 s');
    await clock.advance(6_000);
    expect((await rows())[0]).toContain('the endpoint refuses connections; trying again; gives up in 41 s');
    progress.show(chunk(countsOf(11)));
    expect((await rows())[0]).not.toContain('next try');
  });

  test('counts only what has left, and is never faster than what ended in the last window', async () => {
    const { clock, progress, rows } = terminalOf(200);
    progress.show({ ...planned, lines: 0 } as BulkEvent);
    const on = { sending: { chunks: 8, callees: 80 } };
    // A burst: 20 in a tenth of a second.
    for (let done = 1; done <= 20; done++) {
      await clock.advance(5);
      progress.show(chunk(countsOf(done, on)));
    }
    await clock.advance(100);
    progress.show(chunk(countsOf(20, on)));
    const shown = async () => (await rows()).at(-1)!;
    expect(await shown()).toContain('sent 200 · accepted 200');
    expect(await shown()).toContain('20.0 requests/s');
    // Nothing ends any more: what is shown goes down by itself.
    await clock.advance(3_900);
    expect(await shown()).toContain('5.0 requests/s');
    await clock.advance(20_000);
    expect(await shown()).toContain(' 0.0 requests/s');
  });

  test('gives the line back when it ends', async () => {
    const { progress, rows, listeners, clock } = terminalOf(80);
    progress.show({ type: 'planning', lines: 5 });
    expect([listeners.size, process.listenerCount('SIGTSTP'), clock.timers]).toEqual([1, 1, 1]);
    progress.clear();
    expect(await rows()).toEqual([]);
    expect([listeners.size, process.listenerCount('SIGTSTP'), clock.timers]).toEqual([0, 0, 0]);
  });
});

test('a run that is suspended leaves a clean line to the shell, and is there again when it goes on', async () => {
  const { progress, rows } = terminalOf(80);
  const listeners: number[] = [];
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
    listeners.push(process.listenerCount('SIGTSTP'));
    return true;
  });
  atEnd(async () => kill.mockRestore());
  progress.say('A line that stays.');
  progress.show(chunk(countsOf(50)));
  process.emit('SIGTSTP');
  expect(await rows()).toEqual(['A line that stays.']);
  // The kernel decides whether it stops: nobody could let a process go on that has no shell.
  expect([kill.mock.calls, listeners]).toEqual([[[process.pid, 'SIGTSTP']], [0]]);
  process.emit('SIGCONT');
  expect(await rows()).toEqual(['A line that stays.', expect.stringContaining('50 %')]);
  expect([process.listenerCount('SIGCONT'), process.listenerCount('SIGTSTP')]).toEqual([0, 1]);
});

test('a run that nobody could let go on is not stopped, and draws its line again', async () => {
  const { progress, rows, clock } = terminalOf(80);
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  atEnd(async () => kill.mockRestore());
  progress.show(chunk(countsOf(50)));
  process.emit('SIGTSTP');
  await clock.advance(1_000);
  expect(await rows()).toEqual([expect.stringContaining('50 %')]);
  progress.clear();
  expect([process.listenerCount('SIGCONT'), process.listenerCount('SIGTSTP')]).toEqual([0, 0]);
});

test('a terminal that does not know its width has 80 columns', async () => {
  const { progress, screen, rows } = terminalOf(80);
  screen.columns = 0;
  progress.show(chunk(countsOf(50)));
  expect(await rows()).toEqual([expect.stringContaining('50 % · sent 500')]);
});

test.each([
  ['without a terminal', {}, false, 'xterm'],
  ['with --plain', { isTTY: true, columns: 80 }, true, 'xterm'],
  ['on a terminal that cannot move its cursor', { isTTY: true, columns: 80 }, false, 'dumb'],
])('%s, plain lines come now and then', async (_where, terminal, isPlain, term) => {
  vi.stubEnv('TERM', term);
  atEnd(async () => void vi.unstubAllEnvs());
  const clock = new FakeClock();
  const written: string[] = [];
  const screen = { ...terminal, write: (text: string) => written.push(text) };
  const progress = new Progress(screen, { clock, isPlain });
  for (let done = 1; done <= 20; done++) {
    await clock.advance(1_000);
    progress.show(chunk(countsOf(done)));
  }
  progress.show(paused);
  // What was said a moment ago does not come again with the next event.
  progress.show({ ...chunk(countsOf(20)), state: { state: 'planned' } } as BulkEvent);
  progress.end();
  expect(written).toHaveLength(6);
  // No bar, and nothing that moves a cursor.
  expect(written.join('')).not.toMatch(/[\r\u001b█░]/);
  expect(written[0]).toMatch(/^1 % · sent 10 · accepted 10 · /);
  expect(written[4]).toBe('the endpoint refuses connections; next try in 8 s; gives up in 50 s.\n');
});
