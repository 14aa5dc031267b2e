/* tests/tools/discover/test_discover_map_name.c - what a map is called is the same in each week. */
#include "tests/support/check.h"
#include "tools/discover/discover_map_name.h"

static struct row {
    const char *path, *want;
    bool dated;
} rows[] = {
    { "deals.csv", "deals", false },
    { "exports/deals.csv.gz", "deals", false },
    { "./Deals Q.csv", "Deals-Q", false },
    { "deals", "deals", false },
    { ".csv", "-csv", false },
    { "-", "table", false },
    { "deals-2026-11-23.csv", "deals", true },
    { "deals_20261123.csv", "deals", true },
    { "deals_20261123T140559Z.csv", "deals", true },
    { "deals_2026-11-23_14-05-59.csv.gz", "deals", true },
    { "deals 23.11.2026.csv", "deals", true },
    { "2026-11-23 deals.csv", "deals", true },
    { "crm-2026-11-23-deals.csv", "crm-deals", true },
    { "deals 23 Nov 2026.csv", "deals", true },
    { "Deals (Nov 23, 2026).csv", "Deals", true },
    { "deals-2026-KW48.csv", "deals", true },
    { "deals_2026.csv", "deals", true },
    { "deals_261123.csv", "deals", true },
    { "deals-2026-11-23 (2).csv", "deals", true },
    { "deals (2).csv", "deals", false },
    { "2026-11-23.csv", "table", true },
    { "hubspot-crm-exports-all-deals-2026-11-23-1.csv", "hubspot-crm-exports-all-deals", true },
    /* what is no date stays */
    { "deals-2.csv", "deals-2", false },
    { "pipeline_1800.csv", "pipeline_1800", false },
    { "march-campaign.csv", "march-campaign", false },
    { "deals-99999999.csv", "deals-99999999", false },
    { "v1.5-deals.csv", "v1-5-deals", false },
    { "Gesch\xC3\xA4"
      "fte-2026.csv",
      "Gesch--fte", true },
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf name = { 0 };

    assert_int_equal(discover_map_name(&name, row->path), row->dated);
    bc_buf_add_byte(&name, '\0');
    assert_string_equal(name.at, row->want);
    bc_buf_release(&name);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].path, check_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/discover/discover_map_name", tests, NULL, NULL);
}
