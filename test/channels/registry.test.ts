import { describe, expect, it } from "vitest";
import {
  accountChannels,
  approvalChannels,
  channelLabel,
  channelNames,
  channels,
  loginOf,
  textChannels,
} from "../../src/channels/registry.js";
import { serviceVariables } from "../../src/credentials/variables.js";
import { loadMessages } from "../../src/language/index.js";

describe("the list of channels", () => {
  it("says which an approval may name, which have an account, and which a text of their own", () => {
    // A new channel comes behind these; their order is the one that people are used to.
    expect(channelNames.slice(0, 7)).toEqual([
      "web",
      "facebook",
      "instagram",
      "x",
      "tiktok",
      "youtube",
      "whatsapp",
    ]);
    expect(approvalChannels.slice(0, 4)).toEqual(["web", "facebook", "instagram", "x"]);
    expect(accountChannels.slice(0, 4)).toEqual(["web", "facebook", "instagram", "x"]);
    expect(textChannels.slice(0, 3)).toEqual(["facebook", "instagram", "x"]);
    const recordOnly: readonly string[] = ["tiktok", "youtube", "whatsapp"];
    expect([...approvalChannels, ...accountChannels].filter((name) => recordOnly.includes(name))).toEqual([]);
  });

  it("labels a channel, and any other name by itself", () => {
    expect(channelLabel("tiktok")).toBe("TikTok");
    expect(channelLabel("toString")).toBe("toString");
  });

  it("gives no host to two channels, nor one below another's", () => {
    const hosts = channelNames.flatMap((name) => channels[name].hosts.map((host) => ({ name, host })));
    const clashes = hosts.filter(({ name, host }) =>
      hosts.some((other) => other.name !== name && `.${host}`.endsWith(`.${other.host}`)),
    );
    expect(clashes).toEqual([]);
  });

  it("names the environment variables of the reference", () => {
    expect(serviceVariables).toMatchObject({
      newsroom: { token: "KOMINFO_NEWSROOM_TOKEN" },
      web: { user: "KOMINFO_WEB_USER", app_password: "KOMINFO_WEB_APP_PASSWORD" },
      facebook: { page_id: "KOMINFO_FACEBOOK_PAGE_ID", token: "KOMINFO_FACEBOOK_TOKEN" },
      instagram: { account_id: "KOMINFO_INSTAGRAM_ACCOUNT_ID", token: "KOMINFO_INSTAGRAM_TOKEN" },
      x: {
        api_key: "KOMINFO_X_API_KEY",
        api_secret: "KOMINFO_X_API_SECRET",
        access_token: "KOMINFO_X_ACCESS_TOKEN",
        access_secret: "KOMINFO_X_ACCESS_SECRET",
      },
    });
  });

  it.each(["id", "en"] as const)("has a message for every field of every login in %s", async (language) => {
    const { fields } = (await loadMessages(language)).channels;
    const asked = accountChannels.flatMap((name) => loginOf(name).fields);
    expect(asked.map(({ name }) => name).filter((name) => !fields[name])).toEqual([]);
  });
});
