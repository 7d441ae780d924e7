"""Personal words are unreadable without the key, and findable with it."""

import base64
import multiprocessing
import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.vault import Key, Vault, WrongKey, load_keys, write_keys

OLD, NEW = Key("k1", b"1" * 32), Key("k2", b"2" * 32)


@given(st.text())
def test_what_is_sealed_opens_again(words: str) -> None:
    vault = Vault([OLD])
    assert vault.open("needs.text", vault.seal("needs.text", words)) == words


def test_half_a_character_is_sealed_and_found_too() -> None:
    vault = Vault([OLD])
    half = "\N{GRINNING FACE}".encode("utf-16-le")[:2].decode("utf-16-le", "surrogatepass")
    assert vault.open("needs.text", vault.seal("needs.text", half)) == half
    assert vault.hash("persons.name", half) == vault.hash("persons.name", half)


def test_a_sealed_value_shows_nothing_and_is_never_the_same_twice() -> None:
    vault = Vault([OLD])
    first, second = (vault.seal("persons.name", "张奶奶") for _ in range(2))
    assert first != second
    assert first.startswith("k1.")
    assert "张奶奶".encode() not in base64.b64decode(first.removeprefix("k1."))


def test_a_value_of_another_column_does_not_open() -> None:
    vault = Vault([OLD])
    with pytest.raises(WrongKey, match=r"persons\.door"):
        vault.open("persons.door", vault.seal("persons.name", "张奶奶"))


def test_a_value_that_was_changed_does_not_open() -> None:
    vault = Vault([OLD])
    sealed = vault.seal("persons.name", "张奶奶")
    for changed in (
        sealed[:-8] + "AAAAAAA=",
        f"k9{sealed[2:]}",
        sealed[:30],
        f"x{sealed}",
        "k1.",
        "k1.AAAA",
        "k1.é",
        "",
    ):
        with pytest.raises(WrongKey):
            vault.open("persons.name", changed)


def test_the_error_repeats_neither_value_nor_words() -> None:
    sealed = Vault([OLD]).seal("persons.name", "张奶奶")
    with pytest.raises(WrongKey) as caught:
        Vault([Key("k1", b"3" * 32)]).open("persons.name", sealed)
    assert sealed not in str(caught.value)


def test_none_stays_none() -> None:
    vault = Vault([OLD])
    assert vault.seal_maybe("persons.door", None) is None
    assert vault.open_maybe("persons.door", None) is None
    assert vault.open_maybe("persons.door", vault.seal_maybe("persons.door", "301")) == "301"


def test_keys_are_changed_without_losing_what_was_sealed_or_hashed() -> None:
    before, after = Vault([OLD]), Vault([NEW, OLD])
    assert after.open("persons.name", before.seal("persons.name", "张奶奶")) == "张奶奶"
    assert after.seal("persons.name", "张奶奶").startswith("k2.")
    telephone = ("persons.telephone", "+8613800138000")
    assert after.hash(*telephone) != before.hash(*telephone)
    assert after.hashes(*telephone) == [after.hash(*telephone), before.hash(*telephone)]
    after.use("k1")
    assert after.hashes(*telephone) == [before.hash(*telephone), Vault([NEW]).hash(*telephone)]
    assert after.seal("persons.name", "张奶奶").startswith("k1.")


def test_a_key_that_is_met_for_the_first_time_is_looked_for_in_the_key_file() -> None:
    held = [OLD]
    vault = Vault(held, reread=lambda: held)
    value = Vault([NEW]).seal("persons.name", "张奶奶")
    with pytest.raises(WrongKey):
        vault.open("persons.name", value)
    with pytest.raises(WrongKey, match="not in the key file"):
        vault.use("k2")
    held = [OLD, NEW]
    assert vault.open("persons.name", value) == "张奶奶"
    assert vault.seals == "k1", "it is held before it is used"
    vault.use("k2")
    assert vault.seal("persons.name", "张奶奶").startswith("k2.")
    held = [NEW]
    vault.refresh()
    assert list(vault.fingerprints) == ["k2"]


def test_what_is_told_of_a_day_hangs_on_the_key_of_that_day() -> None:
    day, word = date(2026, 3, 2), ("knocks.word", "1:2026-03-02")
    before, after = Vault([OLD]), Vault([OLD, replace(NEW, since=day)])
    after.use("k2")
    assert after.hash_of_day(*word, day - timedelta(days=1)) == before.hash_of_day(*word, day)
    assert after.hash_of_day(*word, day) == Vault([NEW]).hash_of_day(*word, day) != before.hash_of_day(*word, day)


def test_hashes_need_the_key_and_the_column() -> None:
    vault = Vault([OLD])
    assert vault.hash("persons.telephone", "1") != vault.hash("persons.name", "1")
    assert vault.hash("persons.telephone", "1") != Vault([NEW]).hash("persons.telephone", "1")


def test_a_vault_without_a_key_is_none() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        Vault([])


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    keys, made = load_keys(path)
    assert made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(path) == (keys, False)
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


def test_two_starts_make_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.map(load_keys, [tmp_path / "secret.key"] * 8)
    assert len({tuple(keys) for keys, _ in found}) == 1
    assert sum(made for _, made in found) == 1


def test_a_key_file_may_hold_several_keys(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text(f"{NEW.line()}\n\n{OLD.line()}\n", encoding="utf-8")
    assert load_keys(path) == ([NEW, OLD], False)
    keys = [OLD, replace(NEW, since=date(2026, 3, 2))]
    write_keys(path, keys)
    assert load_keys(path) == (keys, False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("k1\n", "line 1 is no key"),
        ("k1 not-base64!\n", "line 1 is no key"),
        ("k1 AAAA\n", "line 1 is no key"),
        (f"{OLD.line()}\nk.2 {NEW.line().split()[1]}\n", "line 2 is no key"),
        (f"{OLD.line()} soon\n", "line 1 is no key"),
        (f"{OLD.line()}\n{OLD.line()}\n", "two keys of one name"),
        ("\x00\x01\x02", "line 1 is no key"),
    ],
)
def test_a_file_that_holds_something_else_is_told_of(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WrongKey, match=said):
        load_keys(path)
