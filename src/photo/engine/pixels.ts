import type { Size } from "./size.js";

/** Upright sRGB pixels, 8 bits, three channels. */
export interface Pixels extends Size {
  data: Buffer;
}
