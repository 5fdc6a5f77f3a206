/** The names of the UK Government Digital and Data framework, lowest first. */
export const levels = ['awareness', 'working', 'practitioner', 'expert'] as const
export type Level = (typeof levels)[number]

export const willingness = ['advise', 'mentor', 'lend'] as const
export type Willingness = (typeof willingness)[number]
