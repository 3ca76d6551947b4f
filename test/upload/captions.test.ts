import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCaptions } from "../../src/upload/captions.js";

const read = (text: string | Uint8Array) =>
  readCaptions(typeof text === "string" ? new TextEncoder().encode(text) : text, "takarir.csv");

describe("a list of captions", () => {
  it("is read by the names of its columns, in any order, in Indonesian or English", () => {
    const id = read(
      "kredit,Keterangan Foto,berkas,ALT\nHumas,Camat membuka acara,IMG_1.jpg,Camat di podium\n",
    );
    const expected = { caption: "Camat membuka acara", alt: "Camat di podium", credit: "Humas" };
    expect(id.of("/foto/IMG_1.jpg")).toEqual(expected);
    const en = read(
      "File name,Caption,Alt text,Photographer\nIMG_1.jpg,Camat membuka acara,Camat di podium,Humas\n",
    );
    expect(en.of("/foto/IMG_1.jpg")).toEqual(expected);
  });

  it.each([
    ["commas", 'berkas,keterangan\r\nIMG_1.jpg,"Camat, Sekcam; hadir"\r\n'],
    ["semicolons, as Excel in Indonesia", 'berkas;keterangan\r\nIMG_1.jpg;"Camat, Sekcam; hadir"\r\n'],
    ["tabs", "berkas\tketerangan\nIMG_1.jpg\tCamat, Sekcam; hadir\n"],
    ["a BOM", '\ufeffberkas,keterangan\nIMG_1.jpg,"Camat, Sekcam; hadir"\n'],
    ["a line that names the separator", 'sep=;\r\nberkas;keterangan\r\nIMG_1.jpg;"Camat, Sekcam; hadir"\r\n'],
  ])("is read with %s", (_what, text) => {
    expect(read(text).of("IMG_1.jpg")).toEqual({ caption: "Camat, Sekcam; hadir" });
  });

  it("is read in the encodings of spreadsheets", () => {
    const text = "berkas\tketerangan\nIMG_1.jpg\tPosyandu “Mawar” é\n";
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    expect(read(utf16).of("IMG_1.jpg")).toEqual({ caption: "Posyandu “Mawar” é" });
    const windows = Buffer.from("berkas;keterangan\nIMG_1.jpg;Caf\xe9\n", "latin1");
    expect(read(windows).of("IMG_1.jpg")).toEqual({ caption: "Café" });
  });

  it("names a photo in any case, with or without ending, or by the end of its path", () => {
    const list = read(
      "berkas,keterangan\nimg_1.JPG,satu\nIMG_2,dua\nhari-1/IMG_3.jpg,tiga\nhari-2\\IMG_3.jpg,empat\n",
    );
    expect(list.of("/foto/IMG_1.jpg")).toEqual({ caption: "satu" });
    expect(list.of("/foto/IMG_2.HEIC")).toEqual({ caption: "dua" });
    expect(list.of("/foto/hari-1/IMG_3.jpg")).toEqual({ caption: "tiga" });
    expect(list.of("/foto/hari-2/IMG_3.jpg")).toEqual({ caption: "empat" });
    expect(list.of("/foto/IMG_4.jpg")).toBeUndefined();
    expect(list.of("/foto/IMG_1.png")).toBeUndefined();
  });

  it("reports rows that no photo matched", () => {
    const list = read("berkas,keterangan\nIMG_1.jpg,satu\nIMG_9.jpg,sembilan\n");
    list.of("IMG_1.jpg");
    expect(list.unused()).toEqual(["IMG_9.jpg"]);
  });

  it.each([["keterangan,alt\nsatu,dua\n"], ["berkas\nIMG_1.jpg\n"], [""], ["\u0000\u0001"]])(
    "without the columns it needs is refused (%j)",
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: "captions-invalid", exit: 2 }));
    },
  );

  it("gives back every caption that a spreadsheet may hold", () => {
    const caption = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(
        fc.array(caption, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(",", ";", "\t"),
        (captions, separator) => {
          const rows = captions.map((text, i) => `IMG_${i}.jpg${separator}"${text.replaceAll('"', '""')}"`);
          const list = read(`berkas${separator}keterangan\r\n${rows.join("\r\n")}\r\n`);
          for (const [i, text] of captions.entries()) {
            expect(list.of(`IMG_${i}.jpg`)?.caption).toBe(text.toWellFormed().trim());
          }
        },
      ),
    );
  });
});
