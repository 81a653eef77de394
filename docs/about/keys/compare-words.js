/**
 * What a comparison says, with `{name}` where a value stands. English here, for the command line; the page has its own of every
 * language. It is served beside `compare.ts`, so it imports nothing.
 */
export const compareWords = {
    device: '“{name}” ({id}) of {address}',
    listed: 'This is {device}.',
    listedPq: 'This is {device}: its key for the post-quantum encryption of Monocles.',
    listedWire: 'This is {device}. The 05 in front belongs to the way it is sent, not to the fingerprint.',
    unlisted: 'None of the devices listed has the key {key}. Do not trust it.',
    unlistedId: 'None of the devices listed has the key {key}. Device {id} is “{name}”, which has another key. Do not trust it.',
    otherAddress: 'The key is that of {device}, but the text says {address}. Do not trust it.',
    otherId: 'The key is that of {device}, but the text says device {id}. Do not trust it.',
    otherKind: 'The key is one of {device}, but the link gives it as one of another kind. Do not trust it.',
    revoked: 'This is {device}, which is revoked. Do not trust it.',
    distrusted: 'The link distrusts {device}, which is listed as good.',
    revokedAsSaid: '{device} is revoked, as the link says.',
    strange: 'This link carries something that this page does not say: {what}. An app may read another key out of it. Do not open it.',
    strangeAddress: 'the address “{text}”',
    strangeItem: '“{text}”',
    strangeDevice: 'device {text} twice',
    strangeKey: 'the key {text} twice',
    noKeys: 'This link has no fingerprint in it; it proves nothing.',
    nothing: 'Paste a fingerprint or a link.',
    partOfLink: 'There is a link in it, or a part of one: paste the link alone, all of it.',
    notAFingerprint: 'This is not a fingerprint: it has to be eight groups of eight digits, 0–9 and a–f.',
    tooShort: 'This has {count} digits of 64. Copy all eight groups of one device.',
    copied: 'Copied',
    copyByHand: 'Select and copy it by hand',
};
/** Puts values where their names stand. */
export const fillWords = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
