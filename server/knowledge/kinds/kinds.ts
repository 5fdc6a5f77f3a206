/** The kinds of article, by the id that addresses and records use. */
export const kinds = {
  'how-to': 'How-to',
  architecture: 'Architecture',
  'service-level-agreement': 'Service level agreement',
  'release-procedure': 'Release procedure',
  'supplier-recommendation': 'Supplier recommendation',
  'lesson-learned': 'Lesson learned',
} as const

export type Kind = keyof typeof kinds
export const kindIds = Object.keys(kinds) as [Kind, ...Kind[]]
