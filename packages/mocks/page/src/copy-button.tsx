import { useSignal } from '@preact/signals';
import { notice } from './state.js';

/** Copies a text; shows it to be copied by hand if the browser does not let the page do it. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const byHand = useSignal<string | undefined>(undefined);
  const copy = async () => {
    const copied = text();
    try {
      await navigator.clipboard.writeText(copied);
      notice.value = `${label}: copied.`;
    } catch {
      byHand.value = copied;
      notice.value = 'This browser does not let the page copy. Copy the text that is shown.';
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {label}
      </button>
      {byHand.value !== undefined && (
        <textarea class="by-hand" aria-label={label} readOnly value={byHand.value} />
      )}
    </>
  );
}
