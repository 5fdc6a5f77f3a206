import type { Router } from 'express'
import type { Services } from '../../services.ts'
import { keptRoutes } from '../keeping/keptRoutes.ts'
import { pinForm } from './pinForms.ts'
import { pinHandlers } from './pinHandlers.ts'
import { pinsPage } from './pinPresenter.ts'

export const pinRoutes = (services: Services): Router => keptRoutes(pinsPage, pinForm, pinHandlers(services))
