import type { RemoteConfig } from '../../config-profile.ts';
import type { Encoders } from '../../ports/encoders.ts';
import { Endpoint } from './endpoint.ts';
import { openKServeImageText, openKServeText } from './kserve-encoders.ts';
import { openOpenAiEmbeddings } from './openai-embeddings.ts';

/** The encoders that the profile names, from their servers; the rest from `pack`. Throws REMOTE_FAILED. */
export async function openRemoteEncoders(config: RemoteConfig, pack: Encoders): Promise<Encoders> {
  const { embeddings, triton, timeoutMs, batch } = config;
  const endpoint = triton && new Endpoint({ name: 'The inference server', url: triton.url, timeoutMs });
  const text = embeddings
    ? await openOpenAiEmbeddings({ ...embeddings, timeoutMs, batch })
    : endpoint && triton.text
      ? await openKServeText(endpoint, { model: triton.text, batch })
      : pack.text;
  const imageText =
    endpoint && triton.imageText ? await openKServeImageText(endpoint, { ...triton.imageText, batch }) : pack.imageText;
  return { ...pack, text, ...(imageText ? { imageText } : {}) };
}
