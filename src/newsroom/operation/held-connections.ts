/** Whose a connection is. */
export interface Owner {
  /** Id of the person who asked last, or the address if nobody has logged in. */
  key: string;
  isVisitor: boolean;
}

interface Held<T> extends Owner {
  connection: T;
}

/** The connections that are open, the one that asked longest ago first. */
export interface HeldConnections<T> {
  readonly size: number;
  /** @param id the same for the connection's beginning, its requests and its end */
  add(id: string, connection: T, owner: Owner): void;
  /** Notes a request, whose owner the connection's is from now on. Unknown connections are left out. */
  noteRequest(id: string, owner: Owner): void;
  /** Without effect if the connection was taken out, or its id is another one's meanwhile. */
  remove(id: string, connection: T): void;
  /**
   * Takes out the connection that should give way to a new one: of whoever holds the most, if that is more than `share`,
   * otherwise of a visitor. Of those, the one that asked longest ago.
   */
  takeExcess(): T | undefined;
}

/** @param share how many connections of one owner are never too many as long as others are visitors' */
export function holdConnections<T>(share: number): HeldConnections<T> {
  const held = new Map<string, Held<T>>();
  const counts = new Map<string, number>();
  const change = (key: string, by: number) => {
    const count = (counts.get(key) ?? 0) + by;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
  };
  const take = (id: string): T | undefined => {
    const found = held.get(id);
    if (!found) return undefined;
    held.delete(id);
    change(found.key, -1);
    return found.connection;
  };
  const add = (id: string, connection: T, owner: Owner) => {
    take(id);
    held.set(id, { connection, ...owner });
    change(owner.key, 1);
  };
  const firstId = (matches: (owner: Owner) => boolean): string | undefined => {
    for (const [id, owner] of held) if (matches(owner)) return id;
    return undefined;
  };
  return {
    get size() {
      return held.size;
    },
    add,
    noteRequest(id, owner) {
      const connection = take(id);
      if (connection !== undefined) add(id, connection, owner);
    },
    remove(id, connection) {
      if (held.get(id)?.connection === connection) take(id);
    },
    takeExcess() {
      let most = { key: "", count: 0 };
      for (const [key, count] of counts) if (count > most.count) most = { key, count };
      const ofVisitor = most.count > share ? undefined : firstId(({ isVisitor }) => isVisitor);
      const id = ofVisitor ?? firstId(({ key }) => key === most.key);
      return id === undefined ? undefined : take(id);
    },
  };
}
