// Names of the browser that the types of playwright-core mention. Tests run in Node.js and must not see a whole browser.
interface Node {}
interface HTMLElement {}
interface SVGElement {}
interface HTMLElementTagNameMap {}
