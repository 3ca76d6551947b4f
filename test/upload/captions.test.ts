import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWholeText } from "../../src/text/decode.js";
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
    expect(read(utf16.subarray(2)).of("IMG_1.jpg")).toEqual({ caption: "Posyandu “Mawar” é" });
    const windows = read(Buffer.from("berkas;keterangan\nIMG_1.jpg;Caf\xe9 \x93M\x94\n", "latin1"));
    expect(windows.of("IMG_1.jpg")).toEqual({ caption: "Café “M”" });
    expect(windows.encoding).toBe("windows-1252");
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
    expect(list.unused()).toEqual([{ name: "IMG_9.jpg", line: 3 }]);
    // A photo that is there, though nobody asked for it, has its row by right.
    expect(list.unused(["img_9.JPG"])).toEqual([]);
  });

  it("names the photo that a row without one was perhaps meant for", () => {
    const list = read("berkas,keterangan\nRapat Camta.jpg,satu\nIMG_1.jpg,dua\n");
    list.of("/foto/Rapat Camat.jpg");
    list.of("/foto/IMG_1.jpg");
    expect(list.unused()).toEqual([{ name: "Rapat Camta.jpg", line: 2, nearest: "Rapat Camat.jpg" }]);
  });

  it("names a photo as one reads it: composed or not, with any space, and of two that differ in case the right one", () => {
    const list = read(
      "berkas;keterangan\nPos\u00e9 9.30 PM.jpg;satu\na.jpg;kecil\nA.jpg;besar\nhari 1/B.jpg;dua\n",
    );
    expect(list.of("/foto/Pose\u0301\u00a09.30\u202fPM.jpg")).toEqual({ caption: "satu" });
    expect(list.of("/foto/pose\u0301 9.30 pm.JPG")).toEqual({ caption: "satu" });
    expect(list.of("/foto/a.jpg")).toEqual({ caption: "kecil" });
    expect(list.of("/foto/A.jpg")).toEqual({ caption: "besar" });
    expect(list.of("/foto/hari\u00a01/B.jpg")).toEqual({ caption: "dua" });
  });

  it("tells which rows name the same photo; the last one counts", () => {
    const list = read("berkas,keterangan\nIMG_1.jpg,satu\nIMG_2.jpg,dua\nIMG_1.jpg,lain\n");
    expect(list.repeated()).toEqual([{ name: "IMG_1.jpg", lines: [2, 4], counts: 4 }]);
    expect(list.of("IMG_1.jpg")).toEqual({ caption: "lain" });
    const cased = read("berkas,keterangan\nIMG_1.jpg,satu\nimg_1.JPG,dua\n");
    cased.of("IMG_1.jpg");
    expect(cased.repeated()).toEqual([{ name: "IMG_1.jpg", lines: [2, 3], counts: 2 }]);
    expect(cased.unused()).toEqual([]);
    // On Linux these are two files.
    cased.of("img_1.JPG");
    expect(cased.repeated()).toEqual([]);
  });

  it("prefers the column that is surely the file's: a sheet of names has a photo's beside a person's", () => {
    const list = read("nama;berkas;keterangan\nSiti;IMG_1.jpg;satu\n");
    expect(list.of("IMG_1.jpg")).toEqual({ caption: "satu" });
  });

  it.each([
    ["a comma without quotation marks", "IMG_1.jpg,Camat, Sekcam hadir\n", 2, "more-cells"],

    ["a row with too few cells", "IMG_1.jpg,satu\n\nIMG_2.jpg\n", 4, "fewer-cells"],
    [
      "a quotation mark that is never closed",
      'IMG_1.jpg,"Jumat Bersih\nIMG_2.jpg,dua\n',
      2,
      "unclosed-quote",
    ],
    [
      "one that the next row's closes",
      'IMG_1.jpg,"Jumat\nIMG_2.jpg,"dua"\nIMG_3.jpg,tiga\n',
      2,
      "unclosed-quote",
    ],
    ["one that swallows two rows", 'IMG_1.jpg,"Jumat\nIMG_2.jpg,dua\nIMG_3.jpg,tiga"\n', 2, "swallowed"],
    ["one that swallows rows without endings", 'IMG_1,"Jumat\nIMG_2,dua"\nIMG_3,tiga\n', 2, "swallowed"],
    ["one in the first column", 'IMG_1.jpg,"Jumat\n""dua"",IMG_2.jpg\ntiga"\n', 2, "swallowed"],
    ["a caption for no photo", "IMG_1.jpg,satu\n ,dua\n", 3, "no-name"],
  ])("refuses %s, with its line", (_what, rows, line, problem) => {
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(() => read(`berkas,keterangan\n${rows}`.replaceAll("\n", end))).toThrow(
        expect.objectContaining({
          code: "captions-row",
          exit: 2,
          params: expect.objectContaining({ path: "takarir.csv", line, problem }),
        }),
      );
    }
  });

  it.each([
    ["behind the last name", "berkas,takarir,,\nIMG_1.jpg,Camat, Sekcam hadir,\n"],
    ["between two names", "berkas,takarir,,kredit\nIMG_1.jpg,Camat, Sekcam hadir,Foto: Siti\n"],
  ])("refuses a text in a column without a name, %s", (_where, list) => {
    expect(() => read(list)).toThrow(
      expect.objectContaining({
        code: "captions-row",
        params: expect.objectContaining({ line: 2, problem: "more-cells" }),
      }),
    );
  });

  it("passes over numbers in front of the first name, and empty columns behind the last", () => {
    expect(read(",berkas,takarir,,\n1,IMG_1.jpg,satu,,\n").of("IMG_1.jpg")).toEqual({ caption: "satu" });
  });

  it("counts lines from the top of the file, also below a line that names the separator", () => {
    expect(() => read("sep=;\nberkas;keterangan\nIMG_1.jpg\n")).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ line: 3 }) }),
    );
  });

  it("takes what loses nothing: empty cells behind the last column, rows of separators, captions of several lines", () => {
    const list = read('berkas;keterangan\nIMG_1.jpg;satu;;\n;;;\nIMG_2.jpg;"Hadir: Camat;\nLurah; Kades"\n');
    expect(list.of("IMG_1.jpg")).toEqual({ caption: "satu" });
    expect(list.of("IMG_2.jpg")).toEqual({ caption: "Hadir: Camat;\nLurah; Kades" });
  });

  it.each([["keterangan,alt\nsatu,dua\n"], ["berkas\nIMG_1.jpg\n"], [""]])(
    "without the columns it needs is refused (%j)",
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: "captions-invalid", exit: 2 }));
    },
  );

  it("is read where its separator is a bar, or another one was declared", () => {
    expect(read("berkas|keterangan\nIMG_1.jpg|Camat, Sekcam\n").of("IMG_1.jpg")).toEqual({
      caption: "Camat, Sekcam",
    });
    expect(read("sep=,\nberkas;keterangan\nIMG_1.jpg;satu\n").of("IMG_1.jpg")).toEqual({ caption: "satu" });
  });

  it("may have what cannot be seen in its titles, its cells and at its end", () => {
    const list = read("berkas\u200b;\u00a0keterangan\nIMG_1.jpg;satu\u000bdua\u0007\n\u001a");
    expect(list.of("IMG_1.jpg")).toEqual({ caption: "satu\ndua" });
    expect(list.size).toBe(1);
  });

  it("is refused where two columns have one name: the second would be lost", () => {
    expect(() => read("berkas;Keterangan;keterangan\nIMG_1.jpg;satu;dua\n")).toThrow(
      expect.objectContaining({
        code: "captions-row",
        params: { path: "takarir.csv", line: 1, problem: "column-twice", text: "keterangan" },
      }),
    );
  });

  it("is refused by name where it is a workbook", () => {
    expect(() => read(Buffer.from("PK\u0003\u0004\u0014\u0000"))).toThrow(
      expect.objectContaining({ code: "captions-invalid", params: { path: "takarir.csv", columns: [] } }),
    );
  });

  it("names the photo of which a row has another copy", () => {
    const list = read("berkas,keterangan\nRapat (1).jpg,satu\nIMG_1 - Copy.jpg,dua\n");
    list.of("/foto/Rapat.jpg");
    list.of("/foto/IMG_1.jpg");
    expect(list.unused().map(({ nearest }) => nearest)).toEqual(["Rapat.jpg", "IMG_1.jpg"]);
  });

  it("is not guessed at where it is no text", () => {
    expect(() => read("\u0000\u0001")).toThrow(expect.objectContaining({ code: "text-unreadable", exit: 2 }));
    expect(() => read("berkas,keterangan\nIMG_1.jpg,Caf\ufffd\n")).toThrow(
      expect.objectContaining({ params: { path: "takarir.csv", fault: "lost", line: 2 } }),
    );
  });

  it("gives back every caption that a spreadsheet may hold", () => {
    const caption = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((text) => text.trim() !== "" && isWholeText(text));
    fc.assert(
      fc.property(
        fc.array(caption, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(",", ";", "\t"),
        (captions, separator) => {
          const rows = captions.map((text, i) => `IMG_${i}.jpg${separator}"${text.replaceAll('"', '""')}"`);
          const list = read(`berkas${separator}keterangan\r\n${rows.join("\r\n")}\r\n`);
          for (const [i, text] of captions.entries()) {
            expect(list.of(`IMG_${i}.jpg`)?.caption).toBe(text.replace(/\r\n?/g, "\n").trim());
          }
        },
      ),
    );
  });
});
