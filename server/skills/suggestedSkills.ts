import type { SuggestionSource } from '../search/suggestions/suggestion.ts'
import type { SkillService } from './skillService.ts'
import { suggestSkills } from './skillSuggestions.ts'

/** Skills of which the name or an alias begins with what is typed. */
export const suggestedSkills =
  (skills: SkillService): SuggestionSource =>
  async ({ typed, words }, reader, most) => {
    const candidates = await skills.begun(words, reader)
    const slugs = new Map(candidates.map(({ name, slug }) => [name, slug]))
    const found = suggestSkills(typed, candidates).slice(0, most)
    return found.map(({ value, hint }) => ({
      value,
      hint: hint === undefined ? 'skill' : `skill, also ${hint}`,
      href: `/skills/${slugs.get(value)}`,
    }))
  }
