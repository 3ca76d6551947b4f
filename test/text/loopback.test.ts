import { describe, expect, it } from "vitest";
import { isLoopback } from "../../src/text/loopback.js";

describe("this machine", () => {
  it.each(["localhost", "::1", "127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1"])("is the host %s", (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(["0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "127.0.0.1.example.go.id", "127.1", "[::1]", ""])(
    'is not the host "%s"',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );

  it.each([
    "http://localhost:4600",
    "http://127.0.0.1:4600",
    "http://127.9.9.9",
    "http://127.1",
    "http://[::1]:4600",
  ])("is where %s leads", (address) => {
    expect(isLoopback(new URL(address))).toBe(true);
  });

  it.each([
    "https://redaksi.example.go.id",
    "https://localhost.example.go.id",
    "https://127.0.0.1.example.go.id",
    "http://128.0.0.1",
    "http://[::2]",
  ])("is not where %s leads", (address) => {
    expect(isLoopback(new URL(address))).toBe(false);
  });
});
