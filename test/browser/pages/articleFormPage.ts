import type { Page } from 'playwright-core'
import { SitePage } from './sitePage.ts'
import { wordsOf } from './wordsOf.ts'

export interface TypedArticle {
  title?: string
  kind?: string
  text?: string
  skills?: string
  readers?: string
}

export class ArticleFormPage extends SitePage {
  static async open(page: Page): Promise<ArticleFormPage> {
    await page.goto('/knowledge/new')
    return new ArticleFormPage(page)
  }

  async type({ title, kind, text, skills, readers }: TypedArticle): Promise<void> {
    if (title !== undefined) await this.main.getByLabel('Title').fill(title)
    if (kind !== undefined) await this.main.getByLabel('Kind of article').selectOption({ label: kind })
    if (text !== undefined) await this.main.getByLabel('Text', { exact: true }).fill(text)
    if (skills !== undefined) await this.main.getByLabel('Skills it is about').fill(skills)
    if (readers !== undefined) await this.main.getByLabel(readers, { exact: true }).check()
  }

  /** With what this kind asks for. */
  async chooseKind(kind: string): Promise<void> {
    await this.type({ kind })
    await this.press('Show the fields of this kind')
  }

  /** By the labels of the fields. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.main.getByLabel(label, { exact: true }).fill(value)
  }

  async typed(): Promise<Required<TypedArticle>> {
    return {
      title: await this.main.getByLabel('Title').inputValue(),
      kind: await wordsOf(this.main.getByLabel('Kind of article').locator('option:checked')),
      text: await this.main.getByLabel('Text', { exact: true }).inputValue(),
      skills: await this.main.getByLabel('Skills it is about').inputValue(),
      readers: await wordsOf(this.main.locator('input[name=visibility]:checked + label')),
    }
  }
}
