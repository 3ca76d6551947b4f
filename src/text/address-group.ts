import { isIPv4, isIPv6 } from "node:net";

/**
 * The key under which limits count an address. One subscriber gets at least a /64 of IPv6 (RFC 6177), so all its addresses
 * are one; an IPv4 address that is written as IPv6 (`::ffff:a.b.c.d`) is the IPv4 address. Anything else is returned as
 * it is.
 *
 * @returns e.g. "192.0.2.1" or "2001:db8:0:1::/64"
 */
export function addressGroup(address: string): string {
  const [plain = ""] = address.split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(plain)) return address;
  const groups = groupsOf(plain);
  const [, , , , , fifth, sixth = 0, seventh = 0] = groups;
  if (groups.slice(0, 5).every((group) => group === 0) && fifth === 0xffff) {
    return [sixth >> 8, sixth & 0xff, seventh >> 8, seventh & 0xff].join(".");
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const before = partsOf(head);
  if (tail === undefined) return before;
  const after = partsOf(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** Groups of a part of an address; the last two may be written as an IPv4 address. */
function partsOf(text: string): number[] {
  return text
    .split(":")
    .filter((part) => part !== "")
    .flatMap((part) => {
      if (!part.includes(".")) return [Number.parseInt(part, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
      return [(a << 8) | b, (c << 8) | d];
    });
}
