"""make_keys.py FOLDER - the NKeys and JWTs that the tests with NATS have, the same each time.

Seeds are drawn from nothing but a name, so that they open nothing; the JWTs never expire. An NKey is
base32 of what it is (one byte, for a seed two), the Ed25519 key and a CRC-16; a JWT is signed by the key
above it: the operator's signs the account's, that signs the user's."""
import base64
import binascii
import hashlib
import json
import os
import subprocess
import sys
import tempfile

KINDS = {"operator": 14 << 3, "account": 0, "user": 20 << 3}
SEED = 18 << 3
UNLIMITED = dict(subs=-1, data=-1, payload=-1)


def text_of(begin, key):
    body = bytes(begin) + key
    crc = binascii.crc_hqx(body, 0)
    return base64.b32encode(body + crc.to_bytes(2, "little")).decode().rstrip("=")


def web(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Key:
    def __init__(self, kind, name):
        self.name, self.kind = name, kind
        seed = hashlib.sha256(f"backcast's tests: {kind} {name}".encode()).digest()
        # A PKCS #8 frame around the seed; that of the public key is 12 bytes.
        self.private = bytes.fromhex("302e020100300506032b657004220420") + seed
        public = self.openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER",
                              stdin=self.private)[12:]
        self.seed = text_of((SEED | KINDS[kind] >> 5, (KINDS[kind] & 31) << 3), seed)
        self.public = text_of((KINDS[kind],), public)

    @staticmethod
    def openssl(*arguments, stdin=b""):
        return subprocess.run(("openssl",) + arguments, input=stdin, capture_output=True,
                              check=True).stdout

    def sign(self, data):
        with tempfile.TemporaryDirectory() as folder:
            key, text = os.path.join(folder, "key"), os.path.join(folder, "text")
            for path, content in ((key, self.private), (text, data)):
                with open(path, "wb") as out:
                    out.write(content)
            return self.openssl("pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", key, "-in", text)

    def jwt(self, about, claims):
        head = web(json.dumps({"typ": "JWT", "alg": "ed25519-nkey"}).encode())
        body = {"iat": 1767225600, "iss": self.public, "name": about.name, "sub": about.public,
                "nats": dict(claims, type=about.kind, version=2)}
        body["jti"] = base64.b32encode(hashlib.sha256(json.dumps(body).encode()).digest()).decode().rstrip("=")
        signed = f"{head}.{web(json.dumps(body).encode())}"
        return f"{signed}.{web(self.sign(signed.encode()))}"


def main(folder):
    files = {}
    for name in ("maker", "writer", "reader", "stranger"):
        key = Key("user", name)
        files[f"{name}.nk"] = f"{key.seed}\n"
        files[f"{name}.pub"] = f"{key.public}\n"
    operator, account, user = Key("operator", "o"), Key("account", "a"), Key("user", "u")
    system = Key("account", "system")
    limits = dict(UNLIMITED, imports=-1, exports=-1, wildcards=True, conn=-1, leaf=-1, mem_storage=-1,
                  disk_storage=-1, streams=-1, consumer=-1)
    # The servers' own account has no JetStream.
    own = dict(limits, mem_storage=0, disk_storage=0, streams=0, consumer=0)
    files["operator.conf"] = "\n".join((
        f"operator: {operator.jwt(operator, {})}", f"system_account: {system.public}", "resolver: MEMORY",
        "resolver_preload: {", f"  {account.public}: {operator.jwt(account, {'limits': limits})}",
        f"  {system.public}: {operator.jwt(system, {'limits': own})}", "}", ""))
    files["user.creds"] = "\n".join((
        "-----BEGIN NATS USER JWT-----", account.jwt(user, dict(UNLIMITED, pub={}, sub={})),
        "------END NATS USER JWT------", "", "-----BEGIN USER NKEY SEED-----", user.seed,
        "------END USER NKEY SEED------", ""))
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
