import type { MailType } from './mailType.ts'

export const testMail: MailType = {
  name: 'test',
  title: 'Test',
  compose: async () => ({
    subject: 'A test',
    lead: 'Somebody who keeps the site, most likely you, asked for this mail to see whether mail arrives. It does.',
    lines: [{ words: 'What was sent, and what was not', href: '/admin/mail' }],
  }),
}
