import type { ErrorCode } from "../../src/errors/errors.js";

/** What becomes of one photo of ../shared/photos/tricky (its EXPECTED.tsv), and what is seen of it. */
export interface Expected {
  file: string;
  /** Missing when it is made. */
  refused?: ErrorCode;
  /** Of the rendition for the web, in pixels. */
  size?: readonly [width: number, height: number];
  notes?: readonly string[];
  why?: string;
}

const made = (file: string, width: number, height: number, why = "", notes: string[] = []): Expected => ({
  file,
  size: [width, height],
  notes,
  why,
});
const refused = (file: string, code: ErrorCode, why = ""): Expected => ({ file, refused: code, why });

/** All 64 of them; no outcome of EXPECTED.tsv is disputed. */
export const expectedOutcomes: readonly Expected[] = [
  made("anim.gif", 80, 80, "first frame, said", ["first-frame-only"]),
  made("anim.webp", 370, 285, "first frame, said", ["first-frame-only"]),
  made("apple-gainmap.jpg", 384, 512, "the base image"),
  made("avif-irot6.avif", 1536, 2048, "upright; rotation is in the container"),
  refused("benign.svg", "photo-not-supported", "not a photo format"),
  refused("bomb-17000x17000.avif", "photo-too-large"),
  refused("bomb-1bit-30000x30000.png", "photo-too-large"),
  refused("bomb-65536x65536.png", "photo-too-large"),
  refused("bomb-under-limit-16000x16000.png", "photo-too-large", "too many pixels for a PNG"),
  made("cmyk-noprofile.jpg", 500, 333, "CMYK to sRGB"),
  refused("corrupt-header.jpg", "photo-damaged"),
  made("extended-xmp.jpg", 8, 8, "not enlarged"),
  made("gps.jpg", 640, 480),
  made("gps-empty.jpg", 2048, 1532),
  made("gps-immich.jpg", 150, 103),
  made("gps-odd-ifd.jpg", 1600, 900),
  made("gps-tiny.jpg", 120, 80, "not enlarged"),
  made("heic-exif-at-eof.heic", 1536, 2048),
  made("heic-named-jpg.jpg", 1440, 960, "told by content"),
  refused("heif-fuzz1.heif", "photo-damaged"),
  refused("heif-fuzz2.heif", "photo-damaged"),
  made("invalid-exif.jpg", 636, 227, "metadata ignored"),
  refused("invalid-multiframe.gif", "photo-damaged"),
  made("iphone-8mp.heic", 1586, 2048, "colour as the profile says"),
  made("iptc.jpg", 8, 8, "not enlarged"),
  made("jpeg-named-heic.heic", 120, 80, "told by content"),
  made("looks-like-svg.webp", 256, 256, "it is a WebP"),
  made("mpo-named-jpg.jpg", 640, 480, "first image"),
  refused("not-an-image.jpg", "photo-not-supported"),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => made(`orient-landscape-${n}.jpg`, 1800, 1200)),
  made("p3-gps-or6.jpg", 900, 1200, "upright, P3 converted"),
  made("p3.png", 8, 8, "P3 converted"),
  made("png-named-jpg.jpg", 8, 8, "told by content"),
  made("png16-grey-alpha.png", 109, 96, "alpha flattened on white"),
  made("png16-rgb.png", 32, 32),
  made("polyglot-comment.jpg", 640, 480, "comment gone"),
  made("polyglot-zip-trailer.jpg", 640, 480, "trailer gone"),
  made("prophoto.png", 1, 1, "converted"),
  made("samsung-invalid-sos.jpg", 640, 480, "valid enough: phones write it"),
  made("small.heic", 1440, 960),
  made("srgb-gps.jpg", 1200, 900),
  made("stereo.mpo", 640, 480, "first image"),
  refused("svg-external.svg", "photo-not-supported", "nothing fetched"),
  refused("svg-lol.svg", "photo-not-supported"),
  refused("svg-named-png.png", "photo-not-supported"),
  made("trailer-afcp.jpg", 8, 8, "trailer gone"),
  refused("truncated-half-gps.jpg", "photo-damaged"),
  refused("truncated-lastbyte.jpg", "photo-damaged"),
  refused("truncated.gif", "photo-damaged"),
  refused("truncated.jpg", "photo-damaged"),
  refused("truncated.png", "photo-damaged"),
  refused("truncated.svgz", "photo-not-supported"),
  made("ultrahdr-gainmap.jpg", 2048, 1152, "the base image"),
  made("xmp.jpg", 8, 8, "not enlarged"),
  made("xyb-icc.jpg", 290, 442, "converted by its profile, not as sRGB"),
  refused("zero-byte.jpg", "photo-not-supported"),
];
