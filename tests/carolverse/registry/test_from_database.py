"""A registry's database: the layout that the project documents, and databases that depart from it."""

from pathlib import Path

import pytest

from carolverse.registry.facts import Band, RegistryFacts, RowFault, TeamMember
from carolverse.registry.read import FeedRefused, read_registry
from tests.carolverse.registry import database
from tests.carolverse.sources import feeds


def read(folder: Path, *, also: str = "") -> RegistryFacts:
    found = read_registry(database.written(folder, feeds.registry(), also=also))
    assert isinstance(found, RegistryFacts)
    return found


def test_the_documented_layout_is_read_without_a_fault(tmp_path: Path):
    found = read(tmp_path)
    assert found.faults == ()
    assert found.services[0].team == (TeamMember("bob", "support"),)
    assert [droid.key for droid in found.droids] == ["bo-close-01"]


def test_bands_are_json_in_their_column(tmp_path: Path):
    bands = '[{"up_to_minor": 10000, "rate_bp": 1000}, {"up_to_minor": null, "rate_bp": 500}]'
    found = read(tmp_path, also=f"UPDATE commission_terms SET rate_bp = NULL, bands = '{bands}'")
    assert found.services[0].terms[0].bands == (Band(10_000, 1000), Band(None, 500))


@pytest.mark.parametrize(
    ("also", "fault"),
    [
        ("UPDATE commission_terms SET bands = '[{' WHERE rate_bp = 900", ("terms", "atlas")),
        ("UPDATE commission_terms SET rate_bp = 7.5 WHERE rate_bp = 900", ("terms", "atlas")),
        ("UPDATE regions SET countries = 'DE, FR'", ("regions", "EU")),
        ("UPDATE agents SET is_agent = 2 WHERE key = 'bob'", ("agents", "bob")),
        ("UPDATE agents SET title = x'00ff' WHERE key = 'bob'", ("agents", "bob")),
        ("UPDATE carolverse_services SET list_price_minor = 100", ("services", "atlas")),
    ],
)
def test_a_wrong_row_is_a_fault(tmp_path: Path, also: str, fault: tuple[str, str]):
    assert [(found.table, found.key) for found in read(tmp_path, also=also).faults] == [fault]


@pytest.mark.parametrize(("table", "name"), [("commission_terms", "terms"), ("service_agents", "team")])
def test_rows_of_a_service_that_is_not_there_are_a_fault_under_its_key(tmp_path: Path, table: str, name: str):
    found = read(tmp_path, also=f"UPDATE {table} SET service = 'ghost'")
    reason = "The service that this row belongs to isn't in the feed."
    assert found.faults == (RowFault(name, "ghost", reason),)


@pytest.mark.parametrize("table", ["agents", "carolverse_services", "regions", "commission_terms"])
def test_a_database_without_a_core_table_is_refused(tmp_path: Path, table: str):
    with pytest.raises(FeedRefused, match=f"has no table {table}"):
        read(tmp_path, also=f"DROP TABLE {table}")


@pytest.mark.parametrize(
    ("table", "shown"), [("agents", "agents"), ("carolverse_services", "services"), ("regions", "regions")]
)
def test_an_empty_core_table_is_refused(tmp_path: Path, table: str, shown: str):
    with pytest.raises(FeedRefused, match=f"The table {shown} is empty"):
        read(tmp_path, also=f"DELETE FROM {table}")


def test_terms_may_be_empty_and_the_other_tables_missing(tmp_path: Path):
    also = "DELETE FROM commission_terms; DROP TABLE service_agents; DROP TABLE blocks; DROP TABLE droids"
    found = read(tmp_path, also=also)
    assert (found.services[0].terms, found.services[0].team, found.blocks, found.droids) == ((), (), (), ())
    assert found.faults == ()


def test_a_key_twice_in_a_table_without_a_primary_key_is_refused(tmp_path: Path):
    also = "CREATE TABLE a AS SELECT * FROM agents; DROP TABLE agents; ALTER TABLE a RENAME TO agents;"
    with pytest.raises(FeedRefused, match="'bob' occurs twice in agents"):
        read(tmp_path, also=also + "INSERT INTO agents SELECT * FROM agents WHERE key = 'bob'")


def test_more_columns_and_tables_are_ignored(tmp_path: Path):
    also = "ALTER TABLE agents ADD COLUMN anthem TEXT DEFAULT 'yes'; CREATE TABLE apps (id TEXT)"
    (tmp_path / "plain").mkdir()
    assert read(tmp_path, also=also).digest == read(tmp_path / "plain").digest
