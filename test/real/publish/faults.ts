import type { Fault } from "../stand-ins/control-client.js";

const error = (code: number, error_subcode?: number) => ({
  error: { message: "Service temporarily unavailable", type: "OAuthException", code, error_subcode },
});

/** Everything that goes wrong with one request of Meta's, whether or not it has had its effect. */
export const faults: [name: string, fault: Omit<Fault, "at">][] = [
  ["the connection is cut before the effect", { do: "cut-before" }],
  ["the connection is cut after the effect", { do: "cut-after" }],
  ["nobody listens", { do: "refuse" }],
  ["500 without an effect", { do: "answer-before", status: 500, body: error(2) }],
  ["500 after the effect", { do: "answer-after", status: 500, body: error(1) }],
  // Instagram answered so for posts that were live: github.com/gitroomhq/postiz-app/pull/1681
  ["400 after the effect", { do: "answer-after", status: 400, body: error(4, 2207051) }],
  [
    "429 without an effect",
    {
      do: "answer-before",
      status: 429,
      body: error(32),
      headers: {
        "x-business-use-case-usage": '{"1":[{"type":"pages","estimated_time_to_regain_access":4}]}',
      },
    },
  ],
  ["a hotspot's page", { do: "answer-before", status: 200, type: "text/html", body: "<p>Login WiFi" }],
  [
    "a firewall's page after the effect",
    { do: "answer-after", status: 403, type: "text/html", body: "<p>403" },
  ],
];
