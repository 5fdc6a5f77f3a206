import type { Problems } from '../../http/validated.ts'
import type { LinkSuggestion } from './pickedLinks.ts'

interface Writing {
  /** Where the text is drawn while somebody types. */
  previewHref: string
  linkTo: object
  /** Records of the name that was typed, when there are several. */
  linkChoices: readonly LinkSuggestion[]
  preview?: { html: string }
}

/** What views/knowledge/writing prints beside the text. */
/** @param slug  of the article that is changed */
export const presentWriting = (typed: Record<string, unknown>, errors: Problems, slug?: string): Writing => ({
  previewHref: `/knowledge/new/preview${slug === undefined ? '' : `?article=${encodeURIComponent(slug)}`}`,
  linkTo: {
    id: 'linkTo',
    name: 'linkTo',
    label: { text: 'Link to a person, skill, organisation or article' },
    hint: { text: 'Type its name. The link stays when it is renamed, and shows the name that it has by then.' },
    attributes: { 'data-combobox': '/knowledge/new/links', 'data-combobox-insert': 'text' },
    ...(typeof typed.linkTo === 'string' ? { value: typed.linkTo } : {}),
    ...(errors.linkTo === undefined ? {} : { errorMessage: { text: errors.linkTo } }),
  },
  linkChoices: [],
})
