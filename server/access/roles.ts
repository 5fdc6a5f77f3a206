/** Everybody is a member; a person can have several roles. */
export const roles = ['member', 'editor', 'coordinator', 'organisation administrator', 'partnership administrator'] as const
export type Role = (typeof roles)[number]
