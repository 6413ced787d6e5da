/** How the demo ends: how to look at requests as the service sees them. */
export function pageHint(command: string): string {
  return `To see every request, and why it was refused, in your browser: ${command.replace(/ demo$/, ' workbench')}`;
}
