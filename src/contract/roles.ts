/**
 * The roles and what each may do, as one table from which the endpoints, the services and the desk work. Whoever needs
 * to know asks for an ability: "not an operator" would admit a role that comes later.
 */
export const roles = ["operator", "editor", "admin", "viewer", "publisher"] as const;
export type Role = (typeof roles)[number];

export interface Abilities {
  /** Whose submissions the role sees. `approved`: the approved ones, in the revisions that were approved. */
  sees: "own kecamatan" | "everything" | "approved";
  /** Reads the `internal` block of a submission: names and numbers that the newsroom alone may know. */
  reads_internal: boolean;
  /** Whose steps of the lifecycle the role takes. */
  steps: "operator" | "editor" | null;
  /** Uses the desk, by password or by a login link, for what `sees` allows. */
  desk: boolean;
  /** Gets activation codes, for a laptop or the desk. Every role may have tokens for scripts. */
  codes: boolean;
  /** Manages people and settings, and redacts. */
  manages: boolean;
}

const nothing = { reads_internal: false, steps: null, desk: false, codes: false, manages: false } as const;

export const abilities: Readonly<Record<Role, Abilities>> = {
  operator: {
    ...nothing,
    sees: "own kecamatan",
    reads_internal: true,
    steps: "operator",
    desk: true,
    codes: true,
  },
  editor: {
    ...nothing,
    sees: "everything",
    reads_internal: true,
    steps: "editor",
    desk: true,
    codes: true,
  },
  admin: {
    sees: "everything",
    reads_internal: true,
    steps: "editor",
    desk: true,
    codes: true,
    manages: true,
  },
  /** Reads the queue and the reports. */
  viewer: { ...nothing, sees: "everything", desk: true, codes: true },
  /** A script that publishes: reads what is approved and reports its attempts. */
  publisher: { ...nothing, sees: "approved" },
};

/** The roles with an ability. */
function rolesWith(has: (of: Abilities) => boolean): readonly Role[] {
  return roles.filter((role) => has(abilities[role]));
}

/*
 * Who is admitted to an endpoint of the API or a page of the desk. Each names one of these; there is no default.
 */

/** For a person's own token only, and for what `sees` restricts. */
export const everyone: readonly Role[] = roles;
/** Those who send and review submissions. */
export const writers = rolesWith(({ steps }) => steps !== null);
/** Those who read submissions whether approved or not. */
export const readers = rolesWith(({ sees }) => sees !== "approved");
/** Those whose machines send what was approved. A publisher plans and records nothing. */
export const senders: readonly Role[] = [...writers, "publisher"];
/** Those who use the desk. What each sees of it `sees` says: operators see their own kecamatan's. */
export const deskUsers = rolesWith(({ desk }) => desk);
/** Those of them who see everybody's: the pages about the whole office. */
export const overseers = rolesWith(({ desk, sees }) => desk && sees === "everything");
/** Those of them who bring to a channel what was approved for it. */
export const preparers = rolesWith(({ desk, steps }) => desk && steps !== null);
/** Those who may make a link for the desk by their own token: at the desk they can do no more than by it. */
export const ownLinkMakers = rolesWith(({ desk, steps }) => desk && steps === "operator");
export const editors = rolesWith(({ steps }) => steps === "editor");
export const admins = rolesWith(({ manages }) => manages);
