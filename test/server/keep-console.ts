// Collects what the server half writes to the console during a test, instead of printing it.
import { onTestFinished, vi } from 'vitest';

export const keepWarnings = () => keep('warn');
export const keepErrors = () => keep('error');

function keep(level: 'warn' | 'error'): unknown[] {
  const kept: unknown[] = [];
  const spy = vi.spyOn(console, level).mockImplementation((first) => void kept.push(first));
  onTestFinished(() => spy.mockRestore());
  return kept;
}
