import { workerData } from 'node:worker_threads';
import type { Model } from '../onnx/model-worker.ts';
import { serveModel } from '../onnx/serve-model.ts';
import { openTranscriberModel } from '../onnx/transcriber-model.ts';
import { openHubCaptioner } from './captioner-model.ts';
import { openHubImageText } from './image-text-model.ts';
import { loadOnDevice, type HubStart } from './load.ts';
import { openHubSoundText } from './sound-text-model.ts';
import type { HubTask } from './tasks.ts';
import { openHubText } from './text-model.ts';

const OPEN: Record<HubTask, (start: HubStart) => Promise<Model>> = {
  text: openHubText,
  imageText: openHubImageText,
  soundText: openHubSoundText,
  captioner: openHubCaptioner,
  transcriber: async (start) => {
    const { loaded } = await loadOnDevice(start, ({ device, dtype }) =>
      openTranscriberModel(
        { kind: 'transcriber', folder: start.path, device, threads: start.threads },
        dtype,
        start.language,
      ),
    );
    return loaded;
  },
};

const start = workerData as HubStart;
await serveModel(() => OPEN[start.task](start));
