import { describe, expect, it } from "vitest";
import { approvedArticle, isAtSite, sitesOf } from "../../src/contract/article.js";
import type { Outlet, Publication, Submission } from "../../src/contract/contract.js";

const site = "https://cibitung.bekasikab.go.id";
const row = (changes: Partial<Publication>): Publication =>
  ({
    revision: 2,
    channel: "web",
    account: "",
    state: "published",
    url: `${site}/a/`,
    ...changes,
  }) as Publication;
const article = (rows: Partial<Publication>[], sites: string[] = []) =>
  approvedArticle(
    { approval: { revision: 2 }, publications: rows.map(row) } as Pick<
      Submission,
      "approval" | "publications"
    >,
    sites,
  );

describe("the article of what was approved", () => {
  it("is at the site that its account names, or at one of the office's", () => {
    expect(article([{ account: site }])).toEqual({ url: `${site}/a/` });
    expect(article([{}], [site])).toEqual({ url: `${site}/a/` });
    expect(article([{ account: "Situs Cibitung" }], [site])).toEqual({ url: `${site}/a/` });
  });

  it("is nowhere else, whoever recorded it: its host is named", () => {
    const url = "https://blog.example/a/";
    expect(article([{ url }], [site])).toEqual({ url: null, elsewhere: "blog.example" });
    expect(article([{ url, account: site }])).toEqual({ url: null, elsewhere: "blog.example" });
    expect(article([{}])).toEqual({ url: null, elsewhere: "cibitung.bekasikab.go.id" });
  });

  it("is the one at the office's site, also where another link was recorded after it", () => {
    expect(article([{ account: site }, { url: "https://blog.example/a/" }])).toEqual({ url: `${site}/a/` });
  });

  it.each([{ state: "planned" }, { revision: 1 }, { url: null }, { channel: "x" }] as const)(
    "is not there yet with %o",
    (changes) => expect(article([changes], [site])).toEqual({ url: null }),
  );
});

it.each([
  ["https://bekasikab.go.id/a", true],
  ["https://www.bekasikab.go.id/a", true],
  ["https://cibitung.bekasikab.go.id/?p=1", true],
  ["https://bekasikab.go.id.example/a", false],
  ["https://xbekasikab.go.id/a", false],
  ["https://bekasikab.go.id@blog.example/a", false],
  ["https://go.id/a", false],
  ["javascript:alert(1)", false],
  ["bekasikab.go.id/a", false],
])("tells whether %s is at the site", (url, isThere) => {
  expect(isAtSite(url, ["", "Situs", "https://www.bekasikab.go.id"])).toBe(isThere);
});

it("knows the office's websites: the kabupaten's and the kecamatan's own, of which the claim stands", () => {
  const outlet = (account: string, changes: Partial<Outlet>): Outlet =>
    ({
      ...{ channel: "web", account, label: "situs", destination: "kecamatan", kecamatan: "32.16.07" },
      ...changes,
    }) as Outlet;
  const outlets = [
    outlet("https://own.example", { label: "www.readers.example" }),
    outlet("https://kab.example", { destination: "kabupaten", kecamatan: null }),
    outlet("https://other.example", { kecamatan: "32.16.08" }),
    outlet("https://removed.example", { removed_at: "2026-11-30T00:00:00.000Z" }),
    outlet("1234", { channel: "facebook" }),
  ];
  const sites = sitesOf(outlets, "32.16.07");
  const isKnown = (host: string) => isAtSite(`https://${host}/a/`, sites);
  expect(["own.example", "kab.example", "readers.example"].map(isKnown)).toEqual([true, true, true]);
  expect(["other.example", "removed.example", "1234"].map(isKnown)).toEqual([false, false, false]);
});
