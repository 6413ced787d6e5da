import { useEffect } from 'preact/hooks';
import { ask } from './api.js';
import { Connect } from './connect.js';
import { Detail, closeDetail } from './detail.js';
import { Entities } from './entities.js';
import { Faults } from './faults.js';
import { Plot } from './plot.js';
import { ListFilter, RequestList } from './request-list.js';
import type { Tab } from './state.js';
import { act, counts, isConnected, notice, readNews, rows, selected, showsNumbers, tab } from './state.js';

const TABS: readonly (readonly [tab: Tab, name: string])[] = [
  ['requests', 'Requests'],
  ['tasks', 'Tasks and campaigns'],
  ['faults', 'Faults'],
  ['connect', 'Connect'],
];

export function App() {
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Head />
      <nav aria-label="Parts of the page">
        <div role="tablist" aria-label="Parts of the page" onKeyDown={moveTab}>
          {TABS.map(([name, title]) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={tab.value === name}
              aria-controls="panel"
              tabIndex={tab.value === name ? 0 : -1}
              onClick={() => (tab.value = name)}
            >
              {title}
              {name === 'requests' && ` (${counts.value.requests})`}
              {name === 'tasks' && ` (${counts.value.entities})`}
            </button>
          ))}
        </div>
      </nav>
      <main>
        <div id="panel" class="panel" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
          {tab.value === 'requests' && <Requests />}
          {tab.value === 'tasks' && <Entities />}
          {tab.value === 'faults' && <Faults />}
          {tab.value === 'connect' && <Connect />}
        </div>
      </main>
      <p class="notice" role="status">
        {notice.value}
      </p>
    </>
  );
}

function Head() {
  const reset = () => {
    if (!confirm('Forget all requests, tasks, campaigns and faults?')) return;
    void act('Everything is forgotten.', async () => {
      await ask('reset', 'POST', {});
      await readNews();
    });
  };
  return (
    <header class="head">
      <h1>tccc-mock</h1>
      <span class={isConnected.value ? 'connection on' : 'connection off'} role="status">
        {isConnected.value ? 'live' : 'no connection to the mock'}
      </span>
      <label>
        <input
          type="checkbox"
          checked={showsNumbers.value}
          onChange={(event) => (showsNumbers.value = event.currentTarget.checked)}
        />
        Show phone numbers
      </label>
      <button type="button" onClick={reset}>
        Reset
      </button>
    </header>
  );
}

function Requests() {
  if (rows.value.length === 0)
    return (
      <section class="empty">
        <h2>No request yet</h2>
        <Connect />
      </section>
    );
  return (
    <>
      <Plot />
      <ListFilter />
      <div class={selected.value === undefined ? 'requests' : 'requests open'}>
        <RequestList />
        <Detail />
      </div>
    </>
  );
}

/** `/` goes to the filter, Escape closes the detail. */
function onKey(event: KeyboardEvent): void {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key === '/' && !isTyping) {
    document.querySelector<HTMLElement>('[type=search]')?.focus();
    event.preventDefault();
  }
  if (event.key === 'Escape' && selected.value !== undefined) closeDetail();
}

function moveTab(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const index = TABS.findIndex(([name]) => name === tab.value);
  tab.value = TABS[(index + step + TABS.length) % TABS.length]![0];
  document.querySelector<HTMLElement>(`#tab-${tab.value}`)?.focus();
}
