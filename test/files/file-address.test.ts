import { describe, expect, it } from "vitest";
import { pathOfAddress } from "../../src/files/file-address.js";

describe("pathOfAddress", () => {
  it.each([
    ["file:///foto/IMG%201.jpg", "/foto/IMG 1.jpg"],
    ["FILE://localhost/foto/a.jpg", "/foto/a.jpg"],
    ["/foto/a.jpg", "/foto/a.jpg"],
    ["file://komputer-lain/foto/a.jpg", "file://komputer-lain/foto/a.jpg"],
  ])("reads %s as %s", (text, path) => {
    expect(pathOfAddress(text, false)).toBe(path);
  });

  it("gives a path of Windows where it is asked for one", () => {
    expect(pathOfAddress("file:///C:/Foto/a.jpg", true)).toBe("C:\\Foto\\a.jpg");
  });
});
