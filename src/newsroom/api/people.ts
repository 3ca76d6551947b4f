import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { admitAttempt, guardedRoute } from "../http/attempts.js";
import { apiOrigin } from "../http/auth.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { RouteOptions } from "../options.js";
import { recordFailedLogin } from "../services/failed-logins.js";
import { activate, endToken, succeedToken } from "../services/people/accounts.js";
import * as people from "../services/people/administration.js";
import { endTokenOf, readTokens } from "../services/people/device-logins.js";
import { problem } from "../services/problem.js";
import { peekCode } from "../store/people/tokens.js";
import { readUsers } from "../store/people/users.js";

/**
 * Routes for admins to manage people. They take no Idempotency-Key: a stored answer would keep a code or a token in
 * clear.
 */
export function userRoutes(app: FastifyInstance, { store, write, now }: RouteOptions): void {
  serveEndpoint(app, endpoints.listUsers, async ({ caller, query }) =>
    ok(await people.listPeople(store, caller, query, now())),
  );

  serveEndpoint(app, endpoints.addUser, async ({ body, request }) => {
    const added = await write(request, (transaction, caller) =>
      people.addPerson(transaction, caller, body, "token", now()),
    );
    return ok(added, 201);
  });

  serveEndpoint(app, endpoints.issueLogin, async ({ params, body, request }) => {
    const issued = await write(request, (transaction, caller) =>
      people.issueLogin(transaction, caller, params.id, body, "token", now()),
    );
    return ok(issued, 201);
  });

  serveEndpoint(app, endpoints.issueLink, async ({ params, request }) => {
    const made = await write(request, (transaction, caller) =>
      people.issueLink(transaction, caller, params.id, "token", now()),
    );
    return ok(made, 201);
  });

  serveEndpoint(app, endpoints.listUserTokens, async ({ caller, params }) =>
    ok(await readTokens(store, caller, params.id, now())),
  );

  serveEndpoint(app, endpoints.endUserToken, async ({ params, request }) => {
    await write(request, (transaction, caller) => endTokenOf(transaction, caller, params, now()));
    return ok(undefined, 204);
  });

  for (const [endpoint, change] of [
    [endpoints.revokeUser, "revoke"],
    [endpoints.suspendUser, "suspend"],
    [endpoints.resumeUser, "resume"],
  ] as const) {
    serveEndpoint(app, endpoint, async ({ params, request }) =>
      ok(
        await write(request, (transaction, caller) =>
          people.changePerson(transaction, caller, params.id, change, now()),
        ),
      ),
    );
  }
}

export function meRoutes(app: FastifyInstance, { store, write, now }: RouteOptions): void {
  serveEndpoint(app, endpoints.readMe, async ({ caller: { id, token } }) => {
    const [user] = await readUsers(store, now(), [id]);
    return ok({ user, token: { label: token.label, expires_at: token.expires_at } });
  });

  // The current token stays valid until the new one is used, so that a lost answer locks nobody out.
  serveEndpoint(app, endpoints.rotateToken, async ({ caller, request }) => {
    const token = await write(request, (transaction, holder) =>
      succeedToken(transaction, holder, caller.token.id, now()),
    );
    return ok({ token, expires_at: caller.token.expires_at }, 201);
  });

  // The answer is kept nowhere: whoever asks again gets another link, and the first one ends.
  serveEndpoint(app, endpoints.issueOwnLink, async ({ request }) => {
    const made = await write(request, (transaction, caller) =>
      people.issueOwnLink(transaction, caller, now()),
    );
    return ok(made, 201);
  });

  // Ends only the login that makes the request; logins on other devices stay valid.
  serveEndpoint(app, endpoints.endToken, async ({ caller, request }) => {
    await write(request, (transaction, holder) =>
      endToken(transaction, holder, holder, caller.token.id, now()),
    );
    return ok(undefined, 204);
  });
}

/** Exchanges an activation code for a token. Attempts are counted by address, because there is no token yet. */
export function activationRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { writeOpenly, now } = options;
  serveEndpoint(
    app,
    endpoints.activate,
    async ({ body, request }) => {
      await admitAttempt(options, request, "activation");
      const origin = apiOrigin(request);
      const issued = await writeOpenly(request, async (transaction) => {
        const activated = await activate(transaction, origin, body, now());
        if (!activated)
          await recordFailedLogin(transaction, { way: "code", subject: undefined, origin }, now());
        return activated;
      });
      if (!issued) throw problem("activation-invalid");
      return ok(issued, 201);
    },
    guardedRoute(options),
  );

  // A wrong code is found before its owner makes a passphrase. Attempts are counted, as those that spend it.
  serveEndpoint(
    app,
    endpoints.checkActivation,
    async ({ body, request }) => {
      await admitAttempt(options, request, "activation-check");
      if ((await peekCode(options.store, body.code, now())) !== undefined) return ok(undefined, 204);
      const origin = apiOrigin(request);
      await writeOpenly(request, (transaction) =>
        recordFailedLogin(transaction, { way: "code", subject: undefined, origin }, now()),
      );
      throw problem("activation-invalid");
    },
    guardedRoute(options),
  );
}
