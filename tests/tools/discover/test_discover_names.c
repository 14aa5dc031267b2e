/* tests/tools/discover/test_discover_names.c - what columns are called, in several programs and
 * languages. */
#include "tests/support/check.h"
#include "tools/discover/discover_names.h"

static struct row {
    const char *name;
    enum discover_role role;
    const char *says; /* the property, or the stage entered; NULL: neither */
} rows[] = {
    { "Record ID", DISCOVER_DEAL, NULL },
    { "Opportunity ID", DISCOVER_DEAL, NULL },
    { "Deal - ID", DISCOVER_DEAL, NULL },
    { "OpportunityId", DISCOVER_DEAL, NULL },
    { "Vorgang", DISCOVER_DEAL, "deal_name" },
    { "Deal Name", DISCOVER_NAME, NULL },
    { "Deal - Title", DISCOVER_NAME, NULL },
    { "StageName", DISCOVER_STAGE, NULL },
    { "To Stage", DISCOVER_STAGE, NULL },
    { "Vertriebsphase", DISCOVER_STAGE, NULL },
    { "Étape", DISCOVER_STAGE, NULL },
    { "Deal - Status", DISCOVER_STATUS, NULL },
    { "From Stage", DISCOVER_FROM, NULL },
    { "Last Stage Change Date", DISCOVER_SINCE, NULL },
    { "Deal - Last stage change", DISCOVER_SINCE, NULL },
    { "Geändert am", DISCOVER_CHANGED, NULL },
    { "Fecha", DISCOVER_CHANGED, NULL },
    { "Last Modified Date", DISCOVER_MODIFIED, NULL },
    { "Create Date", DISCOVER_CREATED, NULL },
    { "Deal - Deal created", DISCOVER_CREATED, NULL },
    { "Data di creazione", DISCOVER_CREATED, NULL },
    { "Abschlussdatum", DISCOVER_CLOSED, NULL },
    { "Field / Event", DISCOVER_FIELD, NULL },
    { "New Value", DISCOVER_VALUE, NULL },
    { "Closed Lost Reason", DISCOVER_REASON, NULL },
    { "Deal Type", DISCOVER_PROPERTY, "deal_type" },
    { "Deal - Organization", DISCOVER_PROPERTY, "company" },
    { "Zuständig", DISCOVER_PROPERTY, "owner" },
    { "Zustaendig", DISCOVER_PROPERTY, "owner" },
    { "Montant", DISCOVER_PROPERTY, "amount" },
    { "Vertragsende", DISCOVER_PROPERTY, "contract_end" },
    { "Deal - Won time", DISCOVER_ENTERED, "closed_won" },
    { "Verloren am", DISCOVER_ENTERED, "closed_lost" },
    { "Date entered \"Discovery (Sales Pipeline)\"", DISCOVER_ENTERED, "discovery" },
    { "Date entered \"Propsal (Vertrieb)\"", DISCOVER_ENTERED, "proposal" },
    { "Date entered \"Security review\"", DISCOVER_ENTERED, NULL },
    { "hs_v2_date_entered_discovery", DISCOVER_ENTERED, "discovery" },
    { "hs_v2_date_exited_discovery", DISCOVER_NONE, NULL },
    { "Cumulative time in \"Discovery\"", DISCOVER_NONE, NULL },
    { "Notiz", DISCOVER_NONE, NULL },
    { "", DISCOVER_NONE, NULL },
};

static void read_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    struct discover_named named;
    const char *says;

    check_ok(bc_rules_default(&rules, &err), &err);
    named = discover_name(rules, bc_str_of(row->name));
    assert_int_equal(named.role, row->role);
    says = named.property;
    if (row->role == DISCOVER_ENTERED)
        says = named.stage == BC_NO_STAGE ? NULL : rules->stages[named.stage].id;
    assert_string_equal(says ? says : "", row->says ? row->says : "");
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, read_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/discover/discover_names", tests, NULL, NULL);
}
