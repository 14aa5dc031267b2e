/* What stands in an object-centric event log: the columns of each type have room. */
#include "tests/support/check.h"
#include "tools/export/ocel_model.h"

static void columns_of_events_have_room(void **state)
{
    struct ocel_column columns[OCEL_COLUMN_MAX];

    (void)state;
    for (enum bc_body i = BC_DEAL_CREATED; i < BC_BODY_END; i++)
        assert_in_range(ocel_event_columns(columns, i), 1, OCEL_COLUMN_MAX);
}

static void columns_of_objects_have_room(void **state)
{
    struct ocel_column columns[OCEL_COLUMN_MAX];

    (void)state;
    for (enum ocel_object i = 0; i < OCEL_OBJECT_N; i++)
        assert_in_range(ocel_object_columns(columns, i), 1, OCEL_COLUMN_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_events_have_room),
        cmocka_unit_test(columns_of_objects_have_room),
    };

    return cmocka_run_group_tests_name("tools/export/ocel_model", tests, NULL, NULL);
}
