"""A passkey in software, which answers what pages ask as a browser does."""

import json
import os
import re
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "https://testserver"
THERE = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def asked(answer) -> dict:
    """What a page asks the browser for."""
    (found,) = re.findall(
        r'<script id="js_data" type="application/json">(.+?)</script>', answer.content.decode()
    )
    (options,) = json.loads(found).values()
    return options["publicKey"]


class Key:
    """One pair of keys; `origin` is where the browser says that it is."""

    def __init__(self, host: str = "testserver", origin: str = ORIGIN) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.host = sha256(host.encode()).digest()
        self.origin = origin

    def made(self, options: dict) -> dict:
        """Its answer where it is added."""
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self.host, THERE | AuthenticatorData.FLAG.AT, 0, held)
        signed = {"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        return self._answer(CollectedClientData.TYPE.CREATE, options, signed)

    def shown(self, options: dict) -> dict:
        """Its answer where it is shown."""
        data = AuthenticatorData.create(self.host, THERE, 1)
        client = self._client(CollectedClientData.TYPE.GET, options)
        signature = self.private.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        signed = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}
        return self._answer(CollectedClientData.TYPE.GET, options, signed)

    def _client(self, kind: str, options: dict) -> CollectedClientData:
        return CollectedClientData.create(kind, options["challenge"], self.origin)

    def _answer(self, kind: str, options: dict, signed: dict) -> dict:
        own = websafe_encode(self.id)
        response = {"clientDataJSON": self._client(kind, options).b64, **signed}
        return {
            "id": own,
            "rawId": own,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
