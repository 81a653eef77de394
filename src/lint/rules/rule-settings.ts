/** What can be set otherwise in a rule, by its code, with Typograf's defaults: known without loading the rules. */
export const settingsOfRules: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  'common/nbsp/afterShortWord': { lengthShortWord: 2 },
  'common/nbsp/beforeShortLastWord': { lengthLastWord: 3 },
  'common/nbsp/beforeShortLastNumber': { lengthLastNumber: 2 },
  'common/number/digitGrouping': { space: '\u202F' },
  'common/other/repeatWord': { min: 2 },
  'ru/dash/years': { dash: '–' },
  'ru/dash/weekday': { dash: '–' },
  'ru/dash/time': { dash: '–' },
  'ru/dash/month': { dash: '–' },
  'ru/dash/decade': { dash: '–' },
  'ru/dash/daysMonth': { dash: '–' },
  'ru/dash/centuries': { dash: '–' },
}
