import type { JobServices } from '../feature.ts'
import type { JobType } from '../jobs/jobType.ts'
import { sendMailJobName } from './outbox.ts'

const dayMs = 86_400_000
const keptDays = 30
const number = (count: number) => count.toLocaleString('en-GB')

/** None where no mail is sent. */
export const mailJobs = ({ outbox, mailSending, clock }: JobServices): JobType[] =>
  outbox.isOn ? [sendMail({ mailSending }), forgetMails({ outbox, clock })] : []

const sendMail = ({ mailSending }: Pick<JobServices, 'mailSending'>): JobType => ({
  name: sendMailJobName,
  title: 'Send mail',
  schedule: { everyMinutes: 1 },
  async run(job) {
    const { sent, dropped, refused, away } = await mailSending.sendDue(() => job.signal.throwIfAborted())
    if (sent + dropped + refused === 0 && away === undefined) return undefined
    const ended = away === undefined ? '' : `; the mail server does not take any at present: ${away}`
    return `${number(sent)} sent, ${number(refused)} not taken, ${number(dropped)} with nothing to say any more${ended}`
  },
})

const forgetMails = ({ outbox, clock }: Pick<JobServices, 'outbox' | 'clock'>): JobType => ({
  name: 'forget-old-mails',
  title: 'Forget mails that are long over',
  schedule: { dailyAt: '03:45' },
  async run() {
    return `${number(await outbox.forgetBefore(new Date(clock.now().getTime() - keptDays * dayMs)))} forgotten`
  },
})
