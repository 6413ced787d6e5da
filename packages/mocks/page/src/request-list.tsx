import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RowData } from './api.js';
import { clockOffsetMs, filter, isRefusedOnly, rows, selected, shownRows } from './state.js';
import { clockTime, milliseconds } from './words.js';

/** Height of a row, as the style sheet has it, and how many are drawn above and below what is seen. */
const ROW_PX = 32;
const SPARE = 8;

/** The requests, newest first. Only those that are seen are drawn, so that there may be any number of them. */
export function RequestList() {
  const list = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(600);
  const shown = shownRows.value;
  const newest = useRef(0);

  // Whoever has scrolled keeps seeing the same rows while new ones come in above.
  useLayoutEffect(() => {
    const element = list.current;
    const latest = shown.at(-1)?.[0] ?? 0;
    if (element !== null && element.scrollTop > 0 && newest.current > 0) {
      const added = shown.length - 1 - shown.findLastIndex(([sequence]) => sequence <= newest.current);
      if (added > 0 && added < shown.length) element.scrollTop += added * ROW_PX;
    }
    newest.current = latest;
  }, [shown]);

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => (height.value = entry!.contentRect.height));
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);

  const select = (index: number) => {
    const place = Math.max(0, Math.min(shown.length - 1, index));
    const row = shown[shown.length - 1 - place];
    if (row === undefined) return;
    selected.value = row[0];
    const element = list.current!;
    const [above, below] = [place * ROW_PX, (place + 1) * ROW_PX - element.clientHeight];
    element.scrollTop = Math.min(above, Math.max(below, element.scrollTop));
  };

  const first = Math.max(0, Math.floor(top.value / ROW_PX) - SPARE);
  const last = Math.min(shown.length, Math.ceil((top.value + height.value) / ROW_PX) + SPARE);
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
  const isDrawn = drawn.some((index) => shown[shown.length - 1 - index]![0] === selected.value);
  return (
    <div class="table">
      <div class="heads row" aria-hidden="true">
        <span class="time">Time</span>
        <span class="action">Action</span>
        <span class="verdict">Answer</span>
        <span class="created">Created</span>
        <span class="took">Took</span>
      </div>
      <div
        ref={list}
        class="list"
        role="listbox"
        tabIndex={0}
        aria-label="Requests, newest first"
        aria-activedescendant={isDrawn ? `row-${selected.value}` : undefined}
        onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
        onKeyDown={(event) => moveByKey(event, shown, Math.floor(height.value / ROW_PX), select)}
      >
        <div class="list-inner" role="presentation" style={{ height: `${shown.length * ROW_PX}px` }}>
          {drawn.map((index) => (
            <Row
              key={shown[shown.length - 1 - index]![0]}
              row={shown[shown.length - 1 - index]!}
              {...{ index, select }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  row: RowData;
  index: number;
  select: (index: number) => void;
}

function Row({ row, index, select }: RowProps) {
  const [sequence, receivedAtMs, tookMs, action, code, fault, createdId] = row;
  const isSelected = selected.value === sequence;
  const verdict = fault === '' ? (code === 'OK' ? 'ok' : 'refused') : 'fault';
  return (
    <div
      id={`row-${sequence}`}
      class={`row ${verdict}`}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={shownRows.value.length}
      style={{ top: `${index * ROW_PX}px` }}
      onClick={() => select(index)}
    >
      <span class="time">{clockTime(receivedAtMs + clockOffsetMs.value)}</span>
      <span class="action">{action || '(no action)'}</span>
      <span class="verdict">
        {verdict === 'ok' ? '✓ OK' : verdict === 'fault' ? `⚡ ${fault}` : `✕ ${code}`}
      </span>
      <span class="created">{createdId === 0 ? '' : `id ${createdId}`}</span>
      <span class="took">{milliseconds(tookMs)}</span>
    </div>
  );
}

function moveByKey(
  event: KeyboardEvent,
  shown: readonly RowData[],
  page: number,
  select: (index: number) => void,
): void {
  const found = shown.findLastIndex(([sequence]) => sequence === selected.value);
  const index = found === -1 ? -1 : shown.length - 1 - found;
  const targets: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: shown.length - 1,
  };
  const target = targets[event.key];
  if (event.key === 'Enter' && selected.value !== undefined)
    document.querySelector<HTMLElement>('#detail')?.focus();
  if (target === undefined) return;
  event.preventDefault();
  select(target);
}

/** What is sought, and how much of the list that is. */
export function ListFilter() {
  const [shown, all] = [shownRows.value.length, rows.value.length];
  return (
    <div class="filter">
      <input
        id="filter"
        type="search"
        aria-label="Filter requests"
        placeholder="Filter: action, code, id… (press /)"
        value={filter.value}
        onInput={(event) => (filter.value = event.currentTarget.value)}
      />
      <label>
        <input
          type="checkbox"
          checked={isRefusedOnly.value}
          onChange={(event) => (isRefusedOnly.value = event.currentTarget.checked)}
        />
        Refused only
      </label>
      <span class="count">
        {shown === all ? `${all}` : `${shown} of ${all}`} {all === 1 ? 'request' : 'requests'}
      </span>
    </div>
  );
}
