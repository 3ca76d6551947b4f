import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive; what is not given is as it should be. */
export interface ZipEntry {
  name: string;
  content?: Buffer;
  /** Bit 0: encrypted; bit 11: the name is UTF-8. */
  flags?: number;
  /** The bytes of the name, where they are not UTF-8. */
  nameBytes?: Buffer;
  /** Extra fields (4.5). */
  extra?: Buffer;
  /** 0 stored, 8 deflated. */
  method?: number;
  /** What the archive claims. */
  claims?: { size?: number; packed?: number; sum?: number };
  /** Lies at the same place as the entry before it. */
  overlaps?: boolean;
}

/** A ZIP archive (PKWARE APPNOTE 6.3.10, 4.3), also one that no program would write. */
export function zipOf(entries: readonly ZipEntry[], claimed: number = entries.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let before = 0;
  for (const {
    name,
    content = Buffer.alloc(0),
    flags = 0x800,
    method = 8,
    claims = {},
    overlaps,
    extra = Buffer.alloc(0),
    nameBytes = Buffer.from(name),
  } of entries) {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(claims.sum ?? crc32(content), 10);
    fields.writeUInt32LE(claims.packed ?? packed.length, 14);
    fields.writeUInt32LE(claims.size ?? content.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const place = overlaps ? before : at;
    if (!overlaps) {
      before = at;
      const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, nameBytes, extra, packed]);
      parts.push(local);
      at += local.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(place, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, rest, nameBytes, extra]),
    );
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(claimed & 0xffff, 8);
  end.writeUInt16LE(claimed & 0xffff, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}
