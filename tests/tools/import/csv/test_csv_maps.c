/* tests/tools/import/csv/test_csv_maps.c - the maps that are shipped read tables of the shape they
 * are for.
 *
 * The tables in tests/data/csv are small and made up; beside each is what it gives, in the form of
 * import_csv_print (BC_UPDATE=1 writes that anew). Where BC_SHARED names a folder that holds the
 * real ones, those are read too. */
#include "tests/support/check.h"
#include "tests/support/import.h"
#include "tools/import/importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct row {
    const char *map;
    const char *real; /* the table that the map is for; NULL: none is published */
    int events, skipped;
} rows[] = {
    { "helpdesk", "helpdesk-tickets/helpdesk.csv.gz", 75969, 0 },
    { "olist-leads", "olist-funnel/olist_marketing_qualified_leads_dataset.csv", 24000, 0 },
    { "olist-closed-deals", "olist-funnel/olist_closed_deals_dataset.csv", 6804, 0 },
    { "maven-opportunities", "maven-crm-opportunities/sales_pipeline.csv", 43061, 500 },
    { "hubspot-deals", "fivetran-hubspot-seeds/deal_data.csv", 44, 0 },
    { "hubspot-deal-stages", "fivetran-hubspot-seeds/deal_stage_data.csv", 14, 0 },
    { "hubspot-property-history", "fivetran-hubspot-seeds/deal_property_history_data.csv", 100, 0 },
    { "hubspot-meetings", "fivetran-hubspot-seeds/engagement_meeting_data.csv", 100, 0 },
    { "hubspot-email-events", "fivetran-hubspot-seeds/email_event_data.csv", 94, 6 },
    { "hubspot-merged-deals", "fivetran-hubspot-seeds/merged_deal_data.csv", 14, 0 },
    { "outreach-log", NULL, 0, 0 },
    { "sage", NULL, 0, 0 },
};

static const char *map_of(const struct row *row)
{
    static char path[512];

    snprintf(path, sizeof(path), BC_SOURCE_DIR "/tools/maps/%s.yaml", row->map);
    return path;
}

static void compare(const char *path, const struct bc_buf *got)
{
    const bool update = getenv("BC_UPDATE") != NULL;
    FILE *file = fopen(path, update ? "wb" : "rb");
    struct bc_buf want = { 0 };

    assert_non_null(file);
    if (update) {
        assert_int_equal(fwrite(got->at, 1, got->len - 1, file), got->len - 1);
    } else {
        want.len = fread(bc_buf_room(&want, 1 << 16), 1, 1 << 16, file);
        bc_buf_add_byte(&want, '\0');
        assert_string_equal(got->at, want.at);
    }
    fclose(file);
    bc_buf_release(&want);
}

static void read_small(void **state)
{
    const struct row *row = *state;
    struct bc_buf got = { 0 };
    char path[512];

    snprintf(path, sizeof(path), BC_SOURCE_DIR "/tests/data/csv/%s.csv", row->map);
    import_csv_print(&got, path, map_of(row), false);
    snprintf(path, sizeof(path), BC_SOURCE_DIR "/tests/data/csv/%s.events", row->map);
    compare(path, &got);
    bc_buf_release(&got);
}

static void read_real(void **state)
{
    const struct row *row = *state;
    const char *folder = getenv("BC_SHARED");
    struct importer *importer = NULL;
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };
    char path[512];
    bc_status rc;
    int events = 0;

    if (!folder || !row->real)
        skip();
    snprintf(path, sizeof(path), "%s/data/%s", folder, row->real);
    if (access(path, R_OK) != 0)
        skip();
    check_ok(importer_csv(&importer, path, map_of(row), &err), &err);
    for (;;) {
        rc = importer->next(importer, &event, &err);
        if (rc != BC_OK)
            break;
        events++;
    }
    check_ok(rc, &err);
    assert_int_equal(events, row->events);
    assert_int_equal(importer->skipped, row->skipped);
    importer_free(importer);
}

int main(void)
{
    struct CMUnitTest tests[2 * ARRAY_LEN(rows)];
    char names[2 * ARRAY_LEN(rows)][64];

    for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
        struct row *row = &rows[i / 2];

        snprintf(names[i], sizeof(names[i]), "%s, %s", row->map, i % 2 ? "real" : "made up");
        tests[i] = (struct CMUnitTest){ names[i], i % 2 ? read_real : read_small, NULL, NULL, row };
    }
    return cmocka_run_group_tests_name("tools/import/csv/csv_maps", tests, NULL, NULL);
}
