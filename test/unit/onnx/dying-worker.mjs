// A model's thread that answers, waits for ever or dies, as it is told.
import { parentPort, workerData } from 'node:worker_threads';

if (workerData.folder === 'dies at start') process.exit(3);
parentPort.on('message', (message) => {
  if ('cancel' in message) return;
  if ('end' in message) process.exit(0);
  if (message.payload === 'die') throw new Error('out of memory');
  if (message.payload === 'echo') parentPort.postMessage({ id: message.id, result: 'echo' });
});
setTimeout(() => parentPort.postMessage({ ready: 'cpu' }), workerData.folder === 'slow' ? 100 : 0);
