import { expect } from 'chai'
import { KnownSettings } from '../../../server/partnership/knownSettings.ts'
import type { SettingModels } from '../../../server/partnership/settingModel.ts'

describe('what is known of the settings', () => {
  it('is never what was read before, when that came later', async () => {
    const answers: ((name: string) => void)[] = []
    const lean = () => new Promise(resolve => answers.push(name => resolve([{ _id: 'partnership', name }])))
    const known = new KnownSettings({ settings: { find: () => ({ lean }) } } as unknown as SettingModels, { now: () => new Date(0) })
    const [early, late] = [known.read(), known.read()]
    answers[1]?.('New')
    await late
    answers[0]?.('Old')
    await early
    expect(known.now().name).to.equal('New')
    const next = known.read()
    answers[2]?.('Newer')
    await next
    expect(known.now().name).to.equal('Newer')
  })
})
