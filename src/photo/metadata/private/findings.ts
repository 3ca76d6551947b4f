import type { UnreadPart } from "../blocks/file-parts.js";
import { coordinateText, type Position, positionOf } from "./coordinates.js";

/** Parts of a place name, from the nearest to the widest. */
type PlaceLevel = "site" | "city" | "state" | "country";

/** What the readers of the single formats put together. */
export interface Findings {
  positions: ReturnType<typeof createPositions>;
  places: ReturnType<typeof createPlaces>;
  serials: Texts;
  persons: Texts;
  /** Owners and photographers, as the camera and the programs after it name them. */
  owners: Texts;
  /** Notices of copyright, which name the owner where nothing else does. */
  rights: Texts;
  /** Texts in which anything may stand, and those of them that are told elsewhere or that programs show. */
  comments: Texts;
  told: Texts;
  unread: Set<UnreadPart>;
  owner(): string;
  /** Whether a comment says anything that is not told. */
  hasUntoldComment(): boolean;
}

/** Characters kept of one text, and texts kept of one kind: files may hold megabytes. */
const maxTextLength = 300;
const maxTexts = 20;
const maxComments = 1000;

/** Texts without repetition; letter case and space make no difference. */
interface Texts {
  add(text: string): void;
  all(): string[];
  has(text: string): boolean;
  /** Whether one of them holds these words beside others. */
  mentions(text: string): boolean;
}

const keptOf = (text: string) => text.replaceAll("\0", "").slice(0, maxTextLength).trim();
/** In spaces, so that "ani" is not found in "bagian". */
const wordsOf = (text: string) => ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
const keyOf = (text: string) => text.replace(/\s+/g, " ").toLowerCase();

function createTexts(most = maxTexts): Texts {
  const texts = new Map<string, string>();
  return {
    add: (text) => {
      const kept = keptOf(text);
      // Blanks, dashes and question marks fill fields that nobody has filled in.
      if (!/[\p{L}\p{N}]/u.test(kept) || texts.size >= most) return;
      if (!texts.has(keyOf(kept))) texts.set(keyOf(kept), kept);
    },
    all: () => [...texts.values()],
    has: (text) => texts.has(keyOf(keptOf(text))),
    mentions: (text) => {
      const words = wordsOf(keptOf(text));
      return [...texts.keys()].some((key) => wordsOf(key).includes(words));
    },
  };
}

export function createFindings(): Findings {
  const unread = new Set<UnreadPart>();
  const [owners, rights] = [createTexts(), createTexts()];
  const [persons, comments, told] = [createTexts(), createTexts(maxComments), createTexts(maxComments)];
  return {
    positions: createPositions(unread),
    places: createPlaces(),
    serials: createTexts(),
    persons,
    comments,
    told,
    owners,
    rights,
    unread,
    owner: () => owners.all().join(", ") || (rights.all()[0] ?? ""),
    hasUntoldComment: () =>
      comments
        .all()
        .some((text) => ![told, persons, owners].some((texts) => texts.has(text)) && !told.mentions(text)),
  };
}

function createPlaces() {
  const levels: Record<PlaceLevel, Texts> = {
    site: createTexts(),
    city: createTexts(),
    state: createTexts(),
    country: createTexts(),
  };
  return {
    add: (level: PlaceLevel, text: string) => levels[level].add(text),
    /** From the nearest to the widest: "Aula Kecamatan, Cibitung, Jawa Barat, Indonesia". */
    join: () =>
      Object.values(levels)
        .flatMap((texts) => texts.all())
        .join(", "),
  };
}

/** Coordinates that stand in fields of their own and are put together when the next ones come. */
function createPositions(unread: Set<UnreadPart>) {
  const found: Position[] = [];
  const fields = new Map<string, Map<string, string>>();
  const flush = (group: string) => {
    const values = fields.get(group);
    fields.delete(group);
    const coordinate = (name: string) =>
      values?.has(name) ? coordinateText(values.get(name)!, values.get(`${name}ref`)) : undefined;
    const [latitude, longitude] = [coordinate("lat"), coordinate("lon")];
    // Where one is written with its sign, the other is positive because it has none.
    const isSigned = [...(values?.values() ?? [])].some((text) => /^\s*-/.test(text));
    add(positionOf(latitude, longitude, isSigned || undefined));
  };
  const add = (position: Position | "unreadable" | null) => {
    if (position === "unreadable") unread.add("gps");
    else if (position) found.push(position);
  };
  return {
    add,
    /** Takes one field; two of the same name in one group belong to two places. */
    addField: (group: string, name: string, text: string) => {
      if (fields.get(group)?.has(name)) flush(group);
      const values = fields.get(group) ?? new Map<string, string>();
      fields.set(group, values.set(name, text));
    },
    finish: () => {
      for (const group of [...fields.keys()]) flush(group);
    },
    /** One whose hemispheres are known, before any other. */
    first: () => found.find((position) => !position.hemisphere_unknown) ?? found[0],
  };
}
