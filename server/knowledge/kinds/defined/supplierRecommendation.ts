import type { Kind } from '../kind.ts'

export const kind: Kind = {
  id: 'supplier-recommendation',
  name: 'Supplier recommendation',
  plural: 'Supplier recommendations',
  place: 5,
  template:
    '## What was needed\n\n\n## What was looked at\n\n| Supplier | For | Against |\n| --- | --- | --- |\n|  |  |  |\n\n## Why this recommendation\n\n',
  fields: [
    { name: 'supplier', label: 'Supplier', type: 'line' },
    { name: 'term', label: 'Term', type: 'choice', choices: ['short', 'long'], hint: 'For a while, or for years' },
    { name: 'recommendation', label: 'Recommendation', type: 'line' },
    { name: 'risk', label: 'Risks', hint: 'One a line', type: 'steps' },
    { name: 'until', label: 'Holds until', type: 'date', ends: true },
  ],
  reviewMonths: 12,
  needsApproval: false,
}
