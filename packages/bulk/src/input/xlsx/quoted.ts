/** A name for a message. Excel allows 31 characters, and they may be a phone number. */
export function quoted(name: string): string {
  const plain = name.replaceAll(/\p{C}|[\u2028\u2029]/gu, '\ufffd').replaceAll(/\d{3,}(?=\d{4})/g, '…');
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}"`;
}
