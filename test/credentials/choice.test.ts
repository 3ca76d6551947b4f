import { describe, expect, it } from "vitest";
import { chosenAmong, distinctNames } from "../../src/credentials/choice.js";
import type { ListedAccount } from "../../src/credentials/types.js";

const login = (account: string, origin: string | null, source: "vault" | "env" = "vault"): ListedAccount => ({
  ...{ service: "web", account, origin, kind: "office", source },
});
const before = login("default", "https://lama.go.id");
const after = login("default", "https://baru.go.id");
const other = login("kabupaten", "https://kab.go.id");

describe("the login that is meant", () => {
  it("of one name is that of the site of kominfo.yaml, whoever logged in last", () => {
    expect(chosenAmong([before, after], undefined, "https://baru.go.id")).toEqual([after]);
    expect(chosenAmong([after, before], "default", "https://lama.go.id")).toEqual([before]);
  });

  it("of several names is left to a person", () => {
    expect(chosenAmong([before, after, other], undefined, "https://baru.go.id")).toEqual([after, other]);
    expect(chosenAmong([after, other], undefined, "https://baru.go.id")).toEqual([after, other]);
    expect(chosenAmong([before, after], undefined, undefined)).toEqual([before, after]);
    expect(chosenAmong([before, after], undefined, "https://kab.go.id")).toEqual([before, after]);
  });

  it.each(["baru.go.id", "https://baru.go.id"])("is chosen by its address, too: %s", (name) =>
    expect(chosenAmong([before, after, other], name, "https://lama.go.id")).toEqual([after]),
  );

  it("is the one of that name where a name looks like another one's address", () => {
    const named = login("baru.go.id", "https://kab.go.id");
    expect(chosenAmong([after, named], "baru.go.id", undefined)).toEqual([named]);
  });

  it("may be the environment's, which is for whatever site kominfo.yaml names", () => {
    const given = login("default", null, "env");
    expect(chosenAmong([given, before, after], undefined, "https://baru.go.id")).toEqual([given, after]);
    expect(chosenAmong([given, before], "baru.go.id", undefined)).toEqual([]);
  });

  it("is named so that each can be typed", () => {
    expect(distinctNames([after, other])).toEqual(["default", "kabupaten"]);
    const ports = login("default", "http://baru.go.id");
    for (const logins of [
      [before, after, other],
      [after, ports],
    ]) {
      const names = distinctNames(logins);
      expect(names.map((name) => chosenAmong(logins, name, undefined))).toEqual(logins.map((one) => [one]));
    }
  });
});
