import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EntityItem } from './api.js';
import { ask } from './api.js';
import { maskJson } from './mask.js';
import { act, counts, showsNumbers } from './state.js';
import { verbOf } from './words.js';

/** How often the states are read, in milliseconds: they move with time. */
const READ_EVERY_MS = 1_000;

/** Tasks and campaigns, newest first. */
export function Entities() {
  const items = useSignal<readonly EntityItem[] | undefined>(undefined);
  const read = async () => {
    items.value = (await ask<{ items: EntityItem[] }>('page/entities')).items;
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
      <ul class="entities">
        {shown.map((item) => (
          <li key={item.number}>
            <Entity item={item} change={(action) => void change(item, action)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Entity({ item, change }: { item: EntityItem; change: (action: string) => void }) {
  const { entity, id, state, fields, changes, secretId } = item;
  const title = `${entity.replaceAll('-', ' ')} ${id}`;
  const name = typeof fields['Name'] === 'string' ? fields['Name'] : '';
  return (
    <article aria-label={title}>
      <h2>
        {title} {state !== '' && <span class={`state ${state}`}>{state}</span>}
      </h2>
      {name !== '' && <p>{String(showsNumbers.value ? name : maskJson(name))}</p>}
      <p class="fields">
        {Object.entries(fields)
          .filter(([key, value]) => key !== 'Name' && typeof value === 'number')
          .map(([key, value]) => (
            <span key={key}>
              {key} <b>{String(value)}</b>
            </span>
          ))}
        <span>
          by <b>{secretId || 'anybody'}</b>
        </span>
      </p>
      <p class="actions">
        {changes.map(({ action, isPossible }) => (
          <button
            key={action}
            type="button"
            disabled={!isPossible}
            aria-label={`${verbOf(action)} ${title}`}
            onClick={() => change(action)}
          >
            {verbOf(action)}
          </button>
        ))}
      </p>
    </article>
  );
}
