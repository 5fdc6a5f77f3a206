import type { Kind } from '../kind.ts'

export const kind: Kind = {
  id: 'service-level-agreement',
  name: 'Service level agreement',
  plural: 'Service level agreements',
  place: 3,
  template:
    '## What is covered\n\n\n## What is not covered\n\n\n## How to ask\n\n\n## What happens when a target is missed\n\n\n## How it is measured and reported\n\n',
  fields: [
    { name: 'service', label: 'Service', type: 'line' },
    { name: 'provider', label: 'Provider', hint: 'Who does it', type: 'line' },
    { name: 'customer', label: 'Customer', hint: 'For whom it is done', type: 'line' },
    { name: 'hours', label: 'Hours of service', hint: 'For example: Monday to Friday, 8:00 to 18:00', type: 'line' },
    { name: 'target', label: 'Targets', hint: 'One a line, for example: Calls answered within 20 seconds: 90 %', type: 'targets' },
    { name: 'start', label: 'Start', type: 'date' },
    { name: 'end', label: 'End', type: 'date', after: 'start', ends: true },
  ],
  reviewMonths: 6,
  needsApproval: true,
}
