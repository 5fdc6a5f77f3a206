import type { ReportAsked } from './reportForms.ts'

export const reportPath = '/reports/pooling'

export function reportQuery({ from, until, organisation }: ReportAsked): string {
  return `?${new URLSearchParams({ from, until, ...(organisation === undefined ? {} : { organisation }) })}`
}
