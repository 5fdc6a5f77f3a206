import type { Kind } from '../kind.ts'

export const kind: Kind = {
  id: 'lesson-learned',
  name: 'Lesson learned',
  plural: 'Lessons learned',
  place: 6,
  template: '## What happened\n\n\n## Why\n\n\n## What we do differently now\n\n',
  fields: [
    { name: 'system', label: 'System or product', type: 'line' },
    { name: 'happened', label: 'When it happened', type: 'date' },
    { name: 'lesson', label: 'Lessons', hint: 'One a line', type: 'steps' },
  ],
  reviewMonths: 24,
  needsApproval: false,
}
