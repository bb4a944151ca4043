const LENGTH = /\b(?:met(?:re|er)s?|kilomet(?:re|er)s?|km|cm|mm|m|miles?|feet|foot|ft|inch(?:es)?|yards?|fathoms?)\b/i;
const AGE = /\b(?:years?|months?|weeks?|days?|centur(?:y|ies))\b/i;
/** What "how …" is measured in. */
const UNITS: Readonly<Record<string, RegExp>> = {
  tall: LENGTH,
  high: LENGTH,
  deep: LENGTH,
  wide: LENGTH,
  far: LENGTH,
  long: new RegExp(`${LENGTH.source}|${AGE.source}|\\b(?:hours?|minutes?|seconds?)\\b`, 'i'),
  old: AGE,
  heavy: /\b(?:kg|kilo(?:gram)?s?|grams?|tonnes?|tons?|pounds?|lbs?|ounces?|stone)\b/i,
  fast: /\b(?:knots?|mph|km\/h|miles|kilomet(?:re|er)s)\b/i,
  hot: /degrees?|°/i,
  cold: /degrees?|°/i,
};

/** Whether a quantity has a unit that the question's "how tall", "how old" … is measured in; undefined when that asks for none. */
export function hasUnit(measure: string | undefined, quantity: string): boolean | undefined {
  const unit = UNITS[measure ?? ''];
  return unit && unit.test(quantity);
}
