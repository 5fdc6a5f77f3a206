import {
  Button,
  Checkboxes,
  createAll,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
} from 'govuk-frontend'
import { offerSuggestions } from './combobox.js'
import { offerSharing } from './copyAndPrint.js'
import { drawDiagrams } from './diagrams.js'
import { tellLooked } from './looked.js'
import { showWhatMayHelp } from './mayHelp.js'
import { tellOpenings } from './openings.js'
import { offerPassages } from './passages.js'
import { previewWhileTyping } from './preview.js'
import { keepWorkingText } from './workingText.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [Button, Checkboxes, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, Radios, SkipLink])
  createAll(component)
offerSharing()
offerSuggestions()
keepWorkingText()
previewWhileTyping()
showWhatMayHelp()
offerPassages()
drawDiagrams()
tellLooked()
tellOpenings()
