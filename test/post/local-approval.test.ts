import { describe, expect, it } from "vitest";
import { checkLocalApproval, localApprovalOf } from "../../src/post/local-approval.js";

const now = new Date("2026-11-24T02:00:00Z");
const whole = {
  nama: "Drs. Encun Sunarto, M.Si",
  jabatan: "Camat Cibitung",
  cara: "WhatsApp",
  waktu: "2026-11-24T08:30:00+07:00",
};
const problems = (persetujuan: unknown) =>
  checkLocalApproval({ internal: { persetujuan } as never }, now, new Map([["internal", 12]])).map(
    ({ key, code, line, severity }) => [key, code, line, severity].join(" "),
  );

describe("the recorded approval of a superior", () => {
  it("is whole with who, in which office, how and when", () => {
    expect(problems(whole)).toEqual([]);
    expect(problems({ ...whole, waktu: "24 November 2026 08.30 WIB" })).toEqual([]);
    expect(localApprovalOf({ internal: { persetujuan: { ...whole, nama: " Encun " } } }).nama).toBe("Encun");
  });

  it.each(["nama", "jabatan", "cara", "waktu"])(
    "names %s where it is missing or blank, with its line",
    (key) => {
      const problem = `internal.persetujuan.${key} local-approval-missing 12 error`;
      expect(problems({ ...whole, [key]: "  " })).toEqual([problem]);
      const { [key as keyof typeof whole]: _, ...rest } = whole;
      expect(problems(rest)).toEqual([problem]);
    },
  );

  it("is missing altogether where the group is, or is no group", () => {
    expect(problems(undefined)).toHaveLength(4);
    expect(problems("sudah disetujui")).toHaveLength(4);
    expect(problems(["Encun"])).toHaveLength(4);
  });

  it.each(["kemarin 09.30", "24 November", "tadi pagi", "2026-13-01 09.30"])(
    "has an instant that stays the same: not %s",
    (waktu) => {
      expect(problems({ ...whole, waktu })).toEqual(["internal.persetujuan.waktu instant-expected 12 error"]);
    },
  );

  it("is not from the future", () => {
    expect(problems({ ...whole, waktu: "2026-11-24T09:00:01+07:00" })).toEqual([
      "internal.persetujuan.waktu instant-to-come 12 error",
    ]);
  });
});
