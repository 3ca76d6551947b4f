import { writeFile } from "node:fs/promises";
import path from "node:path";
import { sampleAnswers } from "../support/answers.js";
import { type Computer, type Ended, openComputer } from "../support/kominfo.js";
import { writeNoise } from "../support/photos.js";
import type { Scene } from "./acts.js";
import type { Person } from "./asking.js";

/** An operator who works by the command line, on a computer of its own. */
export interface CommandLine {
  /** Uploads a batch of photos to an album. */
  album(scene: Scene, seed: number): Promise<void>;
  /** Writes a post and submits it. */
  post(scene: Scene, seed: number): Promise<void>;
  remove(): Promise<void>;
}

const photosPerAlbum = 8;
/** Partly done, and a server that cannot be reached now: the same command goes on later. */
const goesOn: readonly (number | null)[] = [3, 5];

export async function openCommandLine(origin: string, person: Person): Promise<CommandLine> {
  const computer = await openComputer({ origin, token: person.token });
  return {
    async album(scene, seed) {
      const folder = `foto-${seed}`;
      await writeNoise(path.join(computer.workspace, folder), photosPerAlbum, seed % 10_000);
      const words = ["photo", "upload", folder, "--event", `Acara perintah ${seed}`, "--json"];
      const made = await untilDone(computer, scene, words);
      const at = Date.now();
      const album = `${made.album.kecamatan}/${made.album.slug}`;
      for (const { sha256 } of made.photos) {
        scene.ledger.photos.push({ at, sha256, owner: person.id });
        scene.ledger.albumPhotos.push({ at, sha256, album });
      }
    },
    async post(scene, seed) {
      const title = `Musrenbang lewat perintah (${seed})`;
      const answers = path.join(computer.home, `jawaban-${seed}.json`);
      await writeFile(answers, JSON.stringify({ ...sampleAnswers(), judul: title }));
      const { post } = await computer.json(["post", "new", "berita-kegiatan", "--from", answers]);
      const { submission } = await untilDone(computer, scene, ["post", "submit", post.slug, "--json"]);
      const at = Date.now();
      scene.ledger.submissions.push({ at, id: submission.id, title, kecamatan: person.kecamatan });
      scene.ledger.revisions.push({ at, submission: submission.id, number: 1, hash: undefined });
      scene.ledger.steps.push({ at, submission: submission.id, step: "submit" });
    },
    remove: () => computer.remove(),
  };
}

/** The same command again, as its hints say, until it ends with 0; its document. */
// biome-ignore lint/suspicious/noExplicitAny: the run looks into whatever came
async function untilDone(computer: Computer, { journal, until }: Scene, words: string[]): Promise<any> {
  let ended: Ended;
  do {
    if (until.aborted) {
      journal.unanswered.push(`kominfo ${words.join(" ")}`);
      throw until.reason;
    }
    ended = await computer.run(words);
  } while (goesOn.includes(ended.code));
  if (ended.code !== 0) {
    journal.surprises.push(`kominfo ${words.join(" ")}: ${ended.code} ${ended.stdout} ${ended.stderr}`);
    throw new Error(`kominfo ${words[0]} ${words[1]} ended with ${ended.code}`);
  }
  return JSON.parse(ended.stdout);
}
