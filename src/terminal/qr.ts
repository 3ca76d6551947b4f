/**
 * Draws a text as a QR code of half blocks, two rows of it in one line. Its light parts are drawn, as terminals are dark; phones read
 * it the other way round, too.
 */
export async function qrCode(text: string): Promise<{ drawn: string; columns: number }> {
  const { renderUnicodeCompact } = await import("uqr");
  const drawn = renderUnicodeCompact(text, { ecc: "L", border: 2 });
  return { drawn, columns: Math.max(...drawn.split("\n").map(({ length }) => length)) };
}
