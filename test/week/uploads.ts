import sharp from "sharp";
import { sha256 } from "../../src/files/hash.js";
import { type Answer, type Asking, type Person, wait } from "./asking.js";
import type { Ledger } from "./ledger.js";

export interface WeekPhoto {
  bytes: Buffer;
  sha256: string;
}

/** Makes photos of some 30 to 250 kB; another number, other bytes. */
export async function photoMaker(): Promise<(seed: number) => WeekPhoto> {
  const sizes = [320, 560, 900];
  const pictures = await Promise.all(
    sizes.map((width) =>
      sharp({
        create: {
          width,
          height: (width * 3) / 4,
          channels: 3,
          background: "grey",
          noise: { type: "gaussian", mean: 128, sigma: 30 },
        },
      })
        .jpeg({ quality: 80 })
        .toBuffer(),
    ),
  );
  let made = 0;
  return (seed) => {
    const picture = pictures[seed % pictures.length]!;
    // A comment (COM, ITU-T T.81 B.2.4.5) after the start of the image: 4 bytes of marker and length, 24 of text.
    const text = `${seed} ${made++}`.padEnd(24).slice(0, 24);
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 26]), Buffer.from(text)]);
    const bytes = Buffer.concat([picture.subarray(0, 2), comment, picture.subarray(2)]);
    return { bytes, sha256: sha256(bytes) };
  };
}

const tus = { "tus-resumable": "1.0.0" };
const offsetType = { "content-type": "application/offset+octet-stream" };
const pieceBytes = 48 * 1024;

/**
 * Uploads a photo as our client does (src/newsroom-client/upload.ts): in one request or in pieces, from the offset that the
 * newsroom has, anew only where the upload is no longer there. Notes it when all of it was acknowledged.
 *
 * @param inPieces creates the upload first, and then sends pieces of 48 KiB
 */
export async function upload(
  { journal, until }: Asking,
  ledger: Ledger,
  person: Person,
  photo: WeekPhoto,
  inPieces: boolean,
): Promise<void> {
  let address: string | undefined;
  /** Bytes that the newsroom has acknowledged of the upload at `address`. */
  let acknowledged = 0;
  for (let tries = 0; ; tries++) {
    if (tries > 0 && (await isKnown(person, photo.sha256))) break;
    const answer = address === undefined ? await begin(tries > 0) : await goOn(address, tries > 0);
    if (answer === "done") break;
    if (answer !== "next") await wait(tries, answer, until);
  }
  ledger.photos.push({ at: Date.now(), sha256: photo.sha256, owner: person.id });

  async function begin(isRetry: boolean): Promise<Answer | undefined | "done" | "next"> {
    const fields = { sha256: photo.sha256, filename: "kegiatan.jpg", type: "image/jpeg" };
    const metadata = Object.entries(fields).map(([name, value]) => `${name} ${btoa(value)}`);
    const answer = await person.attempt(
      {
        method: "POST",
        path: "/uploads",
        headers: {
          ...tus,
          "upload-length": String(photo.bytes.length),
          "upload-metadata": metadata.join(","),
          ...(inPieces ? {} : offsetType),
        },
        ...(inPieces ? {} : { bytes: photo.bytes }),
      },
      isRetry,
    );
    if (answer?.status !== 201) {
      journal.lostUploads++;
      return answer;
    }
    const path = new URL(answer.headers.get("location") ?? "", "http://x").pathname;
    address = path.slice(path.indexOf("/uploads/"));
    acknowledged = Number(answer.headers.get("upload-offset") ?? 0);
    return acknowledged === photo.bytes.length ? "done" : "next";
  }

  async function goOn(path: string, isRetry: boolean): Promise<Answer | undefined | "done" | "next"> {
    const head = await person.attempt({ method: "HEAD", path, headers: tus }, isRetry);
    if (head?.status === 404 || head?.status === 410) {
      if (acknowledged > 0 && !(await isKnown(person, photo.sha256)))
        journal.surprises.push(
          `${head.status} for an upload of which ${acknowledged} bytes were acknowledged`,
        );
      address = undefined;
      return "next";
    }
    if (head?.status !== 200) return head;
    let offset = Number(head.headers.get("upload-offset"));
    if (offset < acknowledged)
      journal.surprises.push(`an upload fell back from ${acknowledged} to ${offset} bytes`);
    while (offset < photo.bytes.length) {
      const answer = await person.attempt({
        method: "PATCH",
        path,
        headers: { ...tus, ...offsetType, "upload-offset": String(offset) },
        bytes: photo.bytes.subarray(offset, offset + pieceBytes),
      });
      if (answer?.status !== 204) return answer;
      offset = Number(answer.headers.get("upload-offset"));
      acknowledged = offset;
    }
    return "done";
  }
}

async function isKnown(person: Person, hash: string): Promise<boolean> {
  const { body } = await person.ask({ method: "POST", path: "/photos/known", json: { sha256: [hash] } });
  return body?.sha256?.includes(hash) === true;
}
