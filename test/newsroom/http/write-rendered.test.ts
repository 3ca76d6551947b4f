import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { type RenderInput, renderChannels } from "../../../src/channels/render.js";
import type { Transact, Writing } from "../../../src/newsroom/http/write.js";
import { writeRendered } from "../../../src/newsroom/http/write-rendered.js";
import { Unprepared } from "../../../src/newsroom/services/submissions/renderings.js";
import { content } from "../support/newsroom.js";

const request = {} as FastifyRequest;
const transact: Transact = (work) => work({} as never);
const write: Writing["write"] = (_request, work) => transact((transaction) => work(transaction, {} as never));
const inputOf = (title: string): RenderInput => ({ content: content({ title }), photos: new Map() });

describe("writing what needs renderings", () => {
  it("renders outside the transaction what the work has said, and begins it again", async () => {
    const happened: string[] = [];
    const writing = writeRendered(
      async (request, work) => {
        happened.push("begin");
        try {
          return await write(request, work);
        } finally {
          happened.push("end");
        }
      },
      async (input, channels) => {
        happened.push("render");
        return renderChannels(input, channels);
      },
    );
    const outcome = await writing.write(request, async () => {
      const prepared = writing.prepared();
      if (!prepared) throw new Unprepared(inputOf("Satu"), ["x"]);
      return prepared.renderings[0]!.channel;
    });
    expect(outcome).toBe("x");
    expect(happened).toEqual(["begin", "end", "render", "begin", "end"]);
  });

  it("gives up for now when what is rendered changes each time", async () => {
    let rendered = 0;
    let begun = 0;
    const writing = writeRendered(write, async () => {
      rendered += 1;
      return [];
    });
    const outcome = writing.write(request, async () => {
      begun += 1;
      throw new Unprepared(inputOf(`Judul ${begun}`), ["web"]);
    });
    await expect(outcome).rejects.toMatchObject({
      problem: "too-many-requests",
      facts: { status: 503, retry_after: 1 },
    });
    expect([begun, rendered]).toEqual([4, 3]);
  });

  it("renders nothing for work that is refused, and passes the refusal of the renderer on", async () => {
    const refusal = new Error("refused");
    const never = writeRendered(write, () => Promise.reject(new Error("rendered")));
    await expect(never.write(request, () => Promise.reject(refusal))).rejects.toBe(refusal);
    const writing = writeRendered(write, () => Promise.reject(refusal));
    const work = () => Promise.reject(new Unprepared(inputOf("Satu"), ["web"]));
    await expect(writing.write(request, work)).rejects.toBe(refusal);
  });
});
