import { expect } from 'chai'
import type { Mail } from '../../../server/mail/mailModel.ts'
import { MailSending } from '../../../server/mail/mailSending.ts'
import { MailServer } from '../../../server/mail/mailServer.ts'
import { Outbox } from '../../../server/mail/outbox.ts'
import type { Models } from '../../../server/models.ts'
import { MailedNotifications } from '../../../server/notifications/mails/mailedNotifications.ts'
import { notificationMails } from '../../../server/notifications/mails/notificationMails.ts'
import { Notifications } from '../../../server/notifications/notifications.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { aPerson, aSkill } from '../../support/builders.ts'
import { Mailbox } from '../../support/mailbox.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
type Kept = Pick<Models, 'notifications' | 'mails'>

class Ended extends Error {}

/** A process that ends before the step of this number: a step is a command to these collections, and after the end there are none. */
class Steps {
  taken = 0
  private stopBefore: number

  constructor(stopBefore: number) {
    this.stopBefore = stopBefore
  }

  get hasEnded(): boolean {
    return this.taken >= this.stopBefore
  }

  end(): void {
    this.stopBefore = 0
  }

  models({ notifications, mails }: Kept): Kept {
    return { notifications: this.counting(notifications), mails: this.counting(mails) }
  }

  private counting<M extends object>(model: M): M {
    return new Proxy(model, {
      get: (target, name) => {
        const member = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          this.taken += 1
          if (this.hasEnded) throw new Ended()
          return Reflect.apply(member, target, given)
        }
      },
    })
  }
}

describe('mail of a process that ends between any two steps', () => {
  const mailbox = new Mailbox()
  let site: TestSite
  let ada: Account
  let subjectId: string

  before(async () => {
    site = await startTestSite({ environment: await mailbox.open() })
    const skill = await aSkill(site, { name: 'VMware' })
    ada = await aPerson(site, { skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    const ben = await aPerson(site)
    const confirming = (await site.signInAs(ben)).post(`/people/${ada.slug}/skills/vmware/confirmations`)
    await confirming.type('form').send({}).expect(303)
    subjectId = `${ada._id}:${skill._id}:${ben._id}`
    await site.services.notificationChoices.choose(ada._id, new Map([['skill-confirmed', 'now']]))
    await site.services.mailSending.sendDue()
  })
  beforeEach(async () => {
    mailbox.letters.length = 0
    await site.services.models.mails.deleteMany({})
  })
  after(async () => {
    await site.close()
    await mailbox.close()
  })

  /** What tells and sends in a process of its own. */
  function aProcess(steps: Steps) {
    const { services } = site
    const models = steps.models(services.models)
    const outbox = new Outbox(models, services)
    const mailedNotifications = new MailedNotifications(models, { ...services, outbox })
    const notifications = new Notifications(models, { choices: services.notificationChoices, outbox, clock: services.clock })
    notifications.kinds = services.notifications.kinds
    const sending = new MailSending({ ...services, outbox, mailServer: new MailServer(services.config) })
    sending.types = notificationMails({ ...services, mailedNotifications, notifications })
    return { notifications, sending }
  }
  const news = () => ({ kind: 'skill-confirmed', event: newId(), to: [ada._id], subjectId })
  const states = async () => (await site.services.models.mails.find().lean()).map(({ state }) => state)

  async function endedBefore(stopBefore: number) {
    mailbox.letters.length = 0
    await site.services.models.mails.deleteMany({})
    const steps = new Steps(stopBefore)
    const { notifications, sending } = aProcess(steps)
    const told = news()
    const work = async () => {
      await notifications.tell(told)
      await sending.sendDue()
    }
    await work().catch(error => {
      if (!(error instanceof Ended)) throw error
    })
    const received = mailbox.letters.length
    // Whoever told repeats what it did, and the job of the next minute sends.
    await site.services.notifications.tell(told)
    await site.services.mailSending.sendDue()
    return { hasEnded: steps.hasEnded, before: received, after: mailbox.letters.length, states: await states() }
  }

  it('arrives once, and where nobody can know whether it did, it is not sent again and administrators are asked', async () => {
    const outcomes: Awaited<ReturnType<typeof endedBefore>>[] = []
    do outcomes.push(await endedBefore(outcomes.length + 1))
    while (outcomes.at(-1)?.hasEnded)
    expect(outcomes.length).to.be.greaterThan(9)
    expect(outcomes.map(({ after }) => after)).to.deep.equal(outcomes.map(() => 1))
    const inDoubt = outcomes.filter(({ states }) => states.join() === 'unknown')
    expect(inDoubt.map(({ before }) => before)).to.deep.equal([1])
    expect(outcomes.filter(one => !inDoubt.includes(one)).flatMap(({ states }) => states)).to.deep.equal(
      Array(outcomes.length - 1).fill('sent'),
    )
  }).timeout(60_000)

  it('would arrive twice if it were sent again after the mail server began to take it, which this test sees', async () => {
    const steps = new Steps(Number.POSITIVE_INFINITY)
    const { notifications, sending } = aProcess(steps)
    mailbox.received = () => steps.end()
    await notifications.tell(news())
    await sending.sendDue().catch(() => undefined)
    mailbox.received = () => undefined
    await site.services.models.mails.updateMany({ state: 'handing over' }, { $set: { state: 'waiting' } })
    await site.services.mailSending.sendDue()
    expect(mailbox.letters).to.have.length(2)
    expect(new Set(mailbox.letters.map(({ headers }) => headers['message-id'])), 'known as one by its Message-ID').to.have.length(1)
  })

  it('is sent once when two do so at once, or one was held up', async () => {
    const two = [0, 1].map(() => aProcess(new Steps(Number.POSITIVE_INFINITY)).sending)
    const told = Array.from({ length: 20 }, news)
    for (const one of told) await site.services.notifications.tell(one)
    await Promise.all(two.map(sending => sending.sendDue()))
    await site.services.mailSending.sendDue()
    expect(new Set(mailbox.letters.map(({ headers }) => headers['message-id']))).to.have.length(20)
    expect(mailbox.letters).to.have.length(20)
    expect(await states()).to.deep.equal(Array(20).fill('sent'))
  })

  it('is not handed over by whoever took it first, after another run took it up', async () => {
    const { outbox } = site.services
    await outbox.put({ _id: 'held-up', personId: ada._id, type: 'test' })
    const first = await outbox.take()
    await outbox.takeUpLeft()
    const second = await outbox.take()
    expect(second).to.include({ _id: 'held-up', fence: 3 })
    const mailServer = new MailServer(site.services.config)
    const message = { to: ada.email, subject: 'x', text: 'x' }
    expect(await mailServer.send(message, () => outbox.beginHandingOver(first as Mail))).to.deep.equal({ came: 'lost' })
    expect(mailbox.letters).to.deep.equal([])
    expect(await mailServer.send(message, () => outbox.beginHandingOver(second as Mail))).to.deep.equal({ came: 'sent' })
  })

  it('is in doubt when the mail server goes away with all of it, and waits when it does not answer at all', async () => {
    mailbox.received = () => mailbox.breakOff()
    await site.services.notifications.tell(news())
    await site.services.mailSending.sendDue()
    mailbox.received = () => undefined
    expect(await states()).to.deep.equal(['unknown'])
    await site.services.mailSending.sendDue()
    expect(mailbox.letters).to.have.length(1)

    const nowhere = new MailServer({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@pool.example' })
    const sending = new MailSending({ ...site.services, mailServer: nowhere })
    sending.types = site.services.mailSending.types
    for (const one of [news(), news()]) await site.services.notifications.tell(one)
    expect((await sending.sendDue()).away).to.include('ECONNREFUSED')
    expect(await site.services.outbox.count('waiting')).to.equal(2)
    const tried = await site.services.models.mails.find({ state: 'waiting' }).lean()
    expect(tried.map(({ attempts }) => attempts).sort(), 'the others are not tried').to.deep.equal([0, 1])
  })
})
