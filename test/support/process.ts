import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const kept = 20_000;

/** A child process of a test: what it wrote is kept for the failure, and only it is ever ended. */
export class TestProcess {
  private text = '';

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const keep = (chunk: Buffer): void => {
      this.text = (this.text + chunk.toString('utf8')).slice(-kept);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  static start(name: string, script: string, env: Readonly<Record<string, string>>, args: string[] = []): TestProcess {
    const { PATH = '', HOME = '' } = process.env;
    const options = { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[] };
    return new TestProcess(name, spawn(process.execPath, ['--enable-source-maps', script, ...args], options));
  }

  get output(): string {
    return this.text;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves with the exit code; null: ended by a signal. */
  async exited(): Promise<number | null> {
    if (this.isRunning) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM', withinMs = 15_000): Promise<void> {
    if (!this.isRunning) return;
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), withinMs);
    await this.exited();
    clearTimeout(late);
  }
}
