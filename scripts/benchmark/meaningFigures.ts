import { setTimeout as wait } from 'node:timers/promises'
import { ProgressLine } from '../support/progressLine.ts'
import type { FromSite, PassageProgress } from './benchedSite.ts'
import { madeUpQuestions, measurePages, type Taken } from './searchPages.ts'
import type { SiteProcess } from './siteProcess.ts'

const lookEveryMs = 1_000

export interface MeaningFigures {
  page: Taken
  peakBytes: number
}

/**
 * The same questions to a site that finds by meaning too. Started on stores that were filled without a model, it fills its indexes anew and encodes
 * every record, as it does wherever a model is switched on.
 * @param start  of the site with the model
 */
export async function measureMeaning(start: () => Promise<SiteProcess>, cookie: string, interrupted: AbortSignal): Promise<MeaningFigures> {
  const filling = await start()
  await encoded(filling, interrupted)
  await filling.stop()
  // Another process: what encoding takes is not what searching takes.
  const site = await start()
  const page = await measurePages(site.url, cookie, madeUpQuestions())
  const { peakBytes } = await site.ask<Extract<FromSite, { peakBytes: number }>>('tell memory')
  return { page, peakBytes }
}

async function encoded(site: SiteProcess, interrupted: AbortSignal): Promise<void> {
  const line = new ProgressLine('records encoded')
  for (;;) {
    interrupted.throwIfAborted()
    const { outdated, total, waiting } = (await site.ask<{ passages: PassageProgress }>('tell passages')).passages
    const done = total - waiting
    line.show({ done, part: total === 0 ? 0 : done / total })
    if (outdated === 0 && total > 0 && waiting === 0) break
    await wait(lookEveryMs)
  }
  line.end()
}
