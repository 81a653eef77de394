import { inOneLine, type OmemoClient } from './client.ts'

export const kaidan: OmemoClient = {
  id: 'kaidan',
  names: ['Kaidan'],
  // OMEMO 2 (XEP-0384, section 5.3.1) hands keys out in their Ed25519 form.
  shows: 'ed25519',
  layOut: inOneLine,
  words: {
    en: {
      steps: [
        'Open the chat with {address}: {open} adds the contact if it is new.',
        'Click on the name at the top, then “Verify devices”, then “Scan QR codes”.',
        'Hold the code that is below before the camera: it is one for Kaidan alone. Without a camera choose “Verify manually”, and paste each fingerprint from below.',
      ],
      worked:
        'Kaidan says “Device verified”, and none of these is among “Unverified contact devices” any more.',
    },
    ru: {
      steps: [
        'Откройте чат с {address}: если контакта ещё нет, его добавит {open}.',
        'Нажмите на имя вверху, затем «Verify devices», проверка устройств, и «Scan QR codes».',
        'Наведите камеру на код ниже: он только для Kaidan. Если камеры нет, выберите «Verify manually» и вставьте каждый отпечаток, который приведён ниже.',
      ],
      worked:
        'Kaidan сообщает, что устройство проверено, и среди непроверенных устройств контакта этих больше нет.',
    },
  },
  links: { bare: 'nothing', roster: 'chat', message: 'chat', trustMessage: 'keys' },
}
