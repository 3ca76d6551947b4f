// Programs that stand in for an office's website, Meta and X in the demo, and accounts that open nothing anywhere else.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const tests = path.resolve(import.meta.dirname, "..", "test", "real");

/** The built program, led to the stand-ins: no flag and no setting of the program itself leads there. */
export const ledProgram = path.join(tests, "publish", "kominfo.mjs");

/**
 * Starts the stand-ins. They end with this process, whatever becomes of it.
 *
 * @returns {Promise<{
 *   site: string,
 *   env: Record<string, string>,
 *   visible: () => Promise<Record<string, number>>,
 *   stop: () => Promise<void>,
 * }>} `env` leads `ledProgram` to them and holds the accounts; `visible` counts what readers see on each channel
 */
export async function startStandIns() {
  /** @type {import("node:child_process").ChildProcess[]} */
  const children = [];
  const stop = async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "close");
        child.kill("SIGTERM");
        await ended;
      }),
    );
  };
  async function start(name) {
    const file = path.join(tests, "stand-ins", name, "serve.mjs");
    const child = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(([code]) => {
        throw new Error(`The stand-in ${name} ended with ${code}.`);
      }),
    ]);
    return JSON.parse(line);
  }
  try {
    const [site, meta, x] = await Promise.all(["wordpress", "meta", "x"].map(start));
    const { office } = await import("../test/real/stand-ins/x/accounts.mjs");
    const [token] = meta.tokens;
    return {
      site: site.origin,
      env: {
        KOMINFO_TEST_ORIGINS: JSON.stringify({
          facebook: meta.origin,
          instagram: meta.origin,
          x: x.origin,
        }),
        KOMINFO_WEB_USER: "redaktur",
        KOMINFO_WEB_APP_PASSWORD: site.users.redaktur.app_password,
        KOMINFO_FACEBOOK_PAGE_ID: meta.page_id,
        KOMINFO_FACEBOOK_TOKEN: token,
        KOMINFO_INSTAGRAM_ACCOUNT_ID: meta.account_id,
        KOMINFO_INSTAGRAM_TOKEN: token,
        KOMINFO_X_API_KEY: office.keys.api_key,
        KOMINFO_X_API_SECRET: office.keys.api_secret,
        KOMINFO_X_ACCESS_TOKEN: office.keys.access_token,
        KOMINFO_X_ACCESS_SECRET: office.keys.access_secret,
      },
      async visible() {
        const [articles, social, posts] = await Promise.all(
          [`${site.control}/posts`, `${meta.control}/visible`, `${x.control}/posts`].map(async (address) =>
            (await fetch(address)).json(),
          ),
        );
        return {
          web: articles.filter(({ status }) => status === "publish").length,
          facebook: social.facebook.length,
          instagram: social.instagram.length,
          x: posts.length,
        };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
