import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { presentWaiting } from '../handover/handoverPresenter.ts'
import type { PeopleUpload } from './peopleUploadModel.ts'

export const peopleImportPage = '/admin/people/import'
/** Of each part of a preview; the counts say how many there are. */
const mostShown = 100
const refreshSeconds = 5
const count = (number: number) => number.toLocaleString('en-GB')
const fieldNames: Record<string, string> = { organisationId: 'organisation', teamIds: 'teams', workingPattern: 'working pattern' }

export async function presentStart(typed: Record<string, unknown>, administrator: SignedInPerson, { invitations }: Services) {
  const asked = typeof typed.organisationId === 'string' ? typed.organisationId : administrator.organisationId
  const organisations = await invitations.organisationsFor(administrator)
  return {
    title: 'Import people',
    absentLeave: typed.absentLeave === 'yes',
    organisations: organisations.map(({ _id, name }) => ({ value: _id, text: name, selected: _id === asked })),
  }
}

export async function presentImport(upload: PeopleUpload, administrator: SignedInPerson, services: Services) {
  const about = { file: upload.file, rows: count(upload.rows), state: upload.state, action: `${peopleImportPage}/${upload._id}` }
  if (upload.state === 'done') return { ...about, title: 'People are imported', ...(await presentReport(upload, administrator, services)) }
  if (upload.state === 'ended') return { ...about, title: 'The import ended' }
  if (upload.state === 'running') return { ...about, title: 'People are being imported', ...(await presentRun(upload, services)) }
  return { ...about, title: 'What this file would change', ...(await presentPlan(upload, administrator, services)) }
}

async function presentReport({ counts, refusals = [] }: PeopleUpload, administrator: SignedInPerson, { unowned }: Services) {
  const { added = 0, changed = 0, unchanged = 0, refused = 0, left = 0 } = counts ?? {}
  return {
    counts: countRows({ added, changed, unchanged, left, refused }, 'were'),
    refusals: shortened(refusals),
    unowned: shortened((await unowned.leavers(administrator)).map(presentWaiting)),
  }
}

async function presentRun({ jobId, rows }: PeopleUpload, { jobs }: Services) {
  const job = jobId === undefined ? undefined : await jobs.find(jobId).catch(() => undefined)
  const done = job?.progress?.done ?? 0
  const isOver = job?.state === 'failed' || job?.state === 'cancelled'
  return {
    progress: { label: 'Import of people', value: done, max: rows, text: `${count(done)} of ${count(rows)} rows` },
    ...(isOver ? { over: true } : { refreshSeconds }),
  }
}

async function presentPlan(upload: PeopleUpload, administrator: SignedInPerson, { peopleImports, search }: Services) {
  const { tally, added, changed, refusals, leavers, fingerprint } = await peopleImports.plan(administrator, upload)
  const { leaversOf } = upload
  const named = leaversOf === undefined ? undefined : (await search.namer(administrator)('organisation', [leaversOf])).get(leaversOf)
  const counts = { added: tally.added, changed: tally.changed, unchanged: tally.unchanged, left: leavers.length, refused: tally.refused }
  return {
    counts: countRows(counts, 'would be'),
    added: shortened(added),
    changed: shortened(
      changed.map(({ fields, ...row }) => ({ ...row, fields: fields.map(field => fieldNames[field] ?? field).join(', ') })),
    ),
    leavers: shortened(leavers.map(({ name, slug }) => ({ name, href: `/admin/people/${encodeURIComponent(slug)}` }))),
    leaversOf: named?.label ?? '',
    nobodyLeaves: leaversOf !== undefined && refusals.length > 0,
    refusals: shortened(refusals),
    warnings: [...tally.warnings].map(([about, times]) => `${count(times)} ${about}`),
    mayConfirm: tally.added + tally.changed + leavers.length > 0,
    seen: fingerprint,
  }
}

function shortened<T>(rows: readonly T[]) {
  return { rows: rows.slice(0, mostShown), more: rows.length > mostShown ? `and ${count(rows.length - mostShown)} more` : '' }
}

function countRows(counts: Record<'added' | 'changed' | 'unchanged' | 'left' | 'refused', number>, verb: string) {
  const texts = {
    added: `People who ${verb} added`,
    changed: `People who ${verb} changed`,
    unchanged: 'People who stay as they are',
    left: `People who ${verb} marked as left`,
    refused: `Rows that ${verb} refused`,
  }
  return Object.entries(texts).map(([part, text]) => ({
    key: { text },
    value: { text: count(counts[part as keyof typeof counts]) },
  }))
}
