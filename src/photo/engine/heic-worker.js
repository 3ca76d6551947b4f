// Decodes HEIC in a thread of its own: libheif in WebAssembly is synchronous and takes half a second for 12 MP.
// Plain JavaScript, so that the same file runs from src/ and from dist/. heic.ts sends it messages.
// @ts-check
import { parentPort, workerData } from "node:worker_threads";

/**
 * libheif's C interface (libheif/heif.h), as Emscripten exports it; pointers are numbers.
 *
 * @type {any}
 */
let heif;
try {
  heif = (await import(workerData.module)).default;
} catch (error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ERR_MODULE_NOT_FOUND") throw error;
}

parentPort?.on("message", (/** @type {{ bytes: Uint8Array, spare?: ArrayBuffer }} */ { bytes, spare }) => {
  if (!heif) return parentPort?.postMessage({ missing: true });
  try {
    const picture = decode(bytes, spare);
    parentPort?.postMessage(picture, [picture.data.buffer]);
  } catch (error) {
    parentPort?.postMessage({ reason: String(error) });
  }
});

/**
 * Decodes the primary image as RGB of 8 bits, turned as the file specifies.
 *
 * @param {Uint8Array} bytes
 * @param {ArrayBuffer} [spare] memory of the previous photo, to reuse
 */
function decode(bytes, spare) {
  /** @type {number[]} */
  const pointers = [];
  const allocate = (/** @type {number} */ size) => {
    const pointer = heif._malloc(size);
    if (!pointer) throw new Error("out of memory");
    pointers.push(pointer);
    return pointer;
  };
  // Functions that return a heif_error write it where their first argument points: code, subcode, message.
  const error = allocate(16);
  const result = allocate(8);
  // When the memory grows, it becomes another buffer, so it is looked up at every use.
  const number = (/** @type {number} */ pointer) => new DataView(heif.HEAPU8.buffer).getUint32(pointer, true);
  const check = () => {
    if (number(error)) throw new Error(`libheif ${number(error)}.${number(error + 4)}`);
  };
  const context = heif._heif_context_alloc();
  let handle = 0;
  let image = 0;
  try {
    const file = allocate(bytes.length);
    heif.HEAPU8.set(bytes, file);
    heif._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0);
    check();
    heif._heif_context_get_primary_image_handle(error, context, result);
    check();
    handle = number(result);
    heif._heif_decode_image(
      error,
      handle,
      result,
      heif.heif_colorspace.heif_colorspace_RGB.value,
      heif.heif_chroma.heif_chroma_interleaved_RGB.value,
      0,
    );
    check();
    image = number(result);
    const channel = heif.heif_channel.heif_channel_interleaved.value;
    const width = heif._heif_image_get_width(image, channel);
    const height = heif._heif_image_get_height(image, channel);
    const plane = heif._heif_image_get_plane_readonly(image, channel, result);
    const stride = number(result);
    const size = width * height * 3;
    const data = spare && spare.byteLength >= size ? new Uint8Array(spare, 0, size) : new Uint8Array(size);
    for (let y = 0; y < height; y++) {
      const row = plane + y * stride;
      data.set(heif.HEAPU8.subarray(row, row + width * 3), y * width * 3);
    }
    return { data, width, height };
  } finally {
    if (image) heif._heif_image_release(image);
    if (handle) heif._heif_image_handle_release(handle);
    heif._heif_context_free(context);
    for (const pointer of pointers) heif._free(pointer);
  }
}
