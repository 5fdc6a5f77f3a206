import { setTimeout as wait } from 'node:timers/promises'
import mongoose from 'mongoose'
import pino from 'pino'
import { systemClock } from '../../../server/clock.ts'
import { type ClaimOptions, JobClaims } from '../../../server/jobs/jobClaims.ts'
import { jobModels } from '../../../server/jobs/jobModel.ts'
import { JobQueue } from '../../../server/jobs/jobQueue.ts'
import { JobRunner } from '../../../server/jobs/jobRunner.ts'
import type { JobType } from '../../../server/jobs/jobType.ts'
import type { JobStep, RunnerSettings } from './jobFleet.ts'

/** A process that works off jobs and writes down each step of them; to be killed or paused. */
const { uri, databaseName, host, leaseMs, stepMs, looksAtLeases, asksBeforeSteps } = JSON.parse(process.argv[2] as string) as RunnerSettings
const connection = await mongoose.createConnection(uri, { dbName: databaseName, autoIndex: false }).asPromise()
const models = jobModels(connection)
const steps = connection.collection<JobStep>('steps')
const stepsOfAJob = 5

const stepping: JobType = {
  name: 'stepping',
  title: 'Steps that are written down',
  attempts: 1_000,
  async run(job) {
    const { _id, fence } = job.record
    for (let step = 0; step < stepsOfAJob; step++) {
      if (asksBeforeSteps && !(await job.stillMine())) throw job.signal.reason
      await steps.insertOne({ job: _id, fence, step, isLast: step === stepsOfAJob - 1, pid: process.pid, at: Date.now() })
      process.send?.({ job: _id, fence, step })
      await wait(stepMs)
    }
    return 'every step'
  },
}

class ClaimsWithoutLeases extends JobClaims {
  protected override isLeft(): boolean {
    return true
  }
}

const options: ClaimOptions = { clock: systemClock, types: [stepping], leaseMs, ...(host === undefined ? {} : { host }) }
const claims = looksAtLeases ? new JobClaims(models, options) : new ClaimsWithoutLeases(models, options)
const runner = new JobRunner({
  ...{ models, connection, claims, clock: systemClock, types: [stepping], log: pino({ level: 'silent' }) },
  queue: new JobQueue(models, systemClock),
})
runner.start()
process.once('SIGTERM', async () => {
  await runner.stop()
  await connection.close()
  process.exit(0)
})
