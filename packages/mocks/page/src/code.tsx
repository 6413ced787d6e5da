/** What stands out in a snippet, whatever language it is in: comments, texts, numbers, and words that all of them share. */
const PARTS =
  /(?<comment>^\s*(?:#|\/\/).*$|\s\/\/ .*$)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<number>\b\d[\d_.]*L?\b)|(?<word>\b(?:import|from|const|let|await|new|if|return|def|package|func|export|require|for|do|done|in|set|nil|err|true|false|null)\b)/gm;

/** Longest text that is looked through. */
const LONGEST = 20_000;

/** A text with colours. */
export function Code({ text }: { text: string }) {
  if (text.length > LONGEST) return <>{text}</>;
  const parts = [];
  let end = 0;
  for (const { 0: part, index, groups = {} } of text.matchAll(PARTS)) {
    const [kind] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
    parts.push(text.slice(end, index), <span class={`code-${kind}`}>{part}</span>);
    end = index + part.length;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
