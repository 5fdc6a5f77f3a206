import type { Request } from 'express'
import type { Services } from '../services.ts'

/** Which of the two buttons of a form that makes a link was pressed. */
export const wantsMail = (req: Request, { outbox }: Pick<Services, 'outbox'>): boolean => outbox.isOn && req.body?.send === 'mail'
