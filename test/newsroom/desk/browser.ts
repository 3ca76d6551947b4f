import { TOTP } from "otpauth";
import { expect } from "vitest";
import type { Role } from "../../../src/contract/lifecycle.js";
import { addPerson, linkPerson } from "../../../src/newsroom/local-people.js";
import type { TestNewsroom } from "../support/newsroom.js";

export const minute = 60_000;
/** High enough that only the tests of limits reach them. */
export const rates = { token_per_minute: 2000, activations_per_minute: 40 };

interface Answer {
  status: number;
  location: string | null;
  headers: Headers;
  text: string;
}

/**
 * The people of a newsroom and their browsers.
 *
 * @param current the newsroom of the running test
 * @param always headers of every request, such as a proxy's
 */
export function deskOf(current: () => TestNewsroom, always: Record<string, string> = {}) {
  const later = (ms: number) => {
    const { clock } = current();
    clock.now = new Date(clock.now.getTime() + ms);
  };

  const join = (name: string, role: Role, kecamatan = "32.16.07") =>
    addPerson(
      current().place,
      { name, role, ...(role === "operator" ? { kecamatan } : {}) },
      current().clock.now,
    );

  /** A minimal browser: it keeps the cookie, and the hidden fields of the last page. */
  function browse() {
    let cookie = "";
    let hidden: Record<string, string> = {};
    const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
      const response = await fetch(current().url + path, {
        redirect: "manual",
        ...init,
        headers: { cookie, ...always, ...init.headers },
      });
      for (const set of response.headers.getSetCookie())
        if (/^(__Host-)?kominfo=/.test(set)) cookie = set.split(";")[0]!;
      const text = await response.text();
      const fields = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
      if (fields.length > 0) hidden = Object.fromEntries(fields.map(([, name, value]) => [name!, value!]));
      return {
        status: response.status,
        location: response.headers.get("location"),
        headers: response.headers,
        text,
      };
    };
    return {
      get: (path: string) => ask(path),
      /** Sends a form with the tokens of the last page. */
      post: (
        path: string,
        fields: Record<string, string | string[]> = {},
        headers: Record<string, string> = {},
      ) =>
        ask(path, {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
          body: new URLSearchParams(
            Object.entries({ csrf: hidden.csrf ?? "", form: hidden.form ?? "", ...fields }).flatMap(
              ([name, value]) => [value].flat().map((one): [string, string] => [name, one]),
            ),
          ).toString(),
        }),
      hidden: () => hidden,
      get cookie() {
        return cookie;
      },
      set cookie(value: string) {
        cookie = value;
      },
    };
  }

  /** Returns a browser in which this person has logged in by a link. */
  async function enter(name: string) {
    const browser = browse();
    const { path } = await linkPerson(current().place, name, current().clock.now);
    await browser.get(path);
    const answer = await browser.post("/login/link", {
      key: new URL(path, "http://a").searchParams.get("key")!,
    });
    expect(answer).toMatchObject({ status: 303, location: expect.stringMatching(/^\/(ready)?$/) });
    await browser.get("/");
    return browser;
  }

  /** Gives this person a password and an authenticator, as they would. Returns the browser that this logged in. */
  async function setPassword(code: string, loginName: string) {
    const browser = browse();
    await browser.get("/activate");
    await browser.post("/activate", { code });
    const { secret = "" } = browser.hidden();
    const totp = () => new TOTP({ secret }).generate({ timestamp: current().clock.now.getTime() });
    const password = "kuda baterai staples";
    const answer = await browser.post("/activate", {
      code,
      secret,
      login_name: loginName,
      password,
      totp: totp(),
    });
    expect(answer).toMatchObject({ status: 303, location: expect.stringMatching(/^\/(ready)?$/) });
    await browser.get("/");
    return { browser, secret, password, totp };
  }

  return { later, join, browse, enter, setPassword };
}
