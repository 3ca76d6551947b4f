import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { channels } from "../../src/channels/registry.js";
import { browser } from "../../src/channels/x/oauth2.js";
import { createHttp } from "../../src/http/client.js";
import { hasShared, sharedFolder } from "../support/shared.js";
import { metaReply, pageId, pageToken, type Service, startService } from "./services.js";

/** The services' own descriptions of themselves (../shared/specs/SOURCES.txt says whence). */
const spec = (...parts: string[]) =>
  JSON.parse(readFileSync(path.join(sharedFolder, "specs", ...parts), "utf8"));

let service: Service;
afterEach(() => service?.close());

const asking = () => {
  const http = createHttp({ origin: service.url, headers: {}, signal: new AbortController().signal });
  return { http, origin: service.url, now: new Date() };
};

describe.skipIf(!hasShared)("Meta's own specs", () => {
  /** A node that has what its spec says, and nothing else: a field unknown to Meta is refused as Meta does. */
  const nodeOf = (name: string): Record<string, string> => {
    const { fields }: { fields: { name: string; type: string }[] } = spec("meta", `${name}.json`);
    return Object.fromEntries(
      fields.filter(({ type }) => type === "string").map((field) => [field.name, "Cibitung"]),
    );
  };

  it.each([
    ["facebook", "Page", "page_id"],
    ["instagram", "IGUser", "account_id"],
  ] as const)("have every field that the check of %s asks %s for", async (name, node, field) => {
    const fields = { ...nodeOf(node), id: pageId };
    expect(Object.keys(fields).length).toBeGreaterThan(5);
    service = await startService(metaReply({ node: pageId, nodeFields: fields, token: pageToken }));
    const checked = await (await channels[name].login.load()).check(asking(), {
      [field]: pageId,
      token: pageToken,
    });
    expect(checked.name).toBe("Cibitung");
  });

  it("do not have what we never ask for: the stand-in refuses it", async () => {
    const { username: _, ...others } = nodeOf("IGUser");
    service = await startService(
      metaReply({ node: pageId, nodeFields: { ...others, id: pageId }, token: pageToken }),
    );
    const login = await channels.instagram.login.load();
    const check = login.check(asking(), { account_id: pageId, token: pageToken });
    await expect(check).rejects.toMatchObject({ code: "channel-other-account" });
  });
});

describe.skipIf(!hasShared)("X's own OpenAPI document", () => {
  const flow = () =>
    spec("x-openapi.json").components.securitySchemes.OAuth2UserToken.flows.authorizationCode;

  it("knows every scope that is asked for, and those that posting and the check need are among them", () => {
    const asked =
      new URL(browser.start("klien1234567", 45713).url).searchParams.get("scope")?.split(" ") ?? [];
    const known = Object.keys(flow().scopes);
    expect(asked.filter((scope) => !known.includes(scope))).toEqual([]);
    const { security } = spec("x-openapi.json").paths["/2/users/me"].get;
    const needed = security.flatMap((one: Record<string, string[]>) => one.OAuth2UserToken ?? []);
    expect(asked).toEqual(expect.arrayContaining(needed));
  });

  it("names the address to which the code is sent", async () => {
    service = await startService(() => ({
      json: {
        token_type: "bearer",
        access_token: "aksesKantor1234567890",
        refresh_token: "penyegarKantor1234567890",
        expires_in: 7200,
      },
    }));
    await browser.finish(asking(), browser.start("klien1234567", 45713), "kode");
    const { origin, pathname } = new URL(flow().tokenUrl);
    expect(origin).toBe(channels.x.login.origin);
    expect(service.seen[0]?.line).toBe(`POST ${pathname}`);
  });
});
