"""Which entries are alike: by register number, then by name and city, with what speaks for it.

One rule for one entry and for a hundred thousand rows of a file: both are asked in the same SQL. Two
entries whose register numbers are of one kind and differ are two companies, whatever their names are.
"""

from companies.states import DuplicateReason

COLUMNS = "city_id, register_kind, register_number, name_keys, website, address, founded"
HOST = "substring(lower({row}.website) from '^(?:[a-z]+://)?(?:www[.])?([^/:?#]+)')"
ADDRESS = "regexp_replace(lower({row}.address), '[^[:alnum:]]', '', 'g')"
SAME_NUMBER = (
    "mine.register_number <> '' AND theirs.register_number = mine.register_number"
    " AND theirs.register_kind = mine.register_kind"
)
# OFFSET 0 has each name looked up by itself; joined freely, every entry of the city is compared with it.
BY_NAME = """
    SELECT mine.row, theirs.id FROM mine CROSS JOIN LATERAL (
        SELECT id, city_id FROM companies_company WHERE name_keys && mine.name_keys::varchar[] OFFSET 0
    ) theirs WHERE theirs.city_id = mine.city_id
"""
MATCHES = f"""
    WITH mine AS ({{relation}}), met AS (
        SELECT mine.row, theirs.id FROM mine JOIN companies_company theirs
            ON {SAME_NUMBER} AND theirs.register_number <> '' AND theirs.merged_into_id IS NULL
        UNION {BY_NAME}
    )
    SELECT met.row, met.id AS company, array_remove(ARRAY[
        CASE WHEN {SAME_NUMBER} THEN '{DuplicateReason.NUMBER}' END,
        CASE WHEN theirs.name_keys && mine.name_keys::varchar[] THEN '{DuplicateReason.NAME}' END,
        CASE WHEN {HOST.format(row="mine")} = {HOST.format(row="theirs")}
            THEN '{DuplicateReason.WEBSITE}' END,
        CASE WHEN mine.address <> '' AND {ADDRESS.format(row="mine")} = {ADDRESS.format(row="theirs")}
            THEN '{DuplicateReason.ADDRESS}' END,
        CASE WHEN mine.founded = theirs.founded THEN '{DuplicateReason.FOUNDED}' END
    ], NULL)::text[] AS reasons
    FROM met JOIN mine ON mine.row = met.row CROSS JOIN LATERAL (
        SELECT {COLUMNS}, merged_into_id FROM companies_company WHERE id = met.id OFFSET 0
    ) theirs
    WHERE theirs.merged_into_id IS NULL AND NOT (
        mine.register_number <> '' AND theirs.register_kind = mine.register_kind
        AND theirs.register_number <> mine.register_number
    )
"""
OF_ENTRIES = (
    f"SELECT id AS row, {COLUMNS} FROM companies_company WHERE id = ANY(%s) AND merged_into_id IS NULL"
)
OF_VALUES = (
    "SELECT 1 AS row, %s::bigint AS city_id, %s::text AS register_kind, %s::text AS register_number,"
    " %s::text[] AS name_keys, %s::text AS website, %s::text AS address, %s::integer AS founded"
)
NOTE = """
    INSERT INTO companies_duplicatepair (first_id, second_id, reasons, state, found_at, note)
    SELECT DISTINCT ON (least(row, company), greatest(row, company))
        least(row, company), greatest(row, company), reasons, '{state}', %s, ''
    FROM ({matches}) found WHERE row <> company
    ORDER BY least(row, company), greatest(row, company)
    ON CONFLICT (first_id, second_id) DO NOTHING
"""


def matches_sql(relation: str) -> str:
    """SQL for (row, company, reasons) of all entries that the rows of a relation may be.

    `relation` is a SELECT of row, city_id, register_kind, register_number, name_keys, website, address
    and founded: a staging table of an import, or entries themselves. Some 15 µs a row that is like none,
    50 µs one that is.
    """
    return MATCHES.format(relation=relation)
