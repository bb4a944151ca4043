/** Bounds on what one item may be; see config.ts for their defaults. */
export interface Limits {
  readonly maxUploadBytes: number;
  readonly maxPixels: number;
  readonly maxAudioSeconds: number;
}
