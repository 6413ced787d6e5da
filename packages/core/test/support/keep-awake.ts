import { keepThreadsAwake } from '../../../bulk/src/keep-awake.js';

// Until the process ends. It runs many files of tests, and one timer is enough.
const kept = globalThis as { endWaking?: () => void };
kept.endWaking ??= keepThreadsAwake();
