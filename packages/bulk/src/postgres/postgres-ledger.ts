import { randomUUID } from 'node:crypto';
import { BulkError } from '../errors.js';
import type { Stop } from '../run/events.js';
import type { FleetLedger, Leader, PlanPart } from '../fleet/fleet-ledger.js';
import { bare } from '../ledger/format.js';
import type {
  ChunkState,
  Counts,
  Job,
  LeavingOut,
  LedgerChunk,
  Service,
  Source,
  StateName,
} from '../ledger/ledger.js';
import { checkChange } from '../ledger/ledger.js';
import { step } from '../crash-points.js';
import { CLAIM } from './claim.js';
import { DURABLY } from './database.js';
import { every } from '../clock.js';
import { BURIAL } from './burial.js';
import type { ChunkRecord, StateRecord } from './chunk-record.js';
import { chunkOf, countsOf } from './chunk-record.js';
import { FALLEN_BEHIND, HighWater } from './high-water.js';
import { LEAVE_OUT } from './leave-out.js';
import { lives } from './lives.js';
import type { Place } from './place.js';
import { Question } from './question.js';
import { checkVersion } from './schema.js';
import { READ_SERVICE, SEND_TO } from './service.js';
import { AT_THE_PRIMARY, Statements } from './statements.js';
import { stopwatch } from './stopwatch.js';

/** Chunks that are read at a time. */
const PAGE = 1_000;

/** The part of a lease in which a request must be sent and answered. What is left of it is for what is on its way. */
const REQUEST_SHARE = 3 / 4;

/**
 * The ledger of a run in PostgreSQL. Each change is one statement, which only takes effect if the chunk has not changed
 * since it was read. A process that claims chunks says every few seconds that it is alive; what a silent one was sending
 * becomes unknown. So that a silent one that was not dead sends nothing any more, it confirms each chunk just before it is
 * sent.
 */
export class PostgresLedger implements FleetLedger {
  readonly job: Job;
  readonly #place: Place;
  readonly #statements: Statements;
  readonly #worker = randomUUID();
  #heartbeat: (() => void) | undefined;
  /** The last word that this process lives. */
  #beating: Promise<void> | undefined;
  #claiming: Promise<unknown> = Promise.resolve();
  /** Chunks that this process was given, and has not said anything of yet. */
  readonly #given = new Set<number>();
  readonly #highWater = new HighWater();
  readonly #counting = new Question(() => this.#askCounts());

  private constructor(place: Place, job: Job) {
    this.#place = place;
    this.#statements = new Statements(place);
    this.job = job;
  }

  static async open(place: Place, job: Job): Promise<PostgresLedger> {
    const ledger = new PostgresLedger(place, job);
    await ledger.#bury();
    return ledger;
  }

  /** One at a time, so that chunks leave in their order. */
  claim(): Promise<LedgerChunk | undefined> {
    const claimed = this.#claiming.then(() => this.#claim());
    this.#claiming = claimed.catch(() => {});
    return claimed;
  }

  async record(known: LedgerChunk, state: ChunkState, by: Source): Promise<LedgerChunk> {
    // A chunk of this revision has this state, here and in the database.
    checkChange(known.chunk, known.revision, known, state.state, by);
    step(`${state.state}: before the database`);
    const { id, code } = { id: null, code: null, ...bare(state) } as {
      id: string | null;
      code: string | null;
    };
    const token = randomUUID();
    const [changed] = await this.#statements.tell<ChunkRecord>(
      `update SCHEMA.chunks set state = $4, id = $5, code = $6, by = $7, holder = $8, token = $9,
         revision = revision + 1, changed = now(),
         callees = case when $4 = 'planned' then callees + cardinality(left_out) - cardinality(opted_out) else callees end,
         left_out = case when $4 = 'planned' then opted_out else left_out end
       from ${DURABLY} where run = $1 and chunk = $2 and revision = $3 and state = $10 returning chunks.*`,
      [
        this.job.id,
        known.chunk,
        known.revision,
        state.state,
        id,
        code,
        by,
        state.state === 'sending' ? this.#worker : null,
        token,
        known.state,
      ],
    );
    const now = changed ?? (await this.#read(known.chunk));
    // No matter who changed it, this process has no claim to it any more.
    if (state.state !== 'sending') this.#given.delete(known.chunk);
    if (now?.token !== token) {
      if (now === undefined) await this.stop(); // If not even the run is there any more, this says so.
      if (now !== undefined && now.revision < known.revision) throw await this.#fallenBehind();
      checkChange(known.chunk, known.revision, now && chunkOf(now), state.state, by);
      throw new BulkError('ChunkChanged', `Chunk ${known.chunk} has changed meanwhile.`);
    }
    step(`${state.state}: in the database`);
    const next = chunkOf(now);
    this.#highWater.see(next);
    return next;
  }

  /**
   * The chunk is leased again by the clock of the database; its request ends by the clock of this process, before the lease
   * does.
   */
  async confirm({ chunk, revision }: LedgerChunk): Promise<number | undefined> {
    const leftMs = this.#place.leaseMs * REQUEST_SHARE;
    for (;;) {
      const elapsedMs = stopwatch(this.#place.clock);
      step('confirm: before the database');
      const [own] = await this.#query(
        `update SCHEMA.chunks set changed = now() from ${DURABLY}
         where run = $1 and chunk = $2 and revision = $3 and state = 'sending' and holder = $4 returning 1`,
        [this.job.id, chunk, revision, this.#worker],
      );
      step('confirm: in the database');
      if (own === undefined) return undefined;
      // If the word of the database took long, too little is left for a request.
      const requestMs = leftMs - elapsedMs();
      if (requestMs > leftMs / 2) return Math.floor(requestMs);
    }
  }

  async leaveOut(chunk: number, lines: readonly number[], { reason, by }: LeavingOut): Promise<LedgerChunk> {
    const [found] = await this.#query<ChunkRecord>(LEAVE_OUT, [this.job.id, chunk, lines, by, reason]);
    if (found === undefined) throw new BulkError('NotAllowed', `There is no chunk ${chunk}.`);
    return chunkOf(found);
  }

  /** Its cost grows with the list, and each chunk that many processes send asks for it twice. */
  counts(): Promise<Counts> {
    return this.#counting.ask();
  }

  async #askCounts(): Promise<Counts> {
    // What was seen before the question must be in the answer; what is seen meanwhile need not.
    const { accepted } = this.#highWater;
    let counts = await this.#count('');
    // A pooler may have asked a copy that lags, which may be asked; a change is for the primary alone.
    if (counts.accepted.chunks < accepted) counts = await this.#count(AT_THE_PRIMARY);
    if (counts.accepted.chunks < accepted) throw await this.#fallenBehind();
    this.#highWater.count(counts);
    return counts;
  }

  async #count(first: string): Promise<Counts> {
    const found = await this.#query<StateRecord>(
      `${first} select state, count(*) as chunks, sum(callees) as callees from SCHEMA.chunks
       where run = $1 and callees > 0 group by state`,
      [this.job.id],
    );
    return countsOf(found);
  }

  async *chunks(state?: StateName): AsyncGenerator<LedgerChunk> {
    for (let after = 0; ;) {
      const page = await this.#query<ChunkRecord>(
        `select * from SCHEMA.chunks where run = $1 and chunk > $2 and ($3::text is null or state = $3)
         order by chunk limit ${PAGE}`,
        [this.job.id, after, state ?? null],
      );
      yield* page.map(chunkOf);
      if (page.length < PAGE) return;
      after = page.at(-1)!.chunk;
    }
  }

  async rows({ chunk }: Pick<LedgerChunk, 'chunk'>): Promise<Buffer> {
    const [found] = await this.#query<{ rows: Buffer }>(
      `select rows from SCHEMA.rows where run = $1 and chunk = $2`,
      [this.job.id, chunk],
    );
    return found?.rows ?? Buffer.alloc(0);
  }

  async *plan(): AsyncGenerator<PlanPart> {
    let last = 0;
    for await (const chunk of this.chunks()) {
      last = chunk.chunk;
      yield { chunk, rows: await this.rows(chunk) };
    }
    yield { chunk: undefined, rows: await this.rows({ chunk: last + 1 }) };
  }

  async service(): Promise<Service | undefined> {
    const [run] = await this.#query<{ service: Service | null }>(READ_SERVICE, [this.job.id]);
    return run?.service ?? undefined;
  }

  async sendTo(service: Service): Promise<Service | undefined> {
    // First, so that of two processes each sees the other.
    await this.#beat();
    const values = [this.job.id, service, this.#worker];
    const [run] = await this.#query<{ service: Service | null }>(SEND_TO, values);
    return run?.service ?? undefined;
  }

  async setStop(stop: Stop | undefined): Promise<void> {
    const text = stop === undefined ? null : JSON.stringify(stop);
    await this.#query(`update SCHEMA.runs set stop = $2 from ${DURABLY} where id = $1`, [this.job.id, text]);
  }

  async stop(): Promise<Stop | undefined> {
    const read = (first: string) =>
      this.#query<{ stop: string | null; version: number }>(
        `${first} select stop, version from SCHEMA.runs where id = $1`,
        [this.job.id],
      );
    const [run = (await read(AT_THE_PRIMARY))[0]] = await read('');
    if (run === undefined)
      throw new BulkError('LedgerNotFound', 'The run was deleted while a process worked on it.');
    checkVersion(run.version);
    return run.stop === null ? undefined : (JSON.parse(run.stop) as Stop);
  }

  async lead(mayBegin: boolean): Promise<Leader> {
    await this.#beat();
    const [leading] = await this.#query(
      `update SCHEMA.runs set leader = $2
       where id = $1 and case when leader is null then $3 else leader = $2 or not ${lives('leader', 'seen')} end
       returning 1`,
      [this.job.id, this.#worker, mayBegin],
    );
    if (leading !== undefined) return 'self';
    const [other] = await this.#query(`select 1 from SCHEMA.runs where id = $1 and leader is not null`, [
      this.job.id,
    ]);
    return other === undefined ? 'nobody' : 'other';
  }

  async close(): Promise<void> {
    this.abandon();
    // The lease runs out by itself.
    if (this.#statements.isOver) return;
    await this.#beating;
    if (this.#heartbeat !== undefined) await this.#giveBack();
    await this.#query(`update SCHEMA.runs set leader = null where id = $1 and leader = $2`, [
      this.job.id,
      this.#worker,
    ]);
    await this.#query(`delete from SCHEMA.workers where id = $1`, [this.#worker]);
  }

  /** Says no more that this process lives. */
  abandon(): void {
    this.#heartbeat?.();
  }

  async #claim(): Promise<LedgerChunk | undefined> {
    await this.#beat();
    const token = randomUUID();
    step('sending: before the database');
    const [claimed] = await this.#query<ChunkRecord>(CLAIM, [this.job.id, this.#worker, token]);
    step('sending: in the database');
    if (claimed === undefined) {
      await this.#giveBack();
      await this.#bury();
      return undefined;
    }
    this.#given.add(claimed.chunk);
    const chunk = chunkOf(claimed);
    if (this.#highWater.hasHad(chunk)) {
      // It was claimed before, by this very process: nobody knows any more what became of it.
      await this.record(chunk, { state: 'unknown', code: 'Interrupted' }, 'run');
      throw await this.#fallenBehind();
    }
    this.#highWater.see(chunk);
    return chunk;
  }

  /** The run must not go on for anybody: what the database has lost would be sent again. */
  async #fallenBehind(): Promise<BulkError> {
    // A run that was deleted has lost all.
    await this.stop();
    await this.setStop(FALLEN_BEHIND);
    return new BulkError('LedgerDamaged', FALLEN_BEHIND.message);
  }

  /**
   * Puts back each chunk in the name of this process that it was never told of. If a claim is slow and is sent again, both
   * runs may take a chunk, and only one of them is heard of. The other would never be sent, but look as if it were as long
   * as this process lives.
   */
  async #giveBack(): Promise<void> {
    await this.#query(
      `update SCHEMA.chunks set state = 'planned', holder = null, token = null, revision = revision + 1, changed = now(),
         callees = callees + cardinality(left_out) - cardinality(opted_out), left_out = opted_out
       from ${DURABLY} where run = $1 and state = 'sending' and holder = $2 and chunk <> all($3::int[])`,
      [this.job.id, this.#worker, [...this.#given]],
    );
  }

  /** Says that this process lives, from now on again and again. */
  async #beat(): Promise<void> {
    const { leaseMs, clock } = this.#place;
    if (this.#heartbeat !== undefined) return;
    const beat = () =>
      this.#query(
        `insert into SCHEMA.workers (id, run, seen, lease_ms)
         select $1::uuid, id, now(), $3::integer from SCHEMA.runs where id = $2 on conflict (id) do update set seen = now()`,
        [this.#worker, this.job.id, leaseMs],
      );
    // One that fails is followed by another.
    const beatAgain = async () =>
      void (await beat()
        .then(() => this.#bury())
        .catch(() => {}));
    this.#heartbeat = every(clock, leaseMs / 4, () => (this.#beating = beatAgain()));
    await beat();
  }

  async #bury(): Promise<void> {
    await this.#query(BURIAL, [this.job.id]);
  }

  /** A chunk that could not be changed. A copy that lags has it as it was, which would look like a loss. */
  async #read(chunk: number): Promise<ChunkRecord | undefined> {
    const [found] = await this.#statements.tell<ChunkRecord>(
      `${AT_THE_PRIMARY} select * from SCHEMA.chunks where run = $1 and chunk = $2`,
      [this.job.id, chunk],
    );
    return found;
  }

  #query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return this.#statements.query<Row>(text, values);
  }
}
