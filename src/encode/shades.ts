/**
 * Borders between basic colour words (Berlin and Kay 1969) in photographs, fitted to the middles of 506 labelled ones of
 * fruit and vegetables (`node training/vision/measure-colours.ts DATA`): hues in degrees, lightness 0…1, chroma 0…255.
 */
const HUE = { orange: 18, yellow: 40, green: 56, blue: 170, purple: 260, red: 300, redAgain: 345 };
const BROWN = { lightness: 0.35, saturation: 0.35 };
const LEAST_CHROMA = 20;
/** What is nearly white takes more to have a colour: cream and paper are white. */
const PALE = { from: 0.7, chroma: 40 };

/** The basic colour word for 8-bit sRGB as a photograph has it: shadows make brown of orange and black of all. */
export function shadeName(red: number, green: number, blue: number): string {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const chroma = most - least;
  const lightness = (most + least) / 510;
  if (lightness < 0.1) return 'black';
  const pale = (PALE.chroma * Math.max(0, lightness - PALE.from)) / (1 - PALE.from);
  if (chroma < LEAST_CHROMA + pale) return lightness < 0.2 ? 'black' : lightness > 0.75 ? 'white' : 'grey';
  const saturation = chroma / (255 * (1 - Math.abs(2 * lightness - 1)) || 1);
  const sector =
    most === red ? (green - blue) / chroma : most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
  const hue = (60 * sector + 360) % 360;
  if (hue < HUE.orange || hue >= HUE.redAgain) return lightness > 0.75 ? 'pink' : 'red';
  if (hue < HUE.yellow) return lightness < BROWN.lightness || saturation < BROWN.saturation ? 'brown' : 'orange';
  if (hue < HUE.green) return lightness > 0.8 * BROWN.lightness ? 'yellow' : 'green';
  if (hue < HUE.blue) return 'green';
  if (hue < HUE.purple) return 'blue';
  if (hue < HUE.red || lightness < 0.4) return 'purple';
  return lightness < 0.6 ? 'red' : 'pink';
}
