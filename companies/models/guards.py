"""What the database itself does not let happen to companies: one look a statement, however many rows."""

import pgtrigger

IN_AN_UNCONFIRMED_CITY = """
    IF EXISTS (
        SELECT 1 FROM written JOIN cities_city city ON city.id = written.city_id
        WHERE written.state IN ('published', 'stale') AND city.confirmed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a company is published in a confirmed city only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'company_published_in_confirmed_city';
    END IF;
    RETURN NULL;
"""
MERGED_IN_A_CIRCLE = """
    IF EXISTS (
        WITH RECURSIVE way AS (
            SELECT id AS start, merged_into_id AS next FROM written WHERE merged_into_id IS NOT NULL
            UNION
            SELECT way.start, company.merged_into_id
            FROM way JOIN companies_company company ON company.id = way.next
            WHERE company.merged_into_id IS NOT NULL
        )
        SELECT 1 FROM way WHERE next = start
    ) THEN
        RAISE EXCEPTION 'companies are not merged in a circle'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'company_not_merged_in_a_circle';
    END IF;
    RETURN NULL;
"""


def by_statement(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    """A look at all rows that a statement has written, together."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="written"),
        func=func,
    )


GUARDS = [
    by_statement("confirmed_city_on_insert", pgtrigger.Insert, IN_AN_UNCONFIRMED_CITY),
    by_statement("confirmed_city_on_update", pgtrigger.Update, IN_AN_UNCONFIRMED_CITY),
    by_statement("merged_in_no_circle", pgtrigger.Update, MERGED_IN_A_CIRCLE),
]
