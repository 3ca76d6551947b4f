import sharp from "sharp";

/**
 * @typedef {object} SampleOptions
 * @property {number} width Pixels of the upright picture.
 * @property {number} height Pixels of the upright picture.
 * @property {number} [orientation] EXIF orientation, 1 to 8: the pixels are stored so that a reader who obeys it sees the picture upright.
 * @property {{ latitude: number, longitude: number }} [gps] Degrees, written to the EXIF with a camera's name and serial number.
 * @property {number} [seed] Another number draws another scene.
 */

/** Red, green, blue of the corner patches of an upright sample, each an eighth of the picture wide and high. */
export const sampleCorners = /** @type {const} */ ({
  topLeft: [200, 40, 40],
  topRight: [40, 160, 60],
  bottomLeft: [40, 70, 200],
  bottomRight: [230, 200, 40],
});

/** The scene is drawn at a sixth of its size and enlarged: drawing every pixel of 12 MP in JavaScript takes seconds. */
const coarse = 6;

/**
 * Makes a JPEG like a phone's for the demo and the tests: a village under a sky, with four coloured corners.
 *
 * @param {SampleOptions} options
 * @returns {Promise<Buffer>}
 */
export async function samplePhoto(options) {
  const { orientation = 1, seed = 1, gps } = options;
  const isTurned = orientation >= 5;
  const width = isTurned ? options.height : options.width;
  const height = isTurned ? options.width : options.height;
  const small = { width: Math.ceil(width / coarse), height: Math.ceil(height / coarse) };
  const data = Buffer.alloc(small.width * small.height * 3);
  let grain = seed >>> 0 || 1;
  let at = 0;
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      const [u, v] = upright((x + 0.5) / small.width, (y + 0.5) / small.height, orientation);
      const colour = scene(u, v, seed);
      // xorshift32: sensor noise, so that the file is about as large as a camera's.
      grain ^= grain << 13;
      grain ^= grain >>> 17;
      grain ^= grain << 5;
      const noise = ((grain >>> 0) % 25) - 12;
      for (const channel of colour) data[at++] = Math.min(255, Math.max(0, channel + noise));
    }
  }
  return sharp(data, { raw: { ...small, channels: 3 } })
    .resize({ width, height, fit: "fill", kernel: "cubic" })
    .withExif({
      IFD0: { Make: "Contoh", Model: "Kamera Contoh 12", Artist: "Operator Contoh" },
      ...(gps && { IFD2: { BodySerialNumber: "SN-0012345" }, IFD3: gpsTags(gps) }),
    })
    .withMetadata({ orientation })
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** The position in the upright picture of a stored point, 0 to 1 each way (EXIF 2.32, tag 0x0112). */
function upright(x, y, orientation) {
  switch (orientation) {
    case 2:
      return [1 - x, y];
    case 3:
      return [1 - x, 1 - y];
    case 4:
      return [x, 1 - y];
    case 5:
      return [y, x];
    case 6:
      return [1 - y, x];
    case 7:
      return [1 - y, 1 - x];
    case 8:
      return [y, 1 - x];
    default:
      return [x, y];
  }
}

function scene(u, v, seed) {
  const { topLeft, topRight, bottomLeft, bottomRight } = sampleCorners;
  if (v < 1 / 8 && u < 1 / 8) return topLeft;
  if (v < 1 / 8 && u > 7 / 8) return topRight;
  if (v > 7 / 8 && u < 1 / 8) return bottomLeft;
  if (v > 7 / 8 && u > 7 / 8) return bottomRight;
  const hill = 0.5 + 0.06 * Math.sin(u * 7 + seed) + 0.03 * Math.sin(u * 17 + seed * 2);
  if (v < hill) {
    const sun = Math.hypot(u - 0.2 - ((seed * 0.17) % 0.6), (v - 0.22) * 0.75);
    if (sun < 0.06) return [255, 236, 170];
    return [120 + 110 * v, 165 + 80 * v, 225];
  }
  const house = Math.floor(u * 9 + seed);
  const inHouse = Math.abs(((u * 9 + seed) % 1) - 0.5) < 0.32 && v > 0.62 && v < 0.78;
  if (inHouse) return v < 0.67 ? [150, 70, 45] : [210 - (house % 3) * 25, 195, 170 - (house % 4) * 20];
  return v > 0.84 ? [125, 120, 112] : [70 + 40 * Math.sin(v * 60 + seed), 125 + 20 * Math.sin(u * 90), 60];
}

function gpsTags({ latitude, longitude }) {
  return {
    GPSLatitudeRef: latitude < 0 ? "S" : "N",
    GPSLatitude: sexagesimal(latitude),
    GPSLongitudeRef: longitude < 0 ? "W" : "E",
    GPSLongitude: sexagesimal(longitude),
  };
}

function sexagesimal(degrees) {
  const seconds = Math.round(Math.abs(degrees) * 360_000);
  return `${Math.floor(seconds / 360_000)}/1 ${Math.floor((seconds % 360_000) / 6000)}/1 ${seconds % 6000}/100`;
}
