import type { Config } from '../../server/config.ts'
import { CannotStart } from '../../server/failures.ts'
import { openSearchEngine } from '../../server/search/openSearchEngine.ts'
import { openCommandServices } from './commandServices.ts'

/**
 * A search engine may hold copies of what was in the database before, some newer than what is restored.
 * @throws CannotStart when it does, unless they may be replaced: they could be another site's
 */
export async function requireReplaceable(config: Config, mayReplace: boolean): Promise<void> {
  if (config.ELASTICSEARCH_URL === undefined || mayReplace) return
  const engine = await openSearchEngine(config, { ownsStore: true })
  try {
    const indexes = await engine.listIndexes()
    if (indexes.length === 0) return
    throw new CannotStart(
      `Elasticsearch has indexes that begin with "${config.INDEX_PREFIX}" already (${indexes.join(', ')}). If another site uses them, set INDEX_PREFIX to another name. If they are those of this database, say --replace-indexes: they are made anew.`,
    )
  } finally {
    await engine.close()
  }
}

/**
 * Begins the search engine's copy anew, and fills it.
 * @param progress  gets how many records the engine has taken
 * @returns how many it took; undefined when a site was started meanwhile: that one does it
 */
export async function fillSearch(config: Config, progress: (taken: number) => void, signal: AbortSignal): Promise<number | undefined> {
  await removeIndexes(config)
  const { indexer, storage, close } = await openCommandServices(config)
  const telling = setInterval(() => progress(indexer.counts.taken), 200)
  const stop = () => void indexer.stop()
  signal.addEventListener('abort', stop)
  try {
    if (!storage.ownsStore) return undefined
    if (!signal.aborted) await indexer.drain()
    signal.throwIfAborted()
    await indexer.settled()
    return indexer.counts.taken
  } finally {
    clearInterval(telling)
    signal.removeEventListener('abort', stop)
    await close()
  }
}

async function removeIndexes(config: Config): Promise<void> {
  const engine = await openSearchEngine(config, { ownsStore: true })
  try {
    for (const index of await engine.listIndexes()) await engine.deleteIndex(index)
  } finally {
    await engine.close()
  }
}
