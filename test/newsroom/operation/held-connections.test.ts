import { describe, expect, it } from "vitest";
import { holdConnections } from "../../../src/newsroom/operation/held-connections.js";

const visitor = (key: string) => ({ key, isVisitor: true });
const person = (key: string) => ({ key, isVisitor: false });

/** Connections that were opened in this order, each `<owner><n>`; owners in capitals have logged in. */
function holding(share: number, ...ids: string[]) {
  const connections = holdConnections<string>(share);
  for (const id of ids) connections.add(id, id, ownerOf(id));
  return connections;
}
const ownerOf = (id: string) => (/^[A-Z]/.test(id) ? person : visitor)(id.charAt(0));

describe("the connection that gives way", () => {
  it("is of whoever holds the most, and asked longest ago", () => {
    const connections = holding(1, "a1", "b1", "b2", "b3");
    connections.noteRequest("b1", visitor("b"));
    expect([connections.takeExcess(), connections.takeExcess(), connections.size]).toEqual(["b2", "b3", 2]);
  });

  it("is of a person who has logged in, when they hold the most", () => {
    expect(holding(2, "a1", "B1", "B2", "B3").takeExcess()).toBe("B1");
  });

  it("is of a visitor, where nobody holds more than a share: they may have any number of addresses", () => {
    const connections = holding(2, "B1", "B2", "c1", "d1", "e1");
    expect([connections.takeExcess(), connections.takeExcess()]).toEqual(["c1", "d1"]);
  });

  it("is of a person, where there is no visitor", () => {
    expect(holding(2, "B1", "C1", "C2").takeExcess()).toBe("C1");
  });

  it("counts for who asked last", () => {
    const connections = holding(1, "a1", "a2", "b1", "b2");
    connections.noteRequest("a1", person("C"));
    connections.noteRequest("b1", visitor("a"));
    expect([connections.takeExcess(), connections.takeExcess(), connections.takeExcess()]).toEqual([
      "a2",
      "b2",
      "b1",
    ]);
  });

  it("is none where none is held", () => {
    expect(holding(1).takeExcess()).toBeUndefined();
  });
});

describe("a connection that has ended", () => {
  it("counts no longer", () => {
    const connections = holding(1, "a1", "a2", "b1", "b2");
    connections.remove("a1", "a1");
    expect([connections.size, connections.takeExcess()]).toEqual([3, "b1"]);
  });

  it("is not taken for a new one with the same ends", () => {
    const connections = holding(1, "a1");
    connections.add("a1", "next", visitor("a"));
    connections.remove("a1", "a1");
    expect([connections.size, connections.takeExcess()]).toEqual([1, "next"]);
  });

  it("is unknown to a request that was read before", () => {
    const connections = holding(1, "a1");
    connections.remove("a1", "a1");
    connections.noteRequest("a1", visitor("a"));
    expect(connections.size).toBe(0);
  });
});
