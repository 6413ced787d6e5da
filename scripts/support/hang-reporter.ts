import { spawnSync } from 'node:child_process';
import type { ReportedHookContext, Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** Longer than any test or hook may take: see the limits in vitest.shared.ts. */
const SILENCE_MS = 660_000;

/**
 * Ends a run that hangs where the time limits of tests do not apply: while a file loads, or in code that blocks the event loop.
 * It says where, and the run fails.
 */
export default class HangReporter implements Reporter {
  /** What was last heard of each file that is running. */
  readonly #running = new Map<string, string>();
  readonly #silenceMs: number;
  #isDebugged = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({ silenceMs = SILENCE_MS } = {}) {
    this.#silenceMs = silenceMs;
  }

  onInit({ config }: Vitest): void {
    this.#isDebugged = config.inspector.enabled === true;
  }

  onTestRunStart(): void {
    if (this.#isDebugged) return;
    this.#timer = setTimeout(() => this.#end(), this.#silenceMs);
  }

  onTestRunEnd(): void {
    clearTimeout(this.#timer);
  }

  onTestModuleQueued(module: TestModule): void {
    this.#hear(module, 'is being loaded');
  }

  onTestModuleCollected(module: TestModule): void {
    this.#hear(module, 'has been loaded');
  }

  onHookStart({ name, entity }: ReportedHookContext): void {
    this.#hear(entity.type === 'module' ? entity : entity.module, `is in ${name}`);
  }

  onTestCaseReady({ module, fullName }: TestCase): void {
    this.#hear(module, `is in the test "${fullName}"`);
  }

  onTestCaseResult({ module, fullName }: TestCase): void {
    this.#hear(module, `has ended the test "${fullName}"`);
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(module.relativeModuleId);
    this.#timer?.refresh();
  }

  #hear({ relativeModuleId }: TestModule, what: string): void {
    this.#running.set(relativeModuleId, what);
    this.#timer?.refresh();
  }

  #end(): void {
    const running = [...this.#running].map(([file, what]) => `  ${file} ${what}`);
    const where = running.length === 0 ? ['  no test file is running'] : running;
    console.error(
      [`\nThe run hangs: nothing was heard for ${this.#silenceMs / 1_000} s. Last heard of:`, ...where].join(
        '\n',
      ),
    );
    // Nothing else ends a process whose event loop is blocked, and it would outlive this one.
    spawnSync('pkill', ['-KILL', '-P', `${process.pid}`]);
    process.exit(1);
  }
}
