/** The style sheet of the page. There is no other style in it, so that its policy can name this one alone. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f4f5f7;--line:#c9ced6;--text:#1b1f24;--soft:#545d68;
--accepted:#2c7a4b;--refused:#b98900;--unknown:#c62828;--planned:#6b7280;--left:#7d5ba6;font:16px/1.5 system-ui,sans-serif}
@media(prefers-color-scheme:dark){:root{--ground:#15181d;--raised:#1e232a;--line:#434b57;--text:#e8ebef;--soft:#aab3bf;
--accepted:#4fb477;--refused:#d9a520;--unknown:#ff6b62;--planned:#9aa3af;--left:#b493dd}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text)}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{margin:0;font-size:1.5rem;overflow-wrap:anywhere}
h2{margin:2rem 0 .5rem;font-size:1.1rem}
p{margin:.3rem 0}
.soft,caption,th,small{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem;margin:1rem 0 0;padding:0;list-style:none}
.cards li{padding:.5rem .75rem;background:var(--raised);border-top:4px solid var(--planned)}
.cards b{display:block;font-size:1.4rem}
.cards .accepted{border-color:var(--accepted)}.cards .refused{border-color:var(--refused)}
.cards .unknown{border-color:var(--unknown)}.cards .left-out{border-color:var(--left)}
figure{margin:0}
svg{display:block;width:100%;background:var(--raised)}
.states svg{height:1.5rem}.time svg{height:9rem}td svg{height:.8rem;min-width:4rem}
rect.accepted{fill:var(--accepted)}rect.refused{fill:var(--refused)}rect.unknown{fill:var(--unknown)}
rect.planned,rect.sending,rect.plain{fill:var(--planned)}rect.left-out{fill:var(--left)}
.legend{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin:.3rem 0;padding:0;list-style:none;font-size:.9rem}
.legend svg{display:inline-block;width:.8rem;height:.8rem;margin-right:.4rem;vertical-align:-.05rem}
.axis{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.85rem}
/* A shadow at the edge where there is more: what covers it moves with the table. */
.scroll{overflow-x:auto;background:linear-gradient(90deg,var(--ground) 1rem,transparent) 0 0/2rem 100% no-repeat local,
linear-gradient(270deg,var(--ground) 1rem,transparent) 100% 0/2rem 100% no-repeat local,
linear-gradient(90deg,var(--line),transparent) 0 0/.75rem 100% no-repeat,linear-gradient(270deg,var(--line),transparent) 100% 0/.75rem 100% no-repeat}
table{width:100%;border-collapse:collapse;font-size:.95rem}
caption{text-align:left}
th{font-weight:400;text-align:left}
th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{width:50%}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--text)}
@media print{:root{color-scheme:light;--ground:#fff;--raised:#f4f5f7;--line:#c9ced6;--text:#000;--soft:#444;--accepted:#2c7a4b;
--refused:#b98900;--unknown:#c62828;--planned:#6b7280;--left:#7d5ba6;font-size:11pt}
main{max-width:none;padding:0}svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.cards li{print-color-adjust:exact;-webkit-print-color-adjust:exact}
figure,tr,.cards li{break-inside:avoid}h2{break-after:avoid}.scroll{overflow:visible;background:none}}
`;
