/* tools/show/rule_labels: what a label says is so under the rules in hand, whatever they are. */
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tools/show/rule_labels.h"

#define TO " \xe2\x86\x92 "

struct row {
    const char *title;
    /* What the rules have instead: below `after` another value of a key, or, without one, another
     * text. All NULL: they are the built-in ones. */
    const char *after, *key, *value;
    const char *name, *want;
};

static struct row metrics[] = {
    { "a window", NULL, NULL, NULL, "outreach_email_open_rate", "Mails opened, 30 days" },
    { "another window", "  outreach_email_open_rate:", "window_days:", "60",
      "outreach_email_open_rate", "Mails opened, 60 days" },
    { "a window of a day", "  meetings_per_week:", "window_days:", "1", "meetings_per_week",
      "Meetings held, 1 day" },
    { "no window", NULL, "kind: meetings\n    headline: new\n    window_days: 7\n",
      "kind: meetings\n    headline: new\n", "meetings_per_week", "meetings_per_week" },
    { "another kind", "  outreach_email_open_rate:", "kind:", "entries", "outreach_email_open_rate",
      "outreach_email_open_rate" },
    { "those of another metric", NULL, NULL, NULL, "sqd_net_new", "New to these, 7 days" },
    { "others than those", "  sqd_net_new:", "stages:", "[outreach]", "sqd_net_new",
      "sqd_net_new" },
    { "days from and to", NULL, NULL, NULL, "renewal_31_90", "Ending in 31 to 90 days" },
    { "other days", "  renewal_31_90:", "days:", "[31, 120]", "renewal_31_90",
      "Ending in 31 to 120 days" },
    { "days that are over", "  renewal_0_30:", "days:", "[-30, 30]", "renewal_0_30",
      "renewal_0_30" },
    { "a contract", NULL, NULL, NULL, "existing_business_active", "Active contracts" },
    { "any contract", "  existing_business_active:", "contract:", "any", "existing_business_active",
      "existing_business_active" },
    { "stages", NULL, NULL, NULL, "outreach_to_discovery", "Outreach" TO "Discovery" },
    { "a stage that is called something else", "\n  outreach:", "label:", "Reaching out",
      "outreach_to_discovery", "Reaching out" TO "Discovery" },
    { "from another stage", "  outreach_to_discovery:", "from:", "[enrichment]",
      "outreach_to_discovery", "Enrichment" TO "Discovery" },
    { "from several", "  outreach_to_discovery:", "from:", "[enrichment, outreach]",
      "outreach_to_discovery", "outreach_to_discovery" },
    { "to another", "  outreach_to_discovery:", "to:", "[proposal, closed_won]",
      "outreach_to_discovery", "Outreach" TO "Proposal" },
    { "to what does not follow", "  outreach_to_discovery:", "to:", "[discovery, renewals]",
      "outreach_to_discovery", "outreach_to_discovery" },
    { "days in a stage", NULL, NULL, NULL, "days_in_discovery", "Days in Discovery" },
    { "days in another", "  days_in_discovery:", "stages:", "[proposal]", "days_in_discovery",
      "Days in Proposal" },
    { "days in several", "  days_in_discovery:", "stages:", "[discovery, proposal]",
      "days_in_discovery", "days_in_discovery" },
    { "a name that rules have not", NULL, NULL, NULL, "opened", "opened" },
};

static struct row lines[] = {
    { "a red line", NULL, NULL, NULL, "discovery_conversion", "Discovery" TO "Proposal" },
    { "a line from another stage", "  discovery_conversion:", "from:", "[outreach]",
      "discovery_conversion", "Outreach" TO "Proposal" },
    { "a line of wins", NULL, NULL, NULL, "no_wins", "Wins after Proposal" },
    { "after another stage", NULL, "needs: 10\n      stages: [proposal]",
      "needs: 10\n      stages: [discovery]", "no_wins", "Wins after Discovery" },
    { "of what is no win", "  no_wins:", "to:", "[closed_lost]", "no_wins", "no_wins" },
    { "a line that rules have not", NULL, NULL, NULL, "wins", "wins" },
};

typedef void add_fn(struct bc_buf *out, const bc_rules *rules, struct bc_str name);

static bc_rules *rules_of_row(const struct row *row)
{
    struct bc_buf yaml = rules_text(), edited = { 0 };
    bc_rules *rules;

    if (row->after)
        rules_text_put(&yaml, row->after, row->key, row->value);
    if (row->after || !row->key)
        return rules_of_text(&yaml);
    rules_edit(&edited, bc_str_of(yaml.at), row->key, row->value);
    bc_buf_release(&yaml);
    rules = rules_parsed(bc_buf_str(&edited));
    bc_buf_release(&edited);
    return rules;
}

static void check_label(const struct row *row, add_fn *add)
{
    bc_rules *rules = rules_of_row(row);
    struct bc_buf out = { 0 };

    add(&out, rules, bc_str_of(row->name));
    bc_buf_add_byte(&out, '\0');
    assert_string_equal(out.at, row->want);
    bc_buf_release(&out);
    bc_rules_free(rules);
}

static void a_metric_is_called_as_its_rule_is(void **state)
{
    check_label(*state, rule_labels_metric_add);
}

static void a_red_line_is_called_as_its_rule_is(void **state)
{
    check_label(*state, rule_labels_red_line_add);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(metrics) + ARRAY_LEN(lines)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(metrics); i++)
        tests[n++] = (struct CMUnitTest){ metrics[i].title, a_metric_is_called_as_its_rule_is, NULL,
                                          NULL, &metrics[i] };
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        tests[n++] = (struct CMUnitTest){ lines[i].title, a_red_line_is_called_as_its_rule_is, NULL,
                                          NULL, &lines[i] };
    return _cmocka_run_group_tests("tools/show/rule_labels", tests, n, NULL, NULL);
}
