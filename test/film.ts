import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Whether films can be made and read here. Tests that need ffmpeg are skipped without it, and named so; where the whole
 * suite must run (CI=true) its absence is a failure.
 */
export const hasFfmpeg: boolean = (() => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch (cause) {
    if (process.env['CI'] === 'true')
      throw new Error('ffmpeg is missing: .ci/run installs it (apt-get install ffmpeg).', { cause });
    return false;
  }
})();

export interface MadeFilm {
  /** Shown one after the other, on a frame of 640 × 360. */
  readonly pictures: readonly { readonly file: string; readonly seconds: number }[];
  readonly sounds?: readonly { readonly file: string; readonly at: number }[];
  /** An SRT file. */
  readonly subtitles?: string;
}

/** Makes a film from pictures and sounds. The name's ending chooses the container: mp4, mov, mkv, webm. */
export function makeFilm(folder: string, name: string, { pictures, sounds = [], subtitles }: MadeFilm): string {
  const out = join(folder, name);
  const webm = name.endsWith('.webm');
  const inputs = [
    ...pictures.flatMap(({ file, seconds }) => ['-loop', '1', '-framerate', '25', '-t', String(seconds), '-i', file]),
    ...sounds.flatMap(({ file }) => ['-i', file]),
    ...(subtitles === undefined ? [] : ['-i', subtitles]),
  ];
  const shown = pictures.map(
    (_, i) =>
      `[${i}:v]scale=640:360:force_original_aspect_ratio=decrease,pad=640:360:(ow-iw)/2:(oh-ih)/2:gray,setsar=1,format=yuv420p[v${i}]`,
  );
  const joined = `${pictures.map((_, i) => `[v${i}]`).join('')}concat=n=${pictures.length}[v]`;
  const heard = sounds.map(({ at }, i) => `[${pictures.length + i}:a]aresample=44100,adelay=${at * 1000}:all=1[a${i}]`);
  const mixed = `${sounds.map((_, i) => `[a${i}]`).join('')}amix=inputs=${sounds.length}:normalize=0[a]`;
  const graph = [...shown, joined, ...(sounds.length > 0 ? [...heard, mixed] : [])].join(';');
  const head = ['-v', 'error', '-y', ...inputs, '-filter_complex', graph, '-map', '[v]'];
  execFileSync('ffmpeg', [
    ...head,
    ...(sounds.length > 0 ? ['-map', '[a]', '-ac', '2', '-c:a', webm ? 'libopus' : 'aac'] : []),
    ...(subtitles === undefined ? [] : ['-map', `${pictures.length + sounds.length}:s`]),
    ...(subtitles === undefined ? [] : ['-c:s', webm ? 'webvtt' : name.endsWith('.mkv') ? 'srt' : 'mov_text']),
    ...(webm
      ? ['-c:v', 'libvpx', '-b:v', '2M', '-deadline', 'realtime']
      : ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18']),
    ...(name.endsWith('.mp4') ? ['-movflags', '+faststart'] : []),
    out,
  ]);
  return out;
}
