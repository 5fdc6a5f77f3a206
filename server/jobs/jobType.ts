import type { RunningJob } from './runningJob.ts'
import type { Schedule } from './schedule.ts'

/** What a feature declares to have work done that no request waits for. */
export interface JobType {
  /** In the database, so it stays: "drift-check". */
  name: string
  /** For administrators: "Compare the search index with the database". */
  title: string
  schedule?: Schedule
  /** What it can be about; absent, it is about one thing only. */
  subjects?: readonly JobSubject[]
  /** Whether administrators can start it by hand. */
  onRequest?: boolean
  /** How often it is tried before it is given up: 5. */
  attempts?: number
  /** The site asks for these when it starts; what waits or runs already is not asked for again. */
  wanted?(): Promise<readonly JobSubject[]>
  /**
   * Does the work, from the beginning or from where it was left. It may be ended anywhere and run again, so what it does must be safe to repeat.
   * @returns what came of it, in a sentence; undefined when there was nothing to do, which leaves no trace
   * @throws to be tried again later; whatever `job.signal` or `job.report` throw ends it in order
   */
  run(job: RunningJob): Promise<string | undefined>
}

export interface JobSubject {
  value: string
  /** For people: "articles". */
  text: string
  needs?: string
}

export const defaultAttempts = 5
