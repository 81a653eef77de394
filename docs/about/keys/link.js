/** Largest device id: XEP-0384, section 1.3, a positive integer below 2³¹. */
export const largestDeviceId = 2 ** 31 - 1;
/** The version of OMEMO that trust messages are about. */
export const omemo2 = 'urn:xmpp:omemo:2';
/** Queries of XEP-0147 that may stand in front of the keys, and change nothing about them. */
const actions = new Set(['message', 'roster', 'subscribe']);
/** Does a text claim to be a link? Only of such a text `readLink` says anything. */
export const looksLikeLink = (text) => /^(?:xmpp:|https:\/\/conversations\.im\/)/i.test(text);
const strange = (kind, text) => ({
    strange: { kind, text: show(text) },
});
/** Reads a link without white space around it. */
export function readLink(text) {
    const [, xmpp, address = '', query] = /^(?:(xmpp:)|https:\/\/conversations\.im\/i\/)([^?]*)(?:\?(.*))?$/is.exec(text) ?? [];
    const jid = readAddress(address);
    if (jid === undefined)
        return strange('address', address === '' ? text : address);
    const items = query === undefined ? [] : query.split(xmpp === undefined ? '&' : ';');
    if (xmpp !== undefined && items[0] === 'trust-message')
        return readTrustMessage(jid, items.slice(1));
    return readDevices(jid, xmpp !== undefined && actions.has(items[0] ?? '') ? items.slice(1) : items);
}
function readDevices(jid, items) {
    const keys = { 'omemo-sid-': [], 'omemo-pq-sid-': [] };
    for (const item of items) {
        const [, name, id = '', fingerprint] = /^(omemo-(?:pq-)?sid-)([1-9]\d{0,9})=([0-9A-Fa-f]{64})$/.exec(item) ?? [];
        if ((name !== 'omemo-sid-' && name !== 'omemo-pq-sid-') || Number(id) > largestDeviceId) {
            return strange('item', item);
        }
        if (keys[name].some(device => device.id === Number(id)))
            return strange('device', id);
        keys[name].push({ id: Number(id), fingerprint: String(fingerprint).toLowerCase() });
    }
    return { link: { jid, devices: keys['omemo-sid-'], pq: keys['omemo-pq-sid-'], trust: [], distrust: [] } };
}
function readTrustMessage(jid, [encryption = '', ...items]) {
    if (encryption !== `encryption=${omemo2}`)
        return strange('item', encryption);
    const keys = { trust: [], distrust: [] };
    for (const item of items) {
        const [, name, key = ''] = /^(trust|distrust)=([0-9a-f]{64})$/.exec(item) ?? [];
        if (name !== 'trust' && name !== 'distrust')
            return strange('item', item);
        if ([...keys.trust, ...keys.distrust].includes(key))
            return strange('key', key);
        keys[name].push(key);
    }
    return { link: { jid, devices: [], pq: [], ...keys } };
}
/**
 * The bare JID of an address: a letter, a digit or one of `._~+-` stands as itself, anything else percent-encoded (RFC 5122,
 * section 2.2) and nothing encoded that need not be. Letter case and a plain resource make no difference to any client.
 */
function readAddress(text) {
    const part = String.raw `(?:[\p{L}\p{M}\p{N}._~+-]|%[0-9a-f]{2})+`;
    const resource = String.raw `(?:/[\p{L}\p{M}\p{N}._~+-]*)?`;
    const [, local, domain] = new RegExp(`^(${part})@(${part})${resource}$`, 'iu').exec(text) ?? [];
    const [node, host] = [local, domain].map(each => (each === undefined ? undefined : decodeOnce(each)));
    if (node === undefined || host === undefined || /[@/]/.test(node + host))
        return undefined;
    return normalizeJid(`${node}@${host}`);
}
/**
 * In NFC and lower case, without a resource, an international domain as the domain name system has it: equal for one account
 * only. A domain with anything that its ASCII form would drop or replace stays as it is, and so equals none.
 */
export function normalizeJid(jid) {
    const [bare = ''] = jid.normalize('NFC').toLowerCase().split('/');
    const at = bare.lastIndexOf('@');
    const domain = bare.slice(at + 1);
    const isPlain = /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) && domain === domain.normalize('NFKC');
    const isAscii = /^[a-z0-9.-]*$/.test(domain);
    if (isAscii || !isPlain || /\p{Default_Ignorable_Code_Point}/u.test(domain))
        return bare;
    const url = `https://${domain}/`;
    return URL.canParse(url) ? `${bare.slice(0, at)}@${new URL(url).hostname}` : bare;
}
/** Decodes what had to be encoded; undefined where anything else is, and for bytes that are not UTF-8. */
function decodeOnce(text) {
    const needless = [...text.matchAll(/%([0-9a-f]{2})/gi)].some(([, hex = '']) => /[A-Za-z0-9._~-]/.test(String.fromCharCode(parseInt(hex, 16))));
    if (needless)
        return undefined;
    try {
        return decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}
/** Text of a stranger, short and without anything invisible. */
export const show = (text) => (text.length > 80 ? `${text.slice(0, 80)}…` : text).replace(/[^\x20-\x7e…\p{L}\p{N}]/gu, character => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
