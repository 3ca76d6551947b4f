import { describe, expect, it } from "vitest";
import {
  accountChannels,
  approvalChannels,
  channelLabel,
  channelNames,
  channels,
  describeChannel,
  textChannels,
} from "../../src/channels/registry.js";
import { serviceVariables } from "../../src/credentials/variables.js";
import { loadMessages } from "../../src/language/index.js";

describe("the list of channels", () => {
  it("says which an approval may name, which have an account, and which a text of their own", () => {
    expect(channelNames).toEqual(["web", "facebook", "instagram", "x", "tiktok", "youtube", "whatsapp"]);
    expect(approvalChannels).toEqual(["web", "facebook", "instagram", "x"]);
    expect(accountChannels).toEqual(["web", "facebook", "instagram", "x"]);
    expect(textChannels).toEqual(["facebook", "instagram", "x"]);
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
    expect(serviceVariables).toEqual({
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
    const asked = accountChannels.flatMap((name) => describeChannel(name).login?.fields ?? []);
    expect(asked.map(({ name }) => name).filter((name) => !fields[name])).toEqual([]);
  });
});
