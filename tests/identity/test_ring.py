"""A ring opens with its password or its code, with nothing else, and not when a byte has changed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nanashi.identity import ring
from nanashi.identity.ring import Lock, Ring, WrongSecretError, lock, new_master, normal_code, unlock

FEW = settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
SECRETS = st.text(min_size=1, max_size=40)


@FEW
@given(master=st.binary(min_size=32, max_size=32), secret=SECRETS, other=SECRETS)
def test_it_opens_with_its_secret_alone(master: bytes, secret: str, other: str) -> None:
    locked = lock(master, secret)
    assert unlock(locked, secret) == master
    if ring.unicodedata.normalize("NFKC", other) != ring.unicodedata.normalize("NFKC", secret):
        with pytest.raises(WrongSecretError):
            unlock(locked, other)


def test_no_flipped_byte_goes_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of salt, proof, nonce, master secret or tag; the stretching is made cheap, as it is not what is tested."""
    monkeypatch.setattr(ring, "MEMORY_KIB", 64)
    locked = lock(new_master(), "a password that is long")
    parts = (locked.salt, locked.proof, locked.wrapped)
    for number, part in enumerate(parts):
        for at in range(len(part)):
            flipped = bytes([*part[:at], part[at] ^ 1, *part[at + 1 :]])
            changed = Lock(*(flipped if n == number else one for n, one in enumerate(parts)))
            with pytest.raises(WrongSecretError):
                unlock(changed, "a password that is long")


def test_the_wrapped_secret_is_bound_by_its_tag_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A right proof beside another's wrapped secret opens nothing."""
    monkeypatch.setattr(ring, "MEMORY_KIB", 64)
    one, two = lock(new_master(), "secret"), lock(new_master(), "secret")
    with pytest.raises(WrongSecretError):
        unlock(Lock(one.salt, one.proof, two.wrapped), "secret")


@FEW
@given(secret=st.text(max_size=300))
def test_all_locks_have_one_size(secret: str) -> None:
    locked = lock(new_master(), secret)
    assert (len(locked.salt), len(locked.proof), len(locked.wrapped)) == (16, 32, 60)


def test_the_same_ring_under_the_same_secret_looks_different_each_time() -> None:
    master = new_master()
    one, two = lock(master, "secret"), lock(master, "secret")
    assert one.salt != two.salt
    assert one.proof != two.proof
    assert one.wrapped != two.wrapped


def test_the_stretching_is_the_recommended_one() -> None:
    """RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes."""
    assert (ring.MEMORY_KIB, ring.PASSES, ring.LANES) == (65_536, 3, 4)


def test_a_ring_does_not_show_its_secret() -> None:
    master = new_master()
    assert repr(master) not in repr(Ring(master))
    assert master.hex() not in repr(Ring(master))


@given(seed=st.integers(0, 3))
def test_a_code_is_read_however_it_is_typed(seed: int) -> None:
    code = ring.new_recovery_code()
    letters = code.replace("-", "")
    assert len(letters) == 28
    ways = [code, letters.lower(), " ".join(letters), code.translate(str.maketrans("01", "OL"))]
    assert normal_code(ways[seed]) == code
    wide = "".join(chr(ord(one) + 0xFEE0) for one in letters)
    assert normal_code(wide) == code


def test_no_code_comes_twice() -> None:
    assert len({ring.new_recovery_code() for _ in range(2_000)}) == 2_000
