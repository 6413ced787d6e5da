import { render } from 'preact';
import { App } from './app.js';
import './page.css';
import { keepUpToDate } from './poll.js';

render(<App />, document.querySelector('#app')!);
void keepUpToDate();
