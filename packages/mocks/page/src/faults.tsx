import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Faults as FaultsData, PlannedFault } from './api.js';
import { ask } from './api.js';
import { act, mock } from './state.js';

/** How often a fault strikes. */
const HOW_OFTEN = {
  every: ['every request', {}],
  next: ['the next request', { nth: 1 }],
  half: ['one request in two', { probability: 0.5 }],
  tenth: ['one request in ten', { probability: 0.1 }],
} as const satisfies Record<string, readonly [string, object]>;

/** How often the faults are read, in milliseconds: one that was for the next request is spent by it. */
const READ_EVERY_MS = 1_000;

/** Every fault, to be switched on and off. */
export function Faults() {
  const faults = useSignal<FaultsData | undefined>(undefined);
  const action = useSignal('');
  const often = useSignal<keyof typeof HOW_OFTEN>('every');
  const wanted = useSignal('');
  const read = async () => {
    faults.value = await ask<FaultsData>('faults');
  };
  useEffect(() => {
    const readQuietly = () => void read().catch(() => {});
    readQuietly();
    const timer = setInterval(readQuietly, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const { planned = [], kinds = {} } = faults.value ?? {};
  const plannedOf = (fault: string) => planned.filter((one) => one.fault === fault);
  const turn = (fault: string) => {
    const on = plannedOf(fault);
    const isOn = isActive(on);
    const rule = {
      fault,
      ...HOW_OFTEN[often.value][1],
      ...(action.value === '' ? {} : { action: action.value }),
    };
    return act(`${fault} is ${isOn ? 'off' : 'on'}.`, async () => {
      if (!isOn) await ask('faults', 'POST', rule);
      for (const { id } of on) await ask(`faults?id=${id}`, 'DELETE');
      await read();
    });
  };
  const allOff = () =>
    act('All faults are off.', async () => {
      await ask('faults', 'DELETE');
      await read();
    });
  const names = Object.keys(kinds).filter((name) =>
    `${name} ${kinds[name]!.meaning}`.toLowerCase().includes(wanted.value.trim().toLowerCase()),
  );
  return (
    <>
      <div class="filter">
        <label>
          Strike{' '}
          <select
            value={often.value}
            onChange={(event) => (often.value = event.currentTarget.value as typeof often.value)}
          >
            {Object.entries(HOW_OFTEN).map(([key, [name]]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Action{' '}
          <select value={action.value} onChange={(event) => (action.value = event.currentTarget.value)}>
            <option value="">any action</option>
            {mock.value?.actions.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <input
          type="search"
          aria-label="Filter faults"
          placeholder="Filter faults…"
          value={wanted.value}
          onInput={(event) => (wanted.value = event.currentTarget.value)}
        />
        <button type="button" disabled={planned.length === 0} onClick={() => void allOff()}>
          All off
        </button>
      </div>
      {[...new Set(names.map((name) => kinds[name]!.group))].map((group) => (
        <section key={group} aria-label={group}>
          <h2>{group}</h2>
          <ul class="faults">
            {names
              .filter((name) => kinds[name]!.group === group)
              .map((name) => (
                <li key={name}>
                  <button
                    type="button"
                    role="switch"
                    aria-checked={isActive(plannedOf(name))}
                    aria-label={name}
                    onClick={() => void turn(name)}
                  >
                    <span class="knob" />
                  </button>
                  <span>
                    <b>{name}</b> {plannedOf(name).map(describe).join('; ')}
                    <br />
                    {kinds[name]!.meaning} <small>(strikes {strikes(kinds[name]!.strikes)})</small>
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** One that can strike no more is off. */
function isActive(planned: readonly PlannedFault[]): boolean {
  return planned.some(({ isSpent }) => isSpent !== true);
}

function strikes(when: string): string {
  return when === 'either' ? 'after the request was executed' : `${when} the request is executed`;
}

function describe({ action, nth, probability, isSpent }: PlannedFault): string {
  const often =
    nth !== undefined
      ? `number ${String(nth)}`
      : probability !== undefined
        ? `${probability * 100} %`
        : 'every request';
  return `${isSpent === true ? 'spent' : 'on'}: ${often}${action === undefined ? '' : ` of ${action}`}`;
}
