import { dateAndTime } from '../../http/dates.ts'
import { durationText } from '../../http/durations.ts'
import type { JobProgress, JobRecord } from '../../jobs/jobModel.ts'
import type { JobType } from '../../jobs/jobType.ts'
import type { Services } from '../../services.ts'
import { progressOf } from './timeLeft.ts'

const mostActive = 100
const mostOver = 20

type Types = ReadonlyMap<string, JobType>
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

export async function presentJobs({ jobs, jobRunner: { types, schedules }, clock }: Services) {
  const now = clock.now()
  const [running, waiting, failed, over, nextTimes] = await Promise.all([
    jobs.list(['running'], mostActive),
    jobs.list(['waiting'], mostActive),
    jobs.list(['failed'], mostActive),
    jobs.list(['done', 'cancelled'], mostOver),
    schedules.nextTimes(),
  ])
  return {
    running: running.map(job => ({
      ...rowOf(job, types),
      says: runningSays(job),
      progress: progressOfJob(job, now),
      mayCancel: !job.cancelAsked,
    })),
    waiting: waiting.map(job => ({ ...rowOf(job, types), says: waitingSays(job, types, now), mayHasten: job.dueAt > now })),
    failed: failed.map(job => ({ ...rowOf(job, types), says: failedSays(job) })),
    over: over.map(job => ({ ...rowOf(job, types), says: overSays(job) })),
    types: [...types.values()].map(type => ({ ...startOf(type), next: nextSays(nextTimes.get(type.name)) })),
  }
}

function rowOf({ _id, name, subject }: JobRecord, types: Types) {
  const type = types.get(name)
  const about = type?.subjects?.find(({ value }) => value === subject)?.text ?? subject
  return {
    id: _id,
    title: [type?.title ?? name, about].filter(Boolean).join(': '),
    action: `/admin/operations/jobs/${encodeURIComponent(_id)}`,
  }
}

const startOf = ({ name, title, subjects, onRequest }: JobType) => ({
  ...{ name, title, onRequest: onRequest === true },
  ...(subjects === undefined ? {} : { subjects: subjects.map(({ value, text }) => ({ value, text })) }),
})

function runningSays({ startedAt, cancelAsked, lastError, attempts, pid, host }: JobRecord): string {
  const since = startedAt === undefined ? 'Running' : `Running since ${dateAndTime(startedAt)}, in process ${pid} on ${host}`
  const again = lastError === undefined ? '' : ` This is try ${attempts}; the one before failed: ${sentence(lastError)}`
  return cancelAsked ? 'Is told to end.' : `${since}.${again}`
}

function waitingSays({ name, dueAt, attempts, lastError }: JobRecord, types: Types, now: Date): string {
  if (!types.has(name)) return 'Waits for a process of another version of Skillpool.'
  if (dueAt <= now) return 'Waits for a free place.'
  return lastError === undefined
    ? `Begins ${dateAndTime(dueAt)}.`
    : `Failed ${times(attempts)}: ${sentence(lastError)} Tried again ${dateAndTime(dueAt)}.`
}

const failedSays = ({ attempts, lastError, endedAt }: JobRecord) =>
  `Given up${endedAt === undefined ? '' : ` ${dateAndTime(endedAt)}`}, after it was tried ${times(attempts)}: ${lastError ?? 'no reason is known'}`

function overSays({ state, startedAt, endedAt, result }: JobRecord): string {
  const ended = endedAt === undefined ? '' : dateAndTime(endedAt)
  if (state === 'cancelled') return `Cancelled ${ended}.`
  const took = startedAt === undefined || endedAt === undefined ? '' : `, in ${durationText(endedAt.getTime() - startedAt.getTime())}`
  return `${result ?? 'Done'}. ${ended}${took}.`
}

const nextSays = (next: Date | undefined) => (next === undefined ? '' : `By itself next ${dateAndTime(next)}.`)

function progressOfJob({ progress, startedAt, lastError, attempts }: JobRecord, now: Date) {
  const isFirst = lastError === undefined && attempts <= 1
  return progress === undefined
    ? undefined
    : shown(progress, isFirst && startedAt !== undefined ? now.getTime() - startedAt.getTime() : undefined)
}

function shown({ done, total, message }: JobProgress, elapsedMs: number | undefined) {
  const known = progressOf(done, total, elapsedMs)
  return { ...known, text: [known.text, message].filter(Boolean).join(', ') }
}
