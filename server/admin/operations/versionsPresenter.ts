import { hostname } from 'node:os'
import type { Services } from '../../services.ts'
import { codeVersion } from '../../version.ts'

/** What runs here, and whether the engine answers; each line also while another part does not. */
export async function presentVersions({ storage, engine, search }: Services) {
  const described = await engine.describe().then(
    text => ({ text, answers: true }),
    () => ({ text: engine.name === 'embedded' ? 'embedded' : 'Elasticsearch', answers: false }),
  )
  const { version } = (await storage.connection.db?.command({ buildInfo: 1 })) ?? {}
  return {
    engine: described.text,
    engineStands: described.answers ? (search.isPausing ? 'answers again' : 'answers') : 'does not answer',
    isEngineWell: described.answers && !search.isPausing,
    rows: [
      ['Skillpool', `${codeVersion}, on Node ${process.versions.node}`],
      ['Database', `${storage.description}, version ${version}`],
      ['This page', `from process ${process.pid} on ${hostname()}`],
    ],
  }
}
