import type { Kind } from '../kind.ts'

export const kind: Kind = {
  id: 'how-to',
  name: 'How-to',
  plural: 'How-tos',
  place: 1,
  template: '## When you need this\n\n\n## What you need first\n\n\n## What to do\n\n1. \n2. \n\n## How you see that it worked\n\n',
  fields: [
    { name: 'system', label: 'System or product', type: 'line' },
    { name: 'version', label: 'Version it was tried with', type: 'line' },
    { name: 'minutes', label: 'Time it takes', type: 'number', unit: 'minutes' },
  ],
  reviewMonths: 12,
  needsApproval: false,
}
