import { SitePage } from './sitePage.ts'
import { wordsOfEach } from './wordsOf.ts'

interface TypedSkill {
  skill: string
  level?: string
  lastUsed?: string
  willing?: string[]
}

/** Where somebody keeps the skills of a profile. */
export class SkillsPage extends SitePage {
  names(): Promise<string[]> {
    return wordsOfEach(this.main.locator('.row--skill .row__title'))
  }

  async declare({ skill, level, lastUsed = '', willing = [] }: TypedSkill): Promise<void> {
    await this.main.getByLabel('Skill', { exact: true }).fill(skill)
    if (level !== undefined) await this.main.getByLabel(level, { exact: true }).check()
    await this.main.getByLabel('Last used').fill(lastUsed)
    for (const kind of willing) await this.main.getByLabel(kind, { exact: true }).check()
    await this.press('Save the skill')
  }

  takeOff(skill: string): Promise<void> {
    return this.press(`Take off ${skill}`)
  }
}
