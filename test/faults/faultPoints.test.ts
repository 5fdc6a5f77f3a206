import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { Services } from '../../server/services.ts'
import { isFull } from './support/full.ts'
import type { Written } from './support/load.ts'
import { Place } from './support/place.ts'
import { verify } from './support/verify.ts'

const work = fileURLToPath(new URL('support/scriptedWork.ts', import.meta.url))
const sampled = 10

interface Told {
  written: Map<string, Written>
  deleted: string[]
  /** Undefined when the process was killed. */
  steps: number | undefined
}

for (const [name, open] of Object.entries({ 'embedded stores': async () => Place.embedded(), 'real engines': () => Place.real() })) {
  describe(`a process on ${name} that ends between any two steps`, () => {
    let steps: number

    async function killedBefore(stopBefore: number): Promise<Told> {
      const place = await open()
      try {
        const told = await doWork(place, stopBefore)
        const problems = await place.with(services => problemsOf(services, told))
        expect(problems, `ended before step ${stopBefore}`).to.deep.equal([])
        return told
      } finally {
        await place.remove()
      }
    }

    it('leaves nothing to mend when it does not end', async () => {
      steps = (await killedBefore(Number.POSITIVE_INFINITY)).steps as number
      expect(steps).to.be.greaterThan(60)
      console.log(`      ${steps} steps`)
    })

    it(`keeps what it acknowledged, and the index follows, ${isFull ? 'whichever step it was' : `at ${sampled} steps all over`}`, async () => {
      const stops = isFull
        ? Array.from({ length: steps - 1 }, (_, at) => at + 1)
        : Array.from({ length: sampled }, (_, at) => Math.round(((at + 0.5) * steps) / sampled))
      for (const stop of stops) expect((await killedBefore(stop)).steps, `step ${stop}`).to.equal(undefined)
    })
  })
}

async function doWork(place: Place, stopBefore: number): Promise<Told> {
  const { MONGODB_URI: _mongodb, ELASTICSEARCH_URL: _elasticsearch, ...own } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', work, String(stopBefore)], {
    env: { ...own, ...place.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const told: Told = { written: new Map(), deleted: [], steps: undefined }
  for await (const line of createInterface({ input: child.stdout })) note(told, JSON.parse(line))
  await gone
  return told
}

/** Of what was under way when the process ended, both outcomes are good. */
function note(told: Told, line: Partial<Written> & { changing?: string; deleting?: string; deleted?: string; steps?: number }): void {
  if (line.changing !== undefined || line.deleting !== undefined) told.written.delete((line.changing ?? line.deleting) as string)
  else if (line.deleted !== undefined) told.deleted.push(line.deleted)
  else if (line.steps !== undefined) told.steps = line.steps
  else if (line.slug !== undefined) told.written.set(line.slug, line as Written)
}

async function problemsOf(services: Services, { written, deleted }: Told): Promise<string[]> {
  const { lost, drift } = await verify(services, written.values())
  const { live } = (await services.searchIndexes.of('article')) as { live: string }
  const copies: string[] = []
  for await (const page of services.engine.walk(live, 100)) copies.push(...page.map(({ id }) => id))
  const risen = deleted.filter(id => copies.includes(id)).map(id => `${id} was deleted and is found`)
  return [...lost, ...(drift === 0 ? [] : [`drift ${drift}`]), ...risen]
}
