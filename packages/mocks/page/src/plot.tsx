import { useSignal } from '@preact/signals';
import type { SecondData } from './api.js';
import { mock, seconds } from './state.js';

/** Size of the drawing, in units of its own. */
const WIDTH = 600;
const HEIGHT = 100;

const BUSIEST = '';

/** Requests per second of one action, against its limit. */
export function Plot() {
  const chosen = useSignal(BUSIEST);
  const names = Object.keys(seconds.value);
  const action = chosen.value === BUSIEST ? busiest() : chosen.value;
  const counts = seconds.value[action] ?? [];
  const limit = mock.value?.actions.find(({ name }) => name === action)?.limit;
  const line = typeof limit === 'number' ? limit : undefined;
  const most = Math.max(0, ...counts.map(sum));
  const limited = counts.reduce((all, [, count]) => all + count, 0);
  // A top that can be halved, so that the axis has whole numbers.
  const top = 2 * Math.ceil((1.15 * Math.max(most, line ?? 0, 4)) / 2);
  const says = `${action || 'No action'}: at most ${most} ${most === 1 ? 'request' : 'requests'} in a second of the last minute${line === undefined ? '' : `, the limit is ${line}`}, ${limited} refused for the limit.`;
  return (
    <figure class="plot">
      <figcaption>
        <label>
          Requests per second{' '}
          <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            <option value={BUSIEST}>of the busiest action</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {name || '(no action)'}
              </option>
            ))}
          </select>
        </label>
        <span class="legend">
          <i class="ok" /> accepted <i class="limited" /> refused for the limit <i class="refused" /> refused
          otherwise
          {line !== undefined && ` ┄ the limit, ${line}`}
        </span>
      </figcaption>
      <div class="axes">
        <p class="values" aria-hidden="true">
          <span>{Math.round(top)}</span>
          <span>{Math.round(top / 2)}</span>
          <span>0</span>
        </p>
        <svg role="img" aria-label={says} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          {counts.map((count, index) => (
            <Bar key={index} {...{ count, index, top, width: WIDTH / counts.length }} />
          ))}
          {line !== undefined && (
            <line class="limit" x1="0" x2={WIDTH} y1={yOf(line, top)} y2={yOf(line, top)} />
          )}
          <line class="grid" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        </svg>
        <p class="times" aria-hidden="true">
          <span>{counts.length} s ago</span>
          <span>{Math.round(counts.length / 2)} s ago</span>
          <span>now</span>
        </p>
      </div>
      <p class="says">{says}</p>
    </figure>
  );
}

function Bar({ count, index, top, width }: { count: SecondData; index: number; top: number; width: number }) {
  const [ok, limited, refused] = count;
  const parts = [
    ['ok', 0, ok],
    ['refused', ok, ok + refused],
    ['limited', ok + refused, ok + refused + limited],
  ] as const;
  return (
    <>
      {parts.map(
        ([name, from, to]) =>
          to > from && (
            <rect
              key={name}
              class={name}
              x={index * width + 1}
              width={width - 2}
              y={yOf(to, top)}
              height={yOf(from, top) - yOf(to, top)}
            />
          ),
      )}
    </>
  );
}

function yOf(count: number, top: number): number {
  return HEIGHT - (HEIGHT * count) / top;
}

function sum([ok, limited, refused]: SecondData): number {
  return ok + limited + refused;
}

function busiest(): string {
  let best = '';
  let most = -1;
  for (const [name, counts] of Object.entries(seconds.value)) {
    const all = counts.reduce((total, count) => total + sum(count), 0);
    if (all > most) [best, most] = [name, all];
  }
  return best;
}
