import path from "node:path";
import Libsql from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
let data: string;
beforeEach(async () => {
  laptop = await openLaptop();
  data = path.join(laptop.home, "redaksi");
  await laptop.run(["newsroom", "init", "--data", data]);
  for (const name of ["Siti Aminah", "Rina"])
    await laptop.run(["newsroom", "user", "add", "--data", data, "--name", name, "--role", "admin"]);
});
afterEach(() => laptop.remove());

const audit = (...argv: string[]) => laptop.run(["newsroom", "audit", "--data", data, ...argv]);

describe("newsroom audit", () => {
  it("shows a table: time, who, what, whom, from where", async () => {
    const { code, stdout } = await audit();
    expect(code).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines[0]).toMatch(/^Waktu +Siapa +Apa +Terhadap +Dari$/);
    expect(lines[1]).toMatch(/WIB +pemilik folder data +membuat kode aktivasi +Rina +perintah$/);
    expect(lines[2]).toMatch(/menambahkan orang \(admin\) +Rina/);
    expect(lines).toHaveLength(5);
  });

  it("--json has every entry with all its keys", async () => {
    const { items, next_cursor } = JSON.parse((await audit("--json")).stdout);
    expect(next_cursor).toBeNull();
    expect(items.map(({ seq }: { seq: number }) => seq)).toEqual([4, 3, 2, 1]);
    expect(Object.keys(items[0])).toEqual([
      ...[
        "seq",
        "id",
        "at",
        "event",
        "actor",
        "subject",
        "object",
        "via",
        "detail",
        "address",
        "browser",
        "hash",
      ],
    ]);
  });

  it("--since takes a day or a number of days, and refuses anything else", async () => {
    expect((await audit("--since", "2199-01-01")).stdout.trim()).toBe("Belum ada catatan.");
    expect((await audit("--since", "7d")).stdout.trim().split("\n")).toHaveLength(5);
    expect((await audit("--since", "seminggu")).code).toBe(2);
  });

  it("--verify names the last entry, so that it can be noted elsewhere", async () => {
    const { code, stdout } = await audit("--verify", "--json");
    expect(code).toBe(0);
    const [newest] = JSON.parse((await audit("--json")).stdout).items;
    expect(JSON.parse(stdout)).toEqual({ entries: 4, head: { seq: 4, hash: newest.hash } });
  });

  it("--verify exits with 1 and names the first entry that somebody changed", async () => {
    const database = new Libsql(path.join(data, "newsroom.db"));
    database.exec("drop trigger audit_entries_no_update");
    database.exec("update audit_entries set event = 'logged-out' where seq = 3");
    database.close();
    const { code, stderr } = await audit("--verify");
    expect(code).toBe(1);
    expect(stderr).toContain("nomor 3");
  });
});
