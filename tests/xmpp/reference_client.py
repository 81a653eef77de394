"""A second implementation: publishes one more device with python-omemo, in both versions of OMEMO, and prints what
it shows of all devices of the account as JSON. Arguments: address, host, port, certificate of the authority; the
password is in the environment."""

import asyncio
import json
import os
import sys

import oldmemo
import oldmemo.etree
import omemo
import twomemo
import twomemo.etree
from omemo.storage import Just, Nothing
from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError

jid, host, port, authority = sys.argv[1:]
OLD, NEW = oldmemo.oldmemo.NAMESPACE, twomemo.twomemo.NAMESPACE
LISTS = {OLD: f"{OLD}.devicelist", NEW: f"{NEW}:devices"}
etrees = {OLD: oldmemo.etree, NEW: twomemo.etree}


def bundle_item(namespace, device):
    return (f"{OLD}.bundles:{device}", "current") if namespace == OLD else (f"{NEW}:bundles", str(device))


class Memory(omemo.Storage):
    def __init__(self):
        super().__init__(True)
        self.data = {}

    async def _load(self, key):
        return Just(self.data[key]) if key in self.data else Nothing()

    async def _store(self, key, value):
        self.data[key] = value

    async def _delete(self, key):
        self.data.pop(key, None)


client = ClientXMPP(jid, os.environ["REFERENCE_PASSWORD"])
client.ca_certs = authority
for plugin in ("xep_0004", "xep_0060"):
    client.register_plugin(plugin)


async def publish(node, item, payload):
    form = client["xep_0004"].make_form(ftype="submit")
    form.add_field("FORM_TYPE", "hidden", value="http://jabber.org/protocol/pubsub#publish-options")
    form.add_field("pubsub#access_model", value="open")
    form.add_field("pubsub#max_items", value="1" if item == "current" else "max")
    await client["xep_0060"].publish(client.boundjid.bare, node, id=item, payload=payload, options=form)


async def payload_of(bare, node, item):
    answer = await client["xep_0060"].get_items(bare, node, item_ids=[item] if item else None)
    return next(iter(answer["pubsub"]["items"]))["payload"]


class Manager(omemo.SessionManager):
    @staticmethod
    async def _upload_bundle(bundle):
        node, item = bundle_item(bundle.namespace, bundle.device_id)
        await publish(node, item, etrees[bundle.namespace].serialize_bundle(bundle))

    @staticmethod
    async def _download_bundle(namespace, bare_jid, device_id):
        node, item = bundle_item(namespace, device_id)
        payload = await payload_of(bare_jid, node, item if namespace == NEW else None)
        return etrees[namespace].parse_bundle(payload, bare_jid, device_id)

    @staticmethod
    async def _delete_bundle(namespace, device_id):
        raise NotImplementedError

    @staticmethod
    async def _upload_device_list(namespace, device_list):
        await publish(LISTS[namespace], "current", etrees[namespace].serialize_device_list(device_list))

    @staticmethod
    async def _download_device_list(namespace, bare_jid):
        try:
            payload = await payload_of(bare_jid, LISTS[namespace], None)
        except IqError as error:
            if error.condition == "item-not-found":
                return {}
            raise
        return etrees[namespace].parse_device_list(payload)

    async def _evaluate_custom_trust_level(self, device):
        return omemo.TrustLevel.UNDECIDED

    async def _make_trust_decision(self, undecided, identifier):
        raise NotImplementedError

    @staticmethod
    async def _send_message(message, bare_jid):
        pass


def describe(device):
    return {
        "id": device.device_id,
        "fingerprint": "".join(omemo.SessionManager.format_identity_key(device.identity_key)),
        "ed25519": device.identity_key.hex(),
    }


async def main():
    storage = Memory()
    backends = [twomemo.Twomemo(storage), oldmemo.Oldmemo(storage)]
    manager = await Manager.create(backends, storage, client.boundjid.bare, None, "undecided")
    await manager.ensure_data_freshness() if hasattr(manager, "ensure_data_freshness") else None
    await manager.after_history_sync()
    own, others = await manager.get_own_device_information()
    print(json.dumps({"own": describe(own), "others": [describe(each) for each in others]}), flush=True)


async def session():
    ready = asyncio.Event()
    client.add_event_handler("session_start", lambda _: ready.set())
    client.connect(address=(host, int(port)))
    await asyncio.wait_for(ready.wait(), 15)
    await asyncio.wait_for(main(), 25)
    await client.disconnect()


client.loop.run_until_complete(session())
