import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { Pool, PoolClient, PoolConfig, QueryResult } from "pg";
import { createCircuit, Outage } from "../../outage.js";

/** How long PostgreSQL may take, in ms. */
export interface Patience {
  /** For a statement, and so for the lock of all writers, too. The server ends it then. */
  statementMs: number;
  /** For a lock. */
  lockMs: number;
  /** For the answer to a statement: a little more than `statementMs`. Then the connection counts as lost. */
  answerMs: number;
  /** Between the statements of a transaction: then the server ends that of a hung process, so that others can go on. */
  idleMs: number;
}

/** For a connection, a new one or a free one of the pool, in ms. */
const connectMs = 5_000;
/** Maximum connections of one process. */
const poolSize = 10;

/**
 * A pool that survives its server. A connection may be lost at any time: the server stops, a standby takes its place, the
 * line is cut, or goes silent without a word. What was under way throws `Outage`, as does whatever comes while the server
 * cannot be reached; nothing else ends. Once a connection went silent, all that are as old are replaced.
 */
export function attentivePool(
  make: new (config: PoolConfig) => Pool,
  config: PoolConfig,
  patience: Patience,
): PostgresPool {
  const pool = new make({
    ...config,
    max: poolSize,
    connectionTimeoutMillis: connectMs,
    statement_timeout: patience.statementMs,
    lock_timeout: patience.lockMs,
    query_timeout: patience.answerMs,
    idle_in_transaction_session_timeout: patience.idleMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  const circuit = createCircuit("database");
  const clients = new WeakMap<PoolClient, AttentiveClient>();
  let lastLoss = -Infinity;
  const onLoss = () => {
    lastLoss = performance.now();
  };
  // A connection that breaks while idle is replaced at the next use.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    // It may break in use, too: between two statements, without this, that would end the process.
    client.on("error", () => {});
    clients.set(client, new AttentiveClient(client, onLoss));
  });
  const connect = async (): Promise<AttentiveClient> => {
    for (;;) {
      const client = clients.get(await pool.connect().catch(fail))!;
      if (client.madeAt > lastLoss) return client;
      client.release(true);
    }
  };
  const fail = (error: unknown) => {
    throw asOutage(error);
  };
  // Kysely's second form of a query, with a cursor, is for streams of rows, which no repository uses.
  const checkOut = () => circuit.run(connect) as Promise<unknown> as Promise<PostgresPoolClient>;
  return { connect: checkOut, end: () => pool.end() };
}

/** A connection that is not used again once it was lost. The statements of a transaction that remain fail at once. */
class AttentiveClient {
  readonly madeAt = performance.now();
  readonly #client: PoolClient;
  readonly #onLoss: () => void;
  #loss: Outage | undefined;

  constructor(client: PoolClient, onLoss: () => void) {
    this.#client = client;
    this.#onLoss = onLoss;
  }

  async query(sql: string, parameters: unknown[]): Promise<QueryResult> {
    if (this.#loss) throw this.#loss;
    try {
      return await this.#client.query(sql, parameters);
    } catch (error) {
      const failure = asOutage(error);
      if (kindOf(error) === "loss") {
        this.#loss = failure as Outage;
        this.#onLoss();
      }
      throw failure;
    }
  }

  release(isLost = this.#loss !== undefined): void {
    this.#client.release(isLost);
  }
}

/**
 * PostgreSQL's codes of what passes by itself (appendix A of its manual): too many connections, a lock or a statement that
 * took too long, a deadlock.
 */
const passing = /^(53300|55P03|57014|40P01)$/;
/**
 * Codes that end a connection: it failed, the server stops, starts or was told to; and that of a standby, which does not
 * write: a connection to the new primary is needed.
 */
const ending = /^(08...|57P0.|25P03|25006)$/;

/** Whether an error is the server's answer to the statement, one that passes by itself, or the end of the connection. */
function kindOf(error: unknown): "answer" | "passing" | "loss" {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (typeof severity === "string" && typeof code === "string") {
    if (passing.test(code)) return "passing";
    return ending.test(code) ? "loss" : "answer";
  }
  // What pg says of the line has no class of its own, and a code only where the system gave one.
  const isOfSystem = typeof code === "string" && /^E[A-Z\d]+$/.test(code);
  return isOfSystem || (error as Error).constructor === Error ? "loss" : "answer";
}

function asOutage(error: unknown): unknown {
  return kindOf(error) === "answer" ? error : new Outage("database", { cause: error });
}
