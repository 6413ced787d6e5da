import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EntityItem } from './api.js';
import { ask } from './api.js';
import { maskJson } from './mask.js';
import { act, counts, showsNumbers } from './state.js';
import { dateTime, isTime, verbOf } from './words.js';

/** How often the states are read, in milliseconds: they move with time. */
const READ_EVERY_MS = 1_000;

/** Tasks and campaigns, newest first. */
export function Entities() {
  const items = useSignal<readonly EntityItem[] | undefined>(undefined);
  const nowMs = useSignal(0);
  const read = async () => {
    const found = await ask<{ items: EntityItem[]; nowMs: number }>('page/entities');
    nowMs.value = found.nowMs;
    items.value = found.items;
  };
  useEffect(() => {
    const readQuietly = () => void read().catch(() => {});
    readQuietly();
    const timer = setInterval(readQuietly, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const change = (item: EntityItem, action: string) =>
    act(`${verbOf(action)}: done.`, async () => {
      await ask('page/change', 'POST', { number: item.number, action });
      await read();
    });
  const shown = items.value;
  if (shown === undefined) return <p class="empty">Loading…</p>;
  if (shown.length === 0) return <p class="empty">Nothing was created yet. Create a task, and it is here.</p>;
  return (
    <>
      {shown.length < counts.value.entities && (
        <p>
          The latest {shown.length} of {counts.value.entities}.
        </p>
      )}
      <table class="entities">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <Entity
              key={item.number}
              {...{ item, nowMs: nowMs.value }}
              change={(action) => void change(item, action)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

const HEADS = ['Task or campaign', 'Name', 'State', 'Created', 'More', 'By', 'Can be'];

interface EntityProps {
  item: EntityItem;
  /** Now, as the mock's clock for tasks has it. */
  nowMs: number;
  change: (action: string) => void;
}

function Entity({ item, nowMs, change }: EntityProps) {
  const { entity, id, state, fields, changes, secretId, createdAtMs } = item;
  const title = `${entity.replaceAll('-', ' ')} ${id}`;
  const name = typeof fields['Name'] === 'string' ? fields['Name'] : '';
  const numbers = Object.entries(fields).filter(
    ([key, value]) => key !== 'Name' && typeof value === 'number',
  );
  const [kind, shown, stateHead, created, more, by, possible] = HEADS;
  return (
    <tr aria-label={title}>
      <th scope="row" data-head={kind}>
        {title}
      </th>
      <td data-head={shown} class="name">
        {String(showsNumbers.value ? name : maskJson(name))}
      </td>
      <td data-head={stateHead}>{state !== '' && <span class={`state ${state}`}>{state}</span>}</td>
      <td data-head={created}>{dateTime(Date.now() - (nowMs - createdAtMs))}</td>
      <td data-head={more} class="fields">
        {numbers.map(([key, value]) => (
          <span key={key}>
            {key} <b>{isTime(key, value as number) ? dateTime((value as number) * 1_000) : String(value)}</b>
          </span>
        ))}
      </td>
      <td data-head={by}>{secretId || 'anybody'}</td>
      <td data-head={possible}>
        <span class="actions">
          {changes
            .filter(({ isPossible }) => isPossible)
            .map(({ action }) => (
              <button
                key={action}
                type="button"
                aria-label={`${verbOf(action)} ${title}`}
                onClick={() => change(action)}
              >
                {verbOf(action)}
              </button>
            ))}
        </span>
      </td>
    </tr>
  );
}
