import type { Kind } from '../kind.ts'

export const kind: Kind = {
  id: 'architecture',
  name: 'Architecture',
  plural: 'Architecture documents',
  place: 2,
  template:
    '## What it is for\n\n\n## Parts\n\n| Part | What it does | Who runs it |\n| --- | --- | --- |\n|  |  |  |\n\n## Why it is like this\n\n\n## What is not decided\n\n',
  fields: [
    { name: 'system', label: 'System', hint: 'What it describes', type: 'line' },
    { name: 'context', label: 'Context', hint: 'Who uses it, and what it works with', type: 'line' },
    { name: 'decision', label: 'Decisions', hint: 'One a line: what was decided, and why', type: 'steps' },
    { name: 'decided', label: 'Decided on', type: 'date' },
  ],
  reviewMonths: 12,
  needsApproval: false,
}
