import { markdownToHtml } from '../../documents/markdown.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import { publicTexts, type TextName } from './publicTexts.ts'
import type { PublicText } from './textService.ts'

export const presentText = (name: TextName, { text, isDefault, changedAt }: PublicText) => ({
  title: publicTexts[name].title,
  html: markdownToHtml(text),
  changed: isDefault || changedAt === undefined ? undefined : longDate(changedAt),
})

interface Asked {
  kept: PublicText
  /** Who changed it last. */
  changedBy: string | undefined
  typed?: Record<string, unknown>
  errors?: Problems
  /** Somebody else was faster: what is saved now stands beside what was typed. */
  isConflict?: boolean
  preview?: string
}

export function presentTextForm(name: TextName, { kept, changedBy, typed, errors = {}, isConflict, preview }: Asked) {
  const action = `/admin/settings/texts/${name}`
  return {
    title: publicTexts[name].title,
    about: publicTexts[name].about,
    href: `/${name}`,
    action,
    errors,
    text: typeof typed?.text === 'string' ? typed.text : kept.text,
    revision: isConflict || typed === undefined ? kept.revision : String(typed.revision ?? ''),
    isDefault: kept.isDefault,
    stands: standsOf(kept, changedBy),
    savedMeanwhile: isConflict ? kept.text : undefined,
    previewHtml: preview === undefined ? undefined : markdownToHtml(preview),
  }
}

export function standsOf({ isDefault, changedAt }: Pick<PublicText, 'isDefault' | 'changedAt'>, changedBy: string | undefined): string {
  const changed = changedAt === undefined ? '' : ` Changed ${changedBy === undefined ? '' : `by ${changedBy}, `}${dateAndTime(changedAt)}.`
  return `${isDefault ? 'The text that Skillpool comes with is shown.' : 'Your own text is shown.'}${changed}`
}
