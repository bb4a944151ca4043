import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type { FilmInfo } from '../../ports/films.ts';

/** Subtitles that are text; pictures of words (DVD, Blu-ray) are not read. */
const TEXT_SUBTITLES: ReadonlySet<string> = new Set(['mov_text', 'subrip', 'webvtt', 'ass', 'ssa', 'text']);

const Stream = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  tags: z.object({ language: z.string().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});
const Probe = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ duration: z.string().optional() }).optional(),
});

/** What a probe found, with the stream numbers that the other runs name. */
export interface Probed {
  readonly info: FilmInfo;
  readonly picture?: number;
  readonly sound?: number;
  readonly subtitles: readonly number[];
}

/** Arguments behind the input options for a probe that gives JSON. */
export const PROBE_ARGS = ['-show_streams', '-show_format', '-of', 'json'] as const;

/** Reads the JSON of a probe. CORRUPT where it holds neither pictures nor sound. */
export function readProbe(json: string): Probed {
  const found = Probe.safeParse(parse(json));
  const streams = found.success ? found.data.streams : [];
  const picture = streams.find(
    (one) =>
      one.codec_type === 'video' &&
      one.codec_name !== undefined &&
      one.disposition?.attached_pic !== 1 &&
      one.width &&
      one.height,
  );
  const sound = streams.find(({ codec_type, codec_name }) => codec_type === 'audio' && codec_name !== undefined);
  if (!picture && !sound)
    throw new SensegraphError(
      'CORRUPT',
      'The film holds neither pictures nor sound that can be decoded: it is damaged or cut off. Send the whole file.',
    );
  const subtitles = streams.filter(
    ({ codec_type, codec_name }) => codec_type === 'subtitle' && TEXT_SUBTITLES.has(codec_name ?? ''),
  );
  const duration = Number(found.data?.format?.duration);
  return {
    info: {
      ...(duration > 0 ? { durationSeconds: duration } : {}),
      ...(picture ? { picture: { ...shownSize(picture), codec: picture.codec_name ?? '' } } : {}),
      ...(sound ? { sound: { codec: sound.codec_name ?? '' } } : {}),
      subtitles: subtitles.map(({ codec_name: codec = '', tags }) => ({
        codec,
        ...(tags?.language ? { language: tags.language } : {}),
      })),
    },
    ...(picture ? { picture: picture.index } : {}),
    ...(sound ? { sound: sound.index } : {}),
    subtitles: subtitles.map(({ index }) => index),
  };
}

/** Width by the aspect ratio of a pixel; sides exchanged where the frame is turned by a quarter. */
function shownSize({ width = 0, height = 0, sample_aspect_ratio: ratio, side_data_list: side = [] }: Stream): {
  width: number;
  height: number;
} {
  const [across = 0, down = 0] = (ratio ?? '').split(':').map(Number);
  const stretch = across > 0 && down > 0 ? across / down : 1;
  // A pixel of 1:50 is no film's.
  const shown = stretch > 0.1 && stretch < 10 ? Math.round(width * stretch) : width;
  const quarter = Math.round((side.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0) / 90) % 2 !== 0;
  return quarter ? { width: height, height: shown } : { width: shown, height };
}

type Stream = z.infer<typeof Stream>;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
