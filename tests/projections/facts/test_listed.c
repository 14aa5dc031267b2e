/* tests/projections/facts/test_listed.c - names of properties that were meant for another, and
 * those that were not; which reasons and days are listed. */
#include "projections/facts/listed.h"
#include "tests/support/check.h"

static const struct {
    const char *name, *meant; /* NULL: for nothing else */
} names[] = {
    { "deal_type", NULL },
    { "dealtype", "deal_type" },
    { "Deal Type", "deal_type" },
    { "DEAL-TYPE", "deal_type" },
    { "deal.type", "deal_type" },
    { "deal_typ", "deal_type" },
    { "deal_types", "deal_type" },
    { "dael_type", "deal_type" },
    { "edal_type", "deal_type" },
    { "type", NULL },
    { "deal_name", NULL },
    { "deal_stage", NULL },
    { "contractStart", "contract_start" },
    { "contract_start_date", "contract_start" },
    { "contract_end_date", "contract_end" },
    { "contract end", "contract_end" },
    { "contract_ends", "contract_end" },
    { "contract_state", NULL },
    { "contract", NULL },
    { "MRR", "mrr" },
    { "arr", NULL },
    { "mr", NULL },
    { "renew", "renews" },
    { "Renews", "renews" },
    { "renewal", NULL },
    { "parkeduntil", "parked_until" },
    { "parked_untill", "parked_until" },
    { "mood", NULL },
    { "", NULL },
    { "_", NULL },
    { "a_name_that_is_much_longer_than_any_that_is_listed", NULL },
};

static void names_are_meant_for_those_they_resemble(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *meant = bc_listed_property_meant(bc_str_of(names[i].name));

        if ((meant == NULL) != (names[i].meant == NULL) ||
            (meant && strcmp(meant, names[i].meant) != 0))
            fail_msg("%s: %s", names[i].name, meant ? meant : "nothing");
    }
}

static void a_name_that_is_listed_is_meant_for_itself(void **state)
{
    (void)state;
    for (size_t i = 0; bc_listed_properties[i]; i++)
        assert_null(bc_listed_property_meant(bc_str_of(bc_listed_properties[i])));
}

static void reasons_are_compared_byte_for_byte(void **state)
{
    (void)state;
    assert_true(bc_listed_reason(BC_STR("price")));
    assert_true(bc_listed_reason(BC_STR("other")));
    assert_false(bc_listed_reason(BC_STR("Price")));
    assert_false(bc_listed_reason(BC_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_meant_for_those_they_resemble),
        cmocka_unit_test(a_name_that_is_listed_is_meant_for_itself),
        cmocka_unit_test(reasons_are_compared_byte_for_byte),
    };

    return cmocka_run_group_tests_name("facts/listed", tests, NULL, NULL);
}
