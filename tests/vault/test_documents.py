"""Documents in a real vault: in pieces that cannot be swapped or cut, opened after a line in the log, erased."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.vault.test_identities import as_owner
from vault.access_log import AccessLog
from vault.accesses import AccessKind, RevealPurpose
from vault.database import install
from vault.document_pieces import PIECE
from vault.document_sweep import DocumentSweep
from vault.document_upload import Upload
from vault.documents import Documents, Kept
from vault.errors import AccessNotLogged, DocumentConflict, RecordBroken
from vault.keys import Keys

ME = uuid4()
JOURNEY = UUID("00000000-0000-4000-8000-0000000000a1")
NAME, TITLE = "Presuda Milicarica.pdf", "Пресуда Вишег суда, Миличарица"
CONTENT = b"%PDF-1.7 Milicarica " + bytes(range(256)) * 10_000
"""Three pieces, the last one short."""


@pytest.fixture
def documents(vault_database: str, keys: Keys) -> Iterator[Documents]:
    """Of an empty vault."""
    with closing(Documents(vault_database, keys)) as documents:
        yield documents


@pytest.fixture
def sweep(vault_database: str) -> Iterator[DocumentSweep]:
    """Of the same."""
    with closing(DocumentSweep(vault_database)) as sweep:
        yield sweep


def uploaded(documents: Documents, document: UUID, content: bytes = CONTENT, *, compartment: str = "legal") -> Upload:
    """Streamed in by uneven blocks, and finished."""
    upload = documents.begin(JOURNEY, compartment, document)
    for start in range(0, len(content), 70_001):
        upload.add(content[start : start + 70_001])
    upload.finish()
    return upload


def filed(documents: Documents, document: UUID, content: bytes = CONTENT, *, compartment: str = "legal") -> Kept:
    """Kept."""
    return documents.keep(uploaded(documents, document, content, compartment=compartment), name=NAME, title=TITLE)


def content_of(documents: Documents, document: UUID) -> bytes | None:
    """What somebody is shown."""
    opened = documents.open(ME, JOURNEY, document, RevealPurpose.PROCEEDINGS)
    return None if opened is None else b"".join(opened.contents())


def changed(dsn: str, statement: str, *values: object) -> None:
    """As somebody who owns the database."""
    with psycopg.connect(as_owner(dsn)) as connection:
        assert connection.execute(statement.encode(), values).rowcount > 0


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, len(CONTENT)])
def test_what_was_filed_comes_out_again(documents: Documents, length: int) -> None:
    """To the byte, with its name; whether a piece is full or not."""
    document, content = uuid4(), (CONTENT * 2)[:length]
    kept = filed(documents, document, content)
    opened = documents.open(ME, JOURNEY, document, RevealPurpose.DOCUMENT)
    assert opened is not None
    assert (opened.name, opened.size, kept.size, kept.pieces) == (NAME, length, length, max(1, -(-length // PIECE)))
    assert b"".join(opened.contents()) == content
    assert opened.sha256 == kept.sha256 != sha256(content).hexdigest()
    assert documents.titles(JOURNEY, {"legal"}) == {document: TITLE}
    assert documents.titles(JOURNEY, {"health", "notes"}) == {}
    assert "Milicarica" not in repr(opened)


def test_an_upload_is_looked_at_like_a_file_before_it_is_kept(documents: Documents) -> None:
    """One reads in it where one likes, over the borders of pieces; nobody else sees it yet."""
    document = uuid4()
    file = uploaded(documents, document).file()
    assert file.seek(-5, 2) == len(CONTENT) - 5
    assert file.read() == CONTENT[-5:]
    file.seek(PIECE - 3)
    assert file.read(10) == CONTENT[PIECE - 3 : PIECE + 7]
    assert file.tell() == PIECE + 7
    assert content_of(documents, document) is None


def test_nothing_of_it_is_readable_in_the_tables(documents: Documents, vault_database: str) -> None:
    """Neither content nor name nor title."""
    document = uuid4()
    filed(documents, document)
    content_of(documents, document)
    with psycopg.connect(as_owner(vault_database)) as connection:
        for table in (b"documents", b"document_pieces", b"accesses"):
            rows = connection.execute(b"SELECT t::text FROM vault." + table + b" AS t").fetchall()
            assert rows
            joined = "".join(row for (row,) in rows)
            for secret in ("Milicarica", "Миличарица"):
                assert secret not in joined
                assert secret.encode().hex() not in joined


SWAPPED = {
    "two pieces change places": (
        "UPDATE vault.document_pieces AS p SET sealed = o.sealed FROM vault.document_pieces AS o "
        "WHERE p.upload = o.upload AND p.position + o.position = 1 AND p.position <> o.position"
    ),
    "a piece is missing": "DELETE FROM vault.document_pieces WHERE position = 1",
    "the end is cut off, and the row says so": "UPDATE vault.documents SET pieces = 2, size = 2097152",
    "the row says that it is shorter": "UPDATE vault.documents SET size = size - 1",
    "a byte was changed": "UPDATE vault.document_pieces SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))",
    "the row is of another compartment": "UPDATE vault.documents SET compartment = 'notes'",
}


@pytest.mark.parametrize("statement", SWAPPED.values(), ids=SWAPPED.keys())
def test_a_document_that_was_tampered_with_does_not_open(
    documents: Documents, vault_database: str, statement: str
) -> None:
    """Whoever can write to the tables makes no other file of it."""
    document = uuid4()
    filed(documents, document)
    changed(vault_database, statement)
    with pytest.raises(RecordBroken):
        content_of(documents, document)


def test_a_piece_of_another_upload_does_not_open(documents: Documents, vault_database: str) -> None:
    """Not of another document, nor of another try of the same one."""
    document, other = uuid4(), uuid4()
    filed(documents, document)
    uploaded(documents, document, b"x" * len(CONTENT))
    filed(documents, other, b"y" * len(CONTENT))
    with psycopg.connect(as_owner(vault_database)) as connection:
        uploads = [
            row[0] for row in connection.execute("SELECT upload FROM vault.documents WHERE document = %s", (document,))
        ]
        (others,) = (
            connection.execute("SELECT upload FROM vault.documents WHERE document = %s", (other,)).fetchone() or ()
        )
        (mine,) = (
            connection.execute(
                "SELECT upload FROM vault.documents WHERE document = %s AND kept", (document,)
            ).fetchone()
            or ()
        )
    for foreign in {*uploads, others} - {mine}:
        changed(
            vault_database,
            "UPDATE vault.document_pieces AS p SET sealed = o.sealed FROM vault.document_pieces AS o "
            "WHERE p.upload = %s AND o.upload = %s AND p.position = 0 AND o.position = 0",
            mine,
            foreign,
        )
        with pytest.raises(RecordBroken):
            content_of(documents, document)


def test_sent_twice_it_is_kept_once(documents: Documents, vault_database: str) -> None:
    """The second gets the first answer and leaves nothing; another content is a conflict, in whichever compartment."""
    document = uuid4()
    first = filed(documents, document)
    assert filed(documents, document) == first
    with pytest.raises(DocumentConflict):
        filed(documents, document, b"something else")
    with pytest.raises(DocumentConflict):
        filed(documents, document, compartment="notes")
    assert content_of(documents, document) == CONTENT
    with psycopg.connect(as_owner(vault_database)) as connection:
        assert connection.execute("SELECT count(*) FROM vault.documents").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM vault.document_pieces").fetchone() == (3,)


def test_two_at_the_same_instant_are_kept_once(vault_database: str, keys: Keys) -> None:
    """A double click."""
    document, barrier = uuid4(), Barrier(4)
    with closing(Documents(vault_database, keys, size=4)) as documents, ThreadPoolExecutor(4) as pool:

        def send(_: int) -> Kept:
            upload = uploaded(documents, document)
            barrier.wait()
            return documents.keep(upload, name=NAME, title=TITLE)

        answers = set(pool.map(send, range(4)))
        assert len(answers) == 1
        assert content_of(documents, document) == CONTENT


def test_who_opens_it_stands_in_the_log_before_anything_is_shown(documents: Documents, log: AccessLog) -> None:
    """Also who asked for one that is not there; the chain is whole."""
    document, none = uuid4(), uuid4()
    filed(documents, document)
    opened = documents.open(ME, JOURNEY, document, RevealPurpose.OTHER, "тражи суд")
    assert opened is not None
    (line,) = log.opened(JOURNEY)
    assert (line.actor, line.kind, line.documents, line.purpose) == (
        ME,
        AccessKind.DOCUMENT,
        frozenset({document}),
        RevealPurpose.OTHER,
    )
    assert log.reason(line) == "тражи суд"
    assert documents.open(ME, JOURNEY, none, RevealPurpose.DOCUMENT) is None
    assert [each.documents for each in log.opened(JOURNEY)] == [{document}, {none}]
    assert log.verify().findings == ()
    with pytest.raises(ValueError, match="in words"):
        documents.open(ME, JOURNEY, document, RevealPurpose.OTHER)
    assert documents.open(ME, uuid4(), document, RevealPurpose.DOCUMENT) is None, "not by the address of another case"


def test_without_a_line_there_is_no_document(documents: Documents, vault_database: str) -> None:
    """As with a reveal."""
    document = uuid4()
    filed(documents, document)
    with psycopg.connect(as_owner(vault_database)) as connection:
        connection.execute("REVOKE EXECUTE ON FUNCTION vault.log_access FROM putokaz_vault")
    with pytest.raises(AccessNotLogged):
        content_of(documents, document)


def test_with_the_key_the_rows_are_gone(documents: Documents, vault_database: str, keys: Keys) -> None:
    """Of its compartment only; the other's documents stay."""
    legal, notes = uuid4(), uuid4()
    filed(documents, legal)
    filed(documents, notes, compartment="notes")
    half = documents.begin(JOURNEY, "legal", uuid4())
    half.add(CONTENT)
    keys.destroy(f"journey-{JOURNEY}", "legal")
    assert content_of(documents, legal) is None
    assert content_of(documents, notes) == CONTENT
    assert documents.titles(JOURNEY, {"legal", "notes"}) == {notes: TITLE}
    half.finish()
    with psycopg.connect(as_owner(vault_database)) as connection:
        assert connection.execute("SELECT compartment FROM vault.documents").fetchall() == [("notes",)]
        assert connection.execute("SELECT count(*) FROM vault.document_pieces").fetchone() == (3,)


def test_a_document_whose_key_died_elsewhere_does_not_open(
    documents: Documents, vault_database: str, sweep: DocumentSweep
) -> None:
    """After a restore, which destroys keys again: the rows lie there until the sweep, and nobody reads them."""
    document = uuid4()
    filed(documents, document)
    changed(
        vault_database,
        "UPDATE vault.data_keys SET wrapped = NULL, destroyed_at = now() WHERE compartment = 'legal'",
    )
    changed(vault_database, "UPDATE vault.generation SET value = value + 1")
    assert content_of(documents, document) is None
    assert sweep.tidy() == 1
    assert sweep.tidy() == 0


def test_an_unfinished_upload_goes_after_72_hours(
    documents: Documents, vault_database: str, sweep: DocumentSweep
) -> None:
    """Of a process that died, or a browser that went away; a younger one may still be under way."""
    kept, old, young = uuid4(), uuid4(), uuid4()
    filed(documents, kept)
    for document in (old, young):
        uploaded(documents, document)
    assert sweep.tidy() == 0
    changed(
        vault_database, "UPDATE vault.documents SET begun_at = now() - interval '73 hours' WHERE document <> %s", young
    )
    assert sweep.tidy() == 1
    with psycopg.connect(as_owner(vault_database)) as connection:
        found = {row[0] for row in connection.execute("SELECT document FROM vault.documents")}
    assert found == {kept, young}


def test_a_kept_one_is_looked_at_after_72_hours_and_again_later(
    documents: Documents, vault_database: str, sweep: DocumentSweep
) -> None:
    """Whether an event names it, only the log can say."""
    named, orphan = uuid4(), uuid4()
    filed(documents, named)
    filed(documents, orphan)
    assert sweep.due() == []
    changed(vault_database, "UPDATE vault.documents SET begun_at = now() - interval '73 hours'")
    assert set(sweep.due()) == {(named, JOURNEY), (orphan, JOURNEY)}
    sweep.confirm(named)
    sweep.erase(orphan)
    assert sweep.due() == []
    assert (content_of(documents, named), content_of(documents, orphan)) == (CONTENT, None)
    changed(vault_database, "UPDATE vault.documents SET checked_at = now() - interval '8 days'")
    assert sweep.due() == [(named, JOURNEY)]


def test_a_vault_of_an_older_release_takes_lines_of_documents_after_the_upgrade(
    documents: Documents, vault_database: str, log: AccessLog
) -> None:
    """Its table of accesses knew three kinds."""
    with psycopg.connect(as_owner(vault_database)) as connection:
        connection.execute(
            "ALTER TABLE vault.accesses DROP CONSTRAINT accesses_kind_check, DROP CONSTRAINT accesses_reveal_check, "
            "DROP CONSTRAINT accesses_query_check, "
            "ADD CONSTRAINT accesses_kind_check CHECK (kind IN ('reveal', 'search', 'candidates')), "
            "ADD CONSTRAINT accesses_reveal_check CHECK ((kind = 'reveal') = (purpose IS NOT NULL)), "
            "ADD CONSTRAINT accesses_query_check CHECK ((kind = 'reveal') = (query IS NULL))"
        )
    document = uuid4()
    filed(documents, document)
    with pytest.raises(AccessNotLogged):
        content_of(documents, document)
    for _ in range(2):
        install(as_owner(vault_database))
    assert content_of(documents, document) == CONTENT
    assert len(log.opened(JOURNEY)) == 1
