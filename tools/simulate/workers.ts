// Runs jobs on all processors.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Results are in the order of the jobs. Progress goes to stderr.
 *
 * @param script - gets each job as a message, and answers with one message
 */
export async function runInWorkers<Job, Result>(script: URL, jobs: readonly Job[]): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...jobs.entries()];
  let done = 0;
  const work = async () => {
    const worker = new Worker(script);
    for (let next; (next = waiting.shift());) {
      const [index, job] = next;
      results[index] = await new Promise<Result>((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.postMessage(job);
      });
      worker.removeAllListeners('error');
      process.stderr.write(`${++done} of ${jobs.length} simulated\n`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}
