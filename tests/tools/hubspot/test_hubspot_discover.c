/* tools/hubspot/discover: properties that may hold a reason of loss or name a campaign are taken or
 * offered, with their options in the words of the contract. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/discover.h"

/* Discovers an account with these properties of deals and of e-mails; the file must read back. */
static void discover(struct hubspot_bench *bench, struct hubspot_discovered *found,
                     struct bc_buf *text, const struct hubspot_defined *deals, size_t deal_n,
                     const struct hubspot_option *emails, size_t email_n)
{
    struct hubspot_account *account = NULL;
    struct hubspot_run *run = &bench->run;
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    hubspot_bench_init(bench, "{}");
    for (size_t i = 0; i < deal_n; i++) {
        BC_GROW(run->defined, run->defined_n, run->defined_cap);
        run->defined[run->defined_n++] = deals[i];
    }
    for (size_t i = 0; i < email_n; i++) {
        BC_GROW(run->campaigns, run->campaign_n, run->campaign_cap);
        run->campaigns[run->campaign_n++] = emails[i];
    }
    check_ok(bc_rules_default(&rules, &err), &err);
    hubspot_discover(found, run, rules, text);
    check_ok(hubspot_account_parse(&account, bc_buf_str(text), "a.yaml", NULL, &err), &err);
    hubspot_account_free(account);
    bc_rules_free(rules);
    bc_buf_add_byte(text, '\0');
}

static void end(struct hubspot_bench *bench, struct hubspot_discovered *found, struct bc_buf *text)
{
    hubspot_discovered_release(found);
    bc_buf_release(text);
    hubspot_bench_release(bench);
}

static void check_has(const struct bc_buf *text, const char *want)
{
    if (!strstr(text->at, want))
        fail_msg("no %s in %s", want, text->at);
}

static const struct hubspot_option reasons[] = {
    { { "too_dear", 8 }, { "Too expensive", 13 } }, { { "r2", 2 }, { "Not now", 7 } },
    { { "r3", 2 }, { "Missing feature", 15 } },     { { "r4", 2 }, { "Lost to competitor", 18 } },
    { { "r5", 2 }, { "Not a fit (ICP)", 15 } },     { { "r6", 2 }, { "Went silent", 11 } },
};

static void a_property_that_may_hold_the_reason_is_offered_beside_the_standard_one(void **state)
{
    const struct hubspot_defined deals[] = {
        { .name = BC_STR("closed_lost_reason"), .label = BC_STR("Closed Lost Reason") },
        { .name = BC_STR("x7"),
          .label = BC_STR("Lost reason (category)"),
          .options = reasons,
          .option_n = ARRAY_LEN(reasons) },
        { .name = BC_STR("hs_loss_reason_n"), .label = BC_STR("N"), .calculated = true },
    };
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };

    (void)state;
    discover(&bench, &found, &text, deals, ARRAY_LEN(deals), NULL, 0);
    check_has(&text, "\nloss_reason: closed_lost_reason\n"
                     "# loss_reason: x7  # Lost reason (category)\n"
                     "#  too_dear: price  # Too expensive\n"
                     "#  r2: timing  # Not now\n"
                     "#  r3: feature_gap  # Missing feature\n"
                     "#  r4: competitor  # Lost to competitor\n"
                     "#  r5: wrong_icp  # Not a fit (ICP)\n"
                     "#  # r6:  # Went silent\n"
                     "loss_reasons:\n");
    assert_int_equal(found.losses.n, 1);
    assert_string_equal(found.losses.at[0].text.at, "x7 (Lost reason (category))");
    end(&bench, &found, &text);
}

static void without_the_standard_one_it_is_taken(void **state)
{
    const struct hubspot_defined deals[] = {
        { .name = BC_STR("why_lost"),
          .label = BC_STR("Why?"),
          .options = reasons,
          .option_n = ARRAY_LEN(reasons) },
    };
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };

    (void)state;
    discover(&bench, &found, &text, deals, ARRAY_LEN(deals), NULL, 0);
    check_has(&text, "\nloss_reason: why_lost\nloss_reasons:\n"
                     "  too_dear: price  # Too expensive\n");
    check_has(&text, "\n  # r6:  # Went silent\n");
    assert_int_equal(found.losses.n, 0);
    end(&bench, &found, &text);
}

static void without_any_that_is_said(void **state)
{
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };
    bool reason = false, campaign = false;

    (void)state;
    discover(&bench, &found, &text, NULL, 0, NULL, 0);
    check_has(&text, "\nloss_reason: null\nloss_reasons:\n");
    check_has(&text, "\nemail_campaign: null\n");
    for (size_t i = 0; i < found.missing.n; i++) {
        reason |= bc_str_eq(found.missing.at[i].text, BC_STR("loss_reason"));
        campaign |= bc_str_eq(found.missing.at[i].text, BC_STR("email_campaign"));
    }
    assert_true(reason && campaign);
    end(&bench, &found, &text);
}

static void the_likeliest_campaign_is_taken_and_the_others_offered(void **state)
{
    const struct hubspot_option emails[] = {
        { BC_STR("hs_sequence_id"), BC_STR("Sequence ID") },
        { BC_STR("hs_template_id"), BC_STR("Template\nused") },
    };
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };

    (void)state;
    discover(&bench, &found, &text, NULL, 0, emails, ARRAY_LEN(emails));
    check_has(&text, "\nemail_campaign: hs_template_id  # Template used\n"
                     "# email_campaign: hs_sequence_id  # Sequence ID\n");
    assert_int_equal(found.campaigns.n, 1);
    assert_string_equal(found.campaigns.at[0].text.at, "hs_sequence_id (Sequence ID)");
    end(&bench, &found, &text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_property_that_may_hold_the_reason_is_offered_beside_the_standard_one),
        cmocka_unit_test(without_the_standard_one_it_is_taken),
        cmocka_unit_test(without_any_that_is_said),
        cmocka_unit_test(the_likeliest_campaign_is_taken_and_the_others_offered),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_discover", tests, NULL, NULL);
}
