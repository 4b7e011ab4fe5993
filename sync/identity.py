"""Who a device is: an Ed25519 key that signs and an X25519 key that receives secrets.

Public entrance: `Identity`, `Public`, and the few primitives the other files use (`lock`,
`unlock`, `seal_to`, `digest`). All of them are libsodium's; none is our own.
"""

import hashlib
from dataclasses import dataclass

from schema.ids import Randomness

KEY_BYTES = 32
SIGNATURE_BYTES = 64
NONCE_BYTES = 24
TAG_BYTES = 16


def digest(data: bytes | memoryview) -> bytes:
    """BLAKE2b, 32 bytes."""
    return hashlib.blake2b(data, digest_size=32).digest()


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may know of a device. Its name follows from its keys, so none can take
    another's."""

    sign: bytes
    box: bytes

    @property
    def device(self) -> str:
        """16 hex digits."""
        return hashlib.blake2b(self.sign + self.box, digest_size=8, person=b"device").hexdigest()

    def signed(self, message: bytes, signature: bytes) -> bool:
        from nacl.exceptions import CryptoError
        from nacl.signing import VerifyKey

        try:
            VerifyKey(self.sign).verify(message, signature)
        except (CryptoError, ValueError, TypeError):
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A device's secrets, 32 bytes each. They never appear in a message or a log."""

    sign_seed: bytes
    box_secret: bytes

    @classmethod
    def new(cls, randomness: Randomness) -> "Identity":
        return cls(randomness(KEY_BYTES), randomness(KEY_BYTES))

    @property
    def public(self) -> Public:
        from nacl.public import PrivateKey
        from nacl.signing import SigningKey

        return Public(
            bytes(SigningKey(self.sign_seed).verify_key),
            bytes(PrivateKey(self.box_secret).public_key),
        )

    def sign(self, message: bytes) -> bytes:
        from nacl.signing import SigningKey

        return SigningKey(self.sign_seed).sign(message).signature

    def unseal(self, sealed: bytes) -> bytes | None:
        """What `seal_to` sealed for this device, or None."""
        from nacl.exceptions import CryptoError
        from nacl.public import PrivateKey, SealedBox

        try:
            return SealedBox(PrivateKey(self.box_secret)).decrypt(sealed)
        except (CryptoError, ValueError, TypeError):
            return None


def seal_to(box: bytes, secret: bytes, randomness: Randomness) -> bytes:
    """libsodium's sealed box (48 bytes longer), with the given randomness for its one-time key."""
    from nacl.public import Box, PrivateKey, PublicKey

    once = PrivateKey(randomness(KEY_BYTES))
    public = bytes(once.public_key)
    nonce = hashlib.blake2b(public + box, digest_size=NONCE_BYTES).digest()
    return public + Box(once, PublicKey(box)).encrypt(secret, nonce).ciphertext


def lock(message: bytes, bound: bytes, nonce: bytes, key: bytes) -> bytes:
    """XChaCha20-Poly1305 (16 bytes longer); `bound` is authenticated with it."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

    return encrypt(message, bound, nonce, key)


def unlock(locked: bytes, bound: bytes, nonce: bytes, key: bytes) -> bytes | None:
    """What `lock` locked, or None where anything differs."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
    from nacl.exceptions import CryptoError

    try:
        return decrypt(locked, bound, nonce, key)
    except (CryptoError, ValueError, TypeError):
        return None
