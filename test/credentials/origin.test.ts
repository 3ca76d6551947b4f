import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkOrigin, typedOrigin } from "../../src/credentials/origin.js";
import { KominfoError } from "../../src/errors/errors.js";

describe("an address that a secret may be sent to", () => {
  test.each([
    ["https://redaksi.example.go.id", "https://redaksi.example.go.id"],
    ["https://redaksi.example.go.id/", "https://redaksi.example.go.id"],
    ["HTTPS://Redaksi.Example.go.id:443", "https://redaksi.example.go.id"],
    ["https://redaksi.example.go.id:8443", "https://redaksi.example.go.id:8443"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://127.9.9.9", "http://127.9.9.9"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("%s is %s", (address, origin) => {
    expect(checkOrigin(address)).toBe(origin);
  });

  test.each([
    ["redaksi.example.go.id", "address-invalid"],
    ["localhost:8080", "address-invalid"],
    ["ftp://redaksi.example.go.id", "address-invalid"],
    ["https://", "address-invalid"],
    ["http://redaksi.example.go.id", "address-not-https"],
    ["http://localhost.example.go.id", "address-not-https"],
    ["http://127.0.0.1.example.go.id", "address-not-https"],
    ["http://[::2]", "address-not-https"],
    ["https://ani@redaksi.example.go.id", "address-with-login"],
    ["https://redaksi.example.go.id/masuk", "address-with-path"],
    ["https://redaksi.example.go.id/?a=1", "address-with-path"],
    ["https://redaksi.example.go.id/#a", "address-with-path"],
  ])("%s is refused by %s (exit 2)", (address, code) => {
    expect(() => checkOrigin(address)).toThrow(expect.objectContaining({ code, exit: 2 }));
  });

  test.each(["https://ani:rahasia@redaksi.example.go.id", "https://ani:rahasia@", "ani:rahasia@host"])(
    "the refusal of %s does not repeat the password",
    (address) => {
      let refusal: unknown;
      try {
        checkOrigin(address);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(KominfoError);
      expect(JSON.stringify(refusal)).not.toContain("rahasia");
    },
  );

  test("is itself again when checked twice, and nothing else than a KominfoError is thrown", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (address) => {
        try {
          const origin = checkOrigin(address);
          expect(checkOrigin(origin)).toBe(origin);
        } catch (error) {
          expect(error).toBeInstanceOf(KominfoError);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe("an address as a person types it", () => {
  test.each([
    ["redaksi.example.go.id", "https://redaksi.example.go.id"],
    [" Redaksi.example.go.id/ ", "https://redaksi.example.go.id"],
    ["redaksi.example.go.id:8443", "https://redaksi.example.go.id:8443"],
    ["localhost:4600", "http://localhost:4600"],
    ["127.0.0.1:4600", "http://127.0.0.1:4600"],
    ["[::1]:3000", "http://[::1]:3000"],
    ["https://redaksi.example.go.id", "https://redaksi.example.go.id"],
  ])("%j is %s", (typed, origin) => {
    expect(typedOrigin(typed)).toBe(origin);
  });

  test.each([
    ["redaksi", "address-invalid"],
    ["", "address-invalid"],
    ["999.1.1.1", "address-invalid"],
    ["ftp://redaksi.example.go.id", "address-invalid"],
    ["http://redaksi.example.go.id", "address-not-https"],
    ["redaksi.example.go.id/masuk", "address-with-path"],
    ["ani:rahasia@redaksi.example.go.id", "address-invalid"],
  ])("%j is refused by %s", (typed, code) => {
    expect(() => typedOrigin(typed)).toThrow(expect.objectContaining({ code, exit: 2 }));
  });
});
