import type { Kind } from '../kind.ts'

export const kind: Kind = {
  id: 'release-procedure',
  name: 'Release procedure',
  plural: 'Release procedures',
  place: 4,
  template: '## When it is used\n\n\n## Who has to know\n\n\n## Before\n\n\n## After\n\n',
  fields: [
    { name: 'system', label: 'System', type: 'line' },
    { name: 'step', label: 'Steps', hint: 'One a line, in their order', type: 'steps' },
    { name: 'rollBack', label: 'Roll-back', hint: 'One step a line: how to get back to where it was', type: 'steps' },
    { name: 'minutes', label: 'Time it takes', type: 'number', unit: 'minutes' },
  ],
  reviewMonths: 6,
  needsApproval: false,
}
