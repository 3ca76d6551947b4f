/** Degrees (WGS 84), north and east positive. */
export interface Position {
  latitude: number;
  longitude: number;
  /** The file does not say north or south, or east or west; north and east are assumed. */
  hemisphere_unknown?: true;
}

/** One coordinate as a file writes it. */
interface Coordinate {
  degrees: number;
  signed: boolean;
}

/**
 * Puts two coordinates together. Returns null where there is no place: nothing is written, the numbers are none, or
 * both are zero, which cameras write before they know. Returns "unreadable" where something is written but no place.
 *
 * @param isSigned whether both are known to carry their sign
 */
export function positionOf(
  latitude: Coordinate | undefined,
  longitude: Coordinate | undefined,
  isSigned = latitude?.signed === true && longitude?.signed === true,
): Position | "unreadable" | null {
  const written = [latitude, longitude].filter((one) => one && one.degrees !== 0);
  if (written.length === 0) return null;
  if (!latitude || !longitude) return "unreadable";
  if (!(Math.abs(latitude.degrees) <= 90 && Math.abs(longitude.degrees) <= 180)) return "unreadable";
  return {
    latitude: rounded(latitude.degrees),
    longitude: rounded(longitude.degrees),
    ...(isSigned ? {} : { hemisphere_unknown: true }),
  };
}

/**
 * Makes a coordinate of degrees, minutes and seconds. Returns undefined when the degrees are no number.
 *
 * @param reference "N", "South", …; empty when the file has none
 */
export function coordinateOf(parts: readonly number[], reference: string): Coordinate | undefined {
  const [first, minutes = 0, seconds = 0] = parts;
  if (first === undefined || !Number.isFinite(first)) return undefined;
  const part = (value: number) => (Number.isFinite(value) ? value : 0);
  const size = Math.abs(first) + part(minutes) / 60 + part(seconds) / 3600;
  const side = /^\s*([NSEW])/i.exec(reference)?.[1]?.toUpperCase();
  const negative = first < 0 || Object.is(first, -0) || side === "S" || side === "W";
  return { degrees: negative ? -size : size, signed: side !== undefined || negative };
}

/**
 * Reads a coordinate written as text: "6,15.75S" and "6,15,45S" (XMP Specification Part 2, GPSCoordinate), "-6.2625",
 * "6.2625 S", "6 deg 15' 45.00\" S", "6/1, 15/1, 45/1".
 *
 * @param reference of a field beside it; the text's own letter wins
 */
export function coordinateText(text: string, reference = ""): Coordinate | undefined {
  const side = /^\s*([NSEW])|([NSEW])\w*\s*$/i.exec(text);
  const parts = [...text.matchAll(/([-+]?\d+(?:\.\d+)?)(?:\s*\/\s*(\d+(?:\.\d+)?))?/g)].slice(0, 3);
  // A decimal comma, "6,2625", is no count of minutes.
  const comma = /^\s*([-+]?\d+),(\d{3,})\s*[NSEW]?\s*$/i.exec(text);
  const numbers = comma
    ? [Number(`${comma[1]}.${comma[2]}`)]
    : parts.map(([, top, bottom]) => Number(top) / Number(bottom ?? 1));
  const negative = /^\s*[NSEW]?\s*-/i.test(text);
  const coordinate = coordinateOf(numbers.map(Math.abs), side?.[1] ?? side?.[2] ?? reference);
  if (!coordinate || !negative) {
    // A number with its sign written out, "+6.1", or with decimals only in a field that is defined as signed.
    return coordinate && /^\s*\+/.test(text) ? { ...coordinate, signed: true } : coordinate;
  }
  return { degrees: -Math.abs(coordinate.degrees), signed: true };
}

/** Rounds to about a tenth of a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
