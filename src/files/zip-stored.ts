import { crc32 } from "node:zlib";

/** A file of an archive. */
export interface StoredFile {
  /** ASCII, without folders. */
  name: string;
  bytes: Uint8Array;
}

/** "Made by" and "needed to extract": version 2.0, as every program reads it. */
const version = 20;
/** The archive has neither Zip64 nor room for it: sizes are 32 bits. */
const maxBytes = 0xffff_ffff;

/**
 * Makes a ZIP archive piece by piece, of files that are ready one after the other (PKWARE APPNOTE 6.3.10, 4.3). Photos do not shrink,
 * so they are stored as they are: no compressor, and only one file in memory. Throws RangeError past 4 GB or 65,535 files.
 *
 * @param at of all files, as the clock of whoever opens it shows it: DOS times have no zone
 */
export async function* storedZip(
  files: AsyncIterable<StoredFile> | Iterable<StoredFile>,
  at: Date,
): AsyncGenerator<Buffer, void, undefined> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, bytes } of files) {
    const described = describe(name, bytes, at);
    directory.push(centralHeader(described, name, offset));
    const header = Buffer.concat([localHeader(described), Buffer.from(name, "latin1")]);
    offset += header.length + bytes.length;
    if (offset > maxBytes || directory.length >= 0xffff) throw new RangeError("too much for one archive");
    yield header;
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  const central = Buffer.concat(directory);
  yield central;
  yield endOfDirectory(directory.length, central.length, offset);
}

/** What both headers of a file say: version, flags, method, time, date, CRC-32, sizes, length of the name, no extra field. */
function describe(name: string, bytes: Uint8Array, at: Date): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6);
  fields.writeUInt16LE(
    (Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    8,
  );
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

const signature = (text: string) => Buffer.from(text, "latin1");

function localHeader(described: Buffer): Buffer {
  return Buffer.concat([signature("PK\x03\x04"), described]);
}

function centralHeader(described: Buffer, name: string, offset: number): Buffer {
  const madeBy = Buffer.from([version, 0]);
  // Length of the comment, disk, internal and external attributes: none.
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([signature("PK\x01\x02"), madeBy, described, rest, Buffer.from(name, "latin1")]);
}

function endOfDirectory(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([signature("PK\x05\x06"), end]);
}
