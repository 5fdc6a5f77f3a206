import type { PageReport } from '../imports/pages/pageImport.ts'
import type { UploadReport } from './pageUploadModel.ts'

/** Of each list that is kept for its page. */
const mostKept = 500
const shortPath = (path: string) => path.slice(-200)

export function reportOf({ tally, pages, attached, notAttached, leftOut, broken }: PageReport): UploadReport {
  const left = [...leftOut, ...notAttached]
  const { added, changed, unchanged, refused } = tally
  return {
    counts: { added, changed, unchanged, refused, attached, leftOut: left.length, broken: broken.length },
    pages: pages
      .slice(0, mostKept)
      .map(({ path, title, slug, outcome }) =>
        typeof outcome === 'string'
          ? { path: shortPath(path), title, outcome, slug }
          : { path: shortPath(path), title, outcome: 'refused', reason: outcome.refused.slice(0, 500) },
      ),
    leftOut: left.slice(0, mostKept).map(({ path, reason }) => ({ path: shortPath(path), reason: reason.slice(0, 500) })),
    broken: broken.slice(0, mostKept).map(({ path, target }) => ({ path: shortPath(path), target: target.slice(0, 500) })),
  }
}
