import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../src/command-line/completion-scripts.js';

/** What bash offers for a line, if the program offers these. */
function offered(line: string, candidates: readonly string[]): string[] {
  const script = `
tccc-bulk() { printf '%b\\n' "\${OFFERED[@]}" ':4'; }
OFFERED=("$@")
# A shell may read it twice.
for _ in 1 2; do source /dev/stdin <<< "$SCRIPT"; done
COMP_LINE=$LINE COMP_POINT=\${#LINE}
_tccc_bulk
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['--norc', '-c', script, 'bash', ...candidates], {
    env: { ...process.env, LINE: line, SCRIPT: completionScript('bash', 'tccc-bulk') },
    encoding: 'utf8',
  });
  return text.split('\n').slice(0, -1);
}

// Where there is no bash, nobody sources its script.
describe.skipIf(process.platform === 'win32')('bash', () => {
  test('offers what the program offers and what is typed begins, without its description', () => {
    const commands = ['run\\tsends a list', 'resume\\tgoes on', 'plan\\tsends nothing'];
    expect(offered('tccc-bulk r', commands)).toEqual(['run ', 'resume ']);
    expect(offered('tccc-bulk ', commands)).toEqual(['run ', 'resume ', 'plan ']);
    expect(offered('tccc-bulk send --site=i', ['intl', 'cn'])).toEqual(['intl ']);
  });

  test('never runs what is in the name of a file, and quotes it', () => {
    const names = ['$(echo run).csv', '`echo run`.csv', 'my list.csv', 'folder/', "it's.csv"];
    expect(offered('tccc-bulk run ', names)).toEqual([
      '\\$\\(echo\\ run\\).csv ',
      '\\`echo\\ run\\`.csv ',
      'my\\ list.csv ',
      'folder/',
      "it\\'s.csv ",
    ]);
    expect(offered('tccc-bulk run my\\ l', names)).toEqual(['my\\ list.csv ']);
    expect(offered('tccc-bulk run $(echo my', names)).toEqual(['my\\ list.csv ']);
  });
});

test('only the script for fish comes from the library', () => {
  for (const shell of ['bash', 'zsh']) expect(completionScript(shell, 'tccc')).toContain('tccc complete --');
  expect(completionScript('fish', 'tccc')).toBe(undefined);
});
