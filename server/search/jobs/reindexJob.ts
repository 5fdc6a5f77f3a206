import type { JobServices } from '../../feature.ts'
import type { JobSubject, JobType } from '../../jobs/jobType.ts'
import type { SearchType } from '../searchType.ts'

/**
 * On request, and by itself when the index was made for another version of the code. Only a process of the version that asked may run it:
 * an older one beside it would fill the index as the older code has it.
 */
export function reindexJob({ search, searchIndexes, reindex }: JobServices): JobType {
  const subjectOf = (type: SearchType): JobSubject => ({ value: type.type, text: type.plural, needs: neededFor(type) })
  const neededFor = (type: SearchType) => `${type.type} ${searchIndexes.mappingHash(type)}`

  return {
    name: 're-index',
    title: 'Fill a search index anew',
    subjects: search.types.map(subjectOf),
    onRequest: true,
    async wanted() {
      const outdated = await Promise.all(search.types.map(async type => ((await searchIndexes.isOutdated(type)) ? [subjectOf(type)] : [])))
      return outdated.flat()
    },
    async run(job) {
      const type = search.types.find(({ type }) => type === job.subject)
      if (type === undefined) throw new Error(`There is no type "${job.subject}" to fill an index of`)
      if (job.record.askedById === undefined && !(await searchIndexes.isOutdated(type)))
        return `The index of ${type.plural} is in step already`
      job.report({ done: 0, message: 'every process learns of the new index' })
      let filled = 0
      const progress = (done: number, total: number) => {
        filled = done
        job.report({ done, total: Math.max(done, total) })
      }
      await reindex.run(type, progress, job.signal)
      return `${filled.toLocaleString('en-GB')} ${type.plural} in the new index`
    },
  }
}
