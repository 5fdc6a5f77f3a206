/** What a kind of article has beyond its text. Each is one file in `defined/`, which nothing else names. */
export interface Kind {
  /** In addresses and records, so it stays: "service-level-agreement". */
  id: string
  /** "Service level agreement" */
  name: string
  /** "Service level agreements" */
  plural: string
  /** Where it stands among the kinds, the lowest first. */
  place: number
  /** The Markdown that a new article starts with. */
  template: string
  fields: readonly KindField[]
  /** How often somebody says that it is still right. */
  reviewMonths: number
  /** Whether a named person agrees before others read it. */
  needsApproval: boolean
}

export type KindField = {
  /** In records, so it stays: "provider". */
  name: string
  label: string
  hint?: string
} & (
  | { type: 'line' }
  | { type: 'number'; unit: string }
  /** `after` names a date that comes before it; `ends` is the day on which what the article says ends. */
  | { type: 'date'; after?: string; ends?: true }
  | { type: 'choice'; choices: readonly string[] }
  /** One a line, in their order. */
  | { type: 'steps' }
  /** One a line: "Calls answered within 20 seconds: 90 %". */
  | { type: 'targets' }
)

/** What an article has in a field. Lists have one for each of their lines, with the same name. */
export interface FieldValue {
  name: string
  text?: string
  number?: number
  unit?: string
  date?: Date
}
