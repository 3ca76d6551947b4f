/**
 * The last part of a path that any system may have written: "IMG_1.jpg" of "C:\Foto\IMG_1.jpg" and of "foto/IMG_1.jpg". Empty where the path
 * ends with a separator.
 */
export function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
