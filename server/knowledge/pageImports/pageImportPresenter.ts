import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import type { PageUpload, UploadReport } from './pageUploadModel.ts'

const mostShown = 100
const refreshSeconds = 3
const count = (number: number) => number.toLocaleString('en-GB')

export async function presentStart(typed: Record<string, unknown>, person: SignedInPerson, { search }: Services) {
  const teams = await search.namer(person)('team', [...person.teamIds])
  const chosen = (name: string, otherwise: string) => (typeof typed[name] === 'string' ? typed[name] : otherwise)
  const owners = [{ value: 'me', text: 'You' }, ...[...teams.values()].map(({ slug, label }) => ({ value: slug, text: label }))]
  const visibilities = [
    { value: 'partnership', text: 'Everybody in the partnership' },
    { value: 'organisation', text: 'Your organisation' },
    { value: 'team', text: 'The team that owns them' },
  ]
  const states = [
    { value: 'draft', text: 'Drafts', hint: { text: 'Each is published when its owner says so' } },
    { value: 'published', text: 'Published', hint: { text: 'But for kinds that somebody has to approve' } },
  ]
  return {
    title: 'Import articles',
    source: chosen('source', ''),
    owners: owners.map(item => ({ ...item, selected: item.value === chosen('owner', 'me') })),
    visibilities: visibilities.map(item => ({ ...item, checked: item.value === chosen('visibility', 'organisation') })),
    states: states.map(item => ({ ...item, checked: item.value === chosen('state', 'draft') })),
  }
}

export async function presentPageImport(upload: PageUpload, services: Services) {
  const { file, state, source, _id } = upload
  const about = { file, source, state, action: `/knowledge/import/${_id}`, problem: upload.problem }
  if (state === 'refused') return { ...about, title: 'Nothing could be imported' }
  if (state === 'reading' || state === 'running') return { ...about, ...(await presentRun(upload, services)) }
  const isDone = state === 'done'
  return {
    ...about,
    title: isDone ? 'The pages are imported' : 'What this would add',
    ...presentReport(upload.report as UploadReport, isDone),
  }
}

async function presentRun({ state, jobId }: PageUpload, { jobs }: Services) {
  const job = jobId === undefined ? undefined : await jobs.find(jobId).catch(() => undefined)
  const { done = 0, total = 0 } = job?.progress ?? {}
  const isOver = job?.state === 'failed' || job?.state === 'cancelled'
  return {
    title: state === 'reading' ? 'The pages are being read' : 'The pages are being imported',
    progress: total > 0 ? { label: 'Pages', value: done, max: total, text: `${count(done)} of ${count(total)} pages` } : undefined,
    ...(isOver ? { over: true } : { refreshSeconds }),
  }
}

function presentReport({ counts, pages, leftOut, broken }: UploadReport, isDone: boolean) {
  const verb = isDone ? 'were' : 'would be'
  const texts: Record<keyof UploadReport['counts'], string> = {
    added: `Articles that ${verb} added`,
    changed: `Articles that ${verb} changed`,
    unchanged: 'Articles that stay as they are',
    refused: `Pages that ${verb} refused`,
    attached: 'Files that were attached',
    leftOut: 'Files that are left out',
    broken: 'Links that lead nowhere',
  }
  const shown = Object.entries(texts).filter(([part]) => isDone || part !== 'attached')
  return {
    counts: shown.map(([part, text]) => ({ key: { text }, value: { text: count(counts[part as keyof typeof counts]) } })),
    pages: shortened(
      pages.map(({ slug, outcome, ...page }) => ({
        ...page,
        outcome,
        ...(isDone && slug !== undefined ? { href: `/knowledge/${slug}` } : {}),
      })),
      counts.added + counts.changed + counts.unchanged + counts.refused,
    ),
    leftOut: shortened(leftOut, counts.leftOut),
    broken: shortened(broken, counts.broken),
    mayConfirm: !isDone && counts.added + counts.changed > 0,
  }
}

function shortened<T>(rows: readonly T[], all: number) {
  const shown = rows.slice(0, mostShown)
  return { rows: shown, more: all > shown.length ? `and ${count(all - shown.length)} more` : '' }
}
