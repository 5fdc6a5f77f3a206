import type { Connection } from 'mongoose'

/**
 * One step from the database of one version to that of the next. It is run once, but may be interrupted anywhere and run again: each write must be safe
 * to repeat. Processes of the version before work beside it, so it adds; what they still need goes one release later.
 */
export interface Migration {
  /** Ascending, and never changed once it was released: "0002-people-have-a-manager". */
  name: string
  /** For administrators: what it changes. */
  says: string
  /** For `--dry-run`: what there is to do now, a line each. Changes nothing. */
  plan(connection: Connection): Promise<string[]>
  run(work: MigrationWork): Promise<void>
}

export interface MigrationWork {
  connection: Connection
  /** Where an interrupted run kept its position last. */
  position: string | undefined
  /**
   * After each batch: keeps where the migration is, and how many records are done.
   * @throws Unavailable when another process migrates meanwhile, because this one was away for too long
   */
  reached(position: string, done: number): Promise<void>
}
