const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The place at or before `at` where a text can be cut without halving a surrogate pair. */
export function cutPlace(text: string, at: number): number {
  const isInsidePair =
    at > 0 &&
    at < text.length &&
    isHighSurrogate(text.charCodeAt(at - 1)) &&
    isLowSurrogate(text.charCodeAt(at));
  return isInsidePair ? at - 1 : at;
}
