/* tests/projections/rules/test_rules_faults.c - whatever is wrong with a rules file is said with
 * its line and column and the line itself, and nothing that a file holds makes the reader crash or
 * crawl. */
#include "ledger/base/spelling.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

#include <stdio.h>

/* A small file of which each row breaks a part. */
static const char small[] = "version: small\n"                                       /* 1 */
                            "timezone: Europe/Berlin\n"                              /* 2 */
                            "stages:\n"                                              /* 3 */
                            "  lead: {kind: open, next: [won]}\n"                    /* 4 */
                            "  won:\n"                                               /* 5 */
                            "    kind: won\n"                                        /* 6 */
                            "    crm_ids: [closedwon, '77']\n"                       /* 7 */
                            "properties:\n"                                          /* 8 */
                            "  owner: best_known\n"                                  /* 9 */
                            "slices:\n"                                              /* 10 */
                            "  all: {}\n"                                            /* 11 */
                            "metrics:\n"                                             /* 12 */
                            "  leads:\n"                                             /* 13 */
                            "    kind: count\n"                                      /* 14 */
                            "    stages: [lead]\n"                                   /* 15 */
                            "  wins:\n"                                              /* 16 */
                            "    kind: conversion\n"                                 /* 17 */
                            "    window_days: 30\n"                                  /* 18 */
                            "    from: lead\n"                                       /* 19 */
                            "    to: [won]\n"                                        /* 20 */
                            "  slow:\n"                                              /* 21 */
                            "    kind: time_in_stage\n"                              /* 22 */
                            "    stages: [lead]\n"                                   /* 23 */
                            "    stalled_after: 12.5\n"                              /* 24 */
                            "red_lines:\n"                                           /* 25 */
                            "  few:\n"                                               /* 26 */
                            "    slice: all\n"                                       /* 27 */
                            "    value: entries\n"                                   /* 28 */
                            "    to: [won]\n"                                        /* 29 */
                            "    threshold: 1\n"                                     /* 30 */
                            "    guard: {kind: entries, needs: 3, stages: [lead]}\n" /* 31 */
                            "    says: too few\n";                                   /* 32 */

static struct fault_row {
    const char *name, *find, *put; /* find NULL: `put` is the whole file */
    const char *where, *what;
} fault_rows[] = {
    { "an unknown key names the one that was meant", "window_days", "windw_days", "18:5",
      "\"windw_days\" is no key of metric \"wins\", did you mean \"window_days\"?" },
    { "an unknown key at the top", "red_lines:", "redlines:", "25:1",
      "did you mean \"red_lines\"?" },
    { "a key like no other lists what may stand there", "says:", "quux:", "32:5",
      "expected one of: slice, value" },
    { "a key of learning names the one that was meant", "red_lines:",
      "learning: {max_runing: 3}\nred_lines:", "25:12", "did you mean \"max_running\"?" },
    { "stalled after a negative number of days",
      "red_lines:", "learning: {stalled_after: -1}\nred_lines:", "25:27", "a number from 0 to" },
    { "half an experiment", "red_lines:", "learning: {max_running: 2.5}\nred_lines:", "25:25",
      "a whole number from 0 to 1000000" },
    { "no deals are enough", "red_lines:", "learning: {enough: 0}\nred_lines:", "25:20",
      "a whole number from 1 to 1000000" },
    { "more leads than all of them",
      "red_lines:", "learning: {lead_target: 1.5}\nred_lines:", "25:25", "a number from 0 to 1" },
    { "one number of closed deals", "red_lines:", "learning: {closed_per_playbook: 10}\nred_lines:",
      "25:33", "expected the fewest and the most deals, such as [10, 20]" },
    { "fewer at most than at least",
      "red_lines:", "learning: {closed_per_playbook: [10, 9]}\nred_lines:", "25:38",
      "a whole number from 10 to 1000000" },
    { "a breach answered before it is there",
      "red_lines:", "learning: {answer_breach_days: 0}\nred_lines:", "25:32",
      "a whole number from 1 to 1000000" },
    { "a hand-off that waits a text", "red_lines:", "learning: {handoff_days: soon}\nred_lines:",
      "25:26", "a whole number from 0 to 1000000" },
    { "learning is a map", "red_lines:", "learning: 3\nred_lines:", "25:11", "learning" },
    { "deals worth nothing", "red_lines:", "revenue: {value: []}\nred_lines:", "25:18", "1" },
    { "a currency that is a list", "red_lines:", "revenue: {currency: [USD]}\nred_lines:", "25:21",
      "text" },
    { "a weight of more than all", "red_lines:", "revenue: {renewal: 1.2}\nred_lines:", "25:20",
      "expected a number from 0 to 1, or \"measured\"" },
    { "a weight by another word", "red_lines:", "revenue: {new: guessed}\nred_lines:", "25:16",
      "expected a number from 0 to 1, or \"measured\"" },
    { "a weight finer than money", "red_lines:", "revenue: {new: 0.3333333}\nred_lines:", "25:16",
      "at most six decimals" },
    { "a target of more than all",
      "red_lines:", "revenue: {renewal_target: 80}\nred_lines:", "25:27", "a number from 0 to 1" },
    { "a version is needed", "version: small\n", "", "1:1", "the file has no \"version\"" },
    { "a stage needs a kind", "    kind: won\n", "", "5:3", "stage \"won\" has no \"kind\"" },
    { "an unknown stage names the one that was meant", "next: [won]", "next: [wom]", "4:29",
      "\"wom\" is no stage, did you mean \"won\"?" },
    { "a CRM's id is no stage inside the file", "from: lead", "from: closedwon", "19:11",
      "\"closedwon\" is no stage" },
    { "a stage twice in a set", "[lead]\n  wins", "[lead, lead]\n  wins", "15:20",
      "\"lead\" is in this list twice" },
    { "an empty set", "to: [won]\n  slow", "to: []\n  slow", "20:9", "an empty list" },
    { "an unknown slice", "slice: all", "slice: al", "27:12", "did you mean \"all\"?" },
    { "an unknown kind of stage", "kind: won\n", "kind: wonn\n", "6:11", "did you mean \"won\"?" },
    { "only an open stage is left with a qualification", "    kind: won\n",
      "    kind: won\n    leaves_qualified: true\n", "7:5",
      "\"leaves_qualified\" means nothing for stage \"won\" with kind: won" },
    { "whether it is left with one is yes or no", "{kind: open, next",
      "{kind: open, leaves_qualified: often, next", "4:40",
      "\"often\", expected true or false, or yes or no" },
    { "an unknown kind of metric", "kind: count", "kind: sum", "14:11",
      "\"sum\" is no kind of metric, expected one of: count, entries" },
    { "an unknown time mode", "best_known", "best_knwon", "9:10", "did you mean \"best_known\"?" },
    { "a window of no days", "window_days: 30", "window_days: 0", "18:18",
      "\"0\", expected a whole number from 1 to 1000000" },
    { "a window of part of a day", "window_days: 30", "window_days: 1.5", "18:18",
      "expected a whole number" },
    { "a number in quotes is a text", "window_days: 30", "window_days: \"30\"", "18:18",
      "expected a whole number" },
    { "a number beyond any range", "window_days: 30", "window_days: 99999999999999999999", "18:18",
      "expected a whole number" },
    { "nothing where a number is expected", "window_days: 30", "window_days:", "18:5",
      "\"window_days\" is empty, expected a whole number" },
    { "a negative number of days", "12.5", "-1", "24:20", "expected a number from 0" },
    { "a number that is none", "12.5", "nan", "24:20", "expected a number from 0" },
    { "a threshold that is a text", "threshold: 1", "threshold: one", "30:16",
      "\"one\", expected a number" },
    { "a basis that does not exist", "    from: lead", "    basis: exit\n    from: lead", "19:12",
      "did you mean \"exits\"?" },
    { "a parameter of another kind", "    stages: [lead]\n  wins",
      "    stages: [lead]\n    from: lead\n  wins", "16:5",
      "\"from\" means nothing for metric \"leads\" with kind: count" },
    { "a parameter that the kind needs", "    to: [won]\n  slow", "  slow", "16:3",
      "metric \"wins\" has no \"to\", expected with kind: conversion" },
    { "days without a contract that ends", "    stages: [lead]\n  wins",
      "    stages: [lead]\n    days: [0, 30]\n  wins", "16:5", "\"days\" means nothing" },
    { "a contract that ends in no known days", "    stages: [lead]\n  wins",
      "    stages: [lead]\n    contract: ends_in\n  wins", "13:3", "has no \"days\"" },
    { "days in the wrong order", "    stages: [lead]\n  wins",
      "    stages: [lead]\n    contract: ends_in\n    days: [31, 30]\n  wins", "17:16",
      "from 31 to" },
    { "a guard on attempts for a line that has none", "kind: entries, needs: 3, stages: [lead]",
      "kind: attempts, needs: 3", "31:19", "only conversions have attempts" },
    { "a time zone that does not exist", "Europe/Berlin", "Europe/Atlantis", "2:11",
      "the time zone \"Europe/Atlantis\" is not known here" },
    { "two stages with one CRM id", "{kind: open,", "{kind: open, crm_ids: [closedwon],", "7:15",
      "\"closedwon\" already means the stage \"lead\"" },
    { "a CRM id that is another stage's own id", "closedwon", "lead", "7:15",
      "\"lead\" already means the stage \"lead\"" },
    { "a CRM id twice in its stage", "closedwon", "'77'", "7:21", "is in this list twice" },
    { "a key given twice", "    from: lead\n", "    from: lead\n    from: won\n", "20:5",
      "\"from\" is given twice, the first time on line 19" },
    { "a stage given twice", "  won:\n", "  lead:\n", "5:3", "\"lead\" is given twice" },
    { "a map where a text is expected", "version: small", "version: {a: b}", "1:10",
      "a map, expected a text" },
    { "a list where a map is expected", "  all: {}", "  - all", "11:3", "slices: expected a map" },
    { "a text where a map is expected", "  all: {}", "  all: every", "11:8",
      "slice \"all\": expected a map" },
    { "a slice of no deal type", "  all: {}", "  all: {deal_type: []}", "11:20",
      "an empty list, expected at least 1" },
    { "a deal type twice in its slice", "  all: {}", "  all: {deal_type: [a, b, a]}", "11:27",
      "is in this list twice" },
    { "no slice at all", "slices:\n  all: {}", "slices: {}", "10:9", "expected at least 1" },
    { "a version that asks for one", "version: small", "version: latest", "1:10",
      "cannot name a version" },
    { "a version with a comma", "version: small", "version: \"a,b\"", "1:10", "a comma" },
    { "a yes or no that is neither", "kind: won\n", "kind: won\n    start: maybe\n", "7:12",
      "expected true or false" },
    { "an anchor", "version: small", "version: &v small", "1:10", "anchors and aliases" },
    { "an alias", "from: lead", "from: *v", "19:11", "anchors and aliases" },
    { "a tag", "version: small", "version: !!str small", "1:10", "tags are not read here" },
    { "a second document", "slices:", "---\nslices:", "10:1", "a second document" },
    { "a key that is a list", "version: small", "[a, b]: small", "1:1", "a key is a map or list" },
    { "an escaped control character", "too few", "\"too\\x07few\"", "32:11",
      "a control character or a line end" },
    { "a text of two lines", "too few", "|\n      too\n      few", "33:1", "a line end" },
    { "a control byte", "too few",
      "too\x01"
      "few",
      "32:14", "a control byte, 0x01" },
    { "bytes that are no UTF-8", "too few", "too \xFF few", "32:15", "not valid UTF-8, byte 0xFF" },
    { "columns count bytes", "  few:", "  \"\xC3\xBC\": !x", "26:9", "tags are not read here" },
    { "an open bracket", "to: [won]\n  slow", "to: [won\n  slow", NULL,
      "this cannot be read as YAML: " },
    { "an open quote", "too few", "\"too few", "32:11", "without closing quote" },
    { "a tab before a key", "    says", "\tsays", "32:1", "tab" },
    { "an empty file", NULL, "", "1:1", "there is nothing in it" },
    { "a file of comments", NULL, "# nothing\n", "1:1", "there is nothing in it" },
    { "a byte order mark alone", NULL, "\xEF\xBB\xBF", "1:1", "there is nothing in it" },
    { "a list as the whole file", NULL, "- a\n", "1:1", "the file: expected a map" },
    { "a directive", NULL, "# x\n%YAML 1.2\n---\na: b\n", "2:1", "directives are not read here" },
};

static void fault_row(void **state)
{
    const struct fault_row *row = *state;
    struct bc_err err = { 0 };
    struct bc_buf text = { 0 };
    bc_rules *rules = NULL;
    char where[64];

    if (row->find)
        rules_edit(&text, BC_STR(small), row->find, row->put);
    else
        bc_buf_add_str(&text, bc_str_of(row->put));
    assert_int_equal(bc_rules_parse(&rules, bc_buf_str(&text), "rules.yml", &err), BC_E_INPUT);
    assert_null(rules);
    assert_int_equal(err.status, BC_E_INPUT);
    if (!strstr(err.message, row->what))
        fail_msg("\"%s\" is not in \"%s\"", row->what, err.message);
    if (row->where) {
        snprintf(where, sizeof(where), "rules.yml:%s", row->where);
        assert_string_equal(err.context, where);
    }
    assert_non_null(strchr(err.excerpt, '^'));
    bc_buf_release(&text);
    bc_rules_parse(&rules, BC_STR("a: b"), "rules.yml", NULL); /* nobody listens: no crash */
}

/* Files that a loop makes: each is refused, quickly and without a crash. */
static struct bomb_row {
    const char *name, *head, *unit, *tail;
    size_t n;
    const char *what;
} bomb_rows[] = {
    { "a file over a MiB", "# ", "x", "\n", 1 << 20, "expected at most 1048576" },
    { "maps nested without end", "", "a: {", "", 100000, "nested deeper than 16 levels" },
    { "lists nested without end", "a: ", "[", "", 500000, "nested deeper than 16 levels" },
    { "blocks nested without end", "", "- ", "x\n", 200000, "nested deeper than 16 levels" },
    { "questions without end", "", "? ", "x\n", 100000, "a key is a map or list" },
    { "a name without end", "version: small\nstages:\n  ", "x",
      ": {kind: open}\nslices: {}\n"
      "metrics: {}\n",
      300000, "a name of 300000 bytes" },
    { "a quote in quotes without end", "version: v\nslices: {}\nmetrics: {}\nstages: '", "''",
      "'\n", 1000, "stages: expected a map" },
    { "directives without end", "", "%", "\n", 1000000, "directives are not read here" },
    { "a text without end", "stages: {}\nslices: {}\nmetrics: {}\nversion: ", "x", "\n", 300000,
      "a text of 300000 bytes" },
};

static void bomb_row(void **state)
{
    const struct bomb_row *row = *state;
    struct bc_err err = { 0 };
    struct bc_buf text = { 0 };
    bc_rules *rules = NULL;

    bc_buf_add_str(&text, bc_str_of(row->head));
    for (size_t i = 0; i < row->n; i++)
        bc_buf_add_str(&text, bc_str_of(row->unit));
    bc_buf_add_str(&text, bc_str_of(row->tail));
    assert_int_equal(bc_rules_parse(&rules, bc_buf_str(&text), "rules.yml", &err), BC_E_INPUT);
    if (!strstr(err.message, row->what))
        fail_msg("\"%s\" is not in \"%s\"", row->what, err.message);
    bc_buf_release(&text);
}

/* As many of a thing as there may be, and one more. */
static struct limit_row {
    const char *name, *before, *one, *after;
    size_t max;
    const char *what;
} limit_rows[] = {
    { "stages are limited",
      "version: v\nslices: {all: {}}\nmetrics: {m: {kind: count, stages: s0}}\n"
      "stages:\n",
      "  s%zu: {kind: open}\n", "", BC_STAGE_MAX, "65 are given, expected at most 64" },
    { "slices are limited",
      "version: v\nstages: {s0: {kind: open}}\n"
      "metrics: {m: {kind: count, stages: s0}}\nslices:\n",
      "  s%zu: {}\n", "", BC_SLICE_MAX, "9 are given, expected at most 8" },
    { "metrics are limited",
      "version: v\nstages: {s0: {kind: open}}\nslices: {all: {}}\nmetrics:\n",
      "  m%zu: {kind: count, stages: s0}\n", "", BC_METRIC_MAX, "257 are given" },
    { "red lines are limited",
      "version: v\nstages: {s0: {kind: open}}\nslices: {all: {}}\n"
      "metrics: {m: {kind: count, stages: s0}}\nred_lines:\n",
      "  r%zu: {slice: all, value: entries, to: s0, threshold: 1, says: x,"
      " guard: {kind: entries, needs: 1, stages: s0}}\n",
      "", BC_RED_LINE_MAX, "65 are given" },
    { "properties are limited",
      "version: v\nstages: {s0: {kind: open}}\nslices: {all: {}}\n"
      "metrics: {m: {kind: count, stages: s0}}\nproperties:\n",
      "  p%zu: best_known\n", "", BC_PROPERTY_MAX, "257 are given" },
};

static bc_status read_many(const struct limit_row *row, size_t n, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_rules *rules = NULL;

    bc_buf_add_str(&text, bc_str_of(row->before));
    for (size_t i = 0; i < n; i++) {
        struct bc_buf number = { 0 };
        bc_buf_printf(&number, "%zu", i);
        bc_buf_add_byte(&number, '\0');
        rules_edit(&text, bc_str_of(row->one), "%zu", number.at);
        bc_buf_release(&number);
    }
    bc_buf_add_str(&text, bc_str_of(row->after));
    bc_status rc = bc_rules_parse(&rules, bc_buf_str(&text), "rules.yml", err);
    bc_buf_release(&text);
    bc_rules_free(rules);
    return rc;
}

static void limit_row(void **state)
{
    const struct limit_row *row = *state;
    struct bc_err err = { 0 };

    check_ok(read_many(row, row->max, &err), &err);
    assert_int_equal(read_many(row, row->max + 1, &err), BC_E_INPUT);
    assert_non_null(strstr(err.message, row->what));
}

static struct excerpt_row {
    const char *name, *find, *put, *excerpt;
} excerpt_rows[] = {
    { "the caret stands under the value", "window_days: 30", "window_days: x",
      "18 |     window_days: x\n   |                  ^" },
    { "a wide text before it does not move the caret", "{kind: open,",
      "{label: \xC3\xA4\xC3\xB6\xC3\xBC, kind: opem,",
      "4 |   lead: {label: \xC3\xA4\xC3\xB6\xC3\xBC, kind: opem, next: [won]}\n"
      "  |                            ^" },
    { "a control byte is not shown", "says: too few", "says: a\x1B",
      "32 |     says: a?\n   |            ^" },
    { "a tab takes one place", "says: too few", "says:\t*x",
      "32 |     says: *x\n   |           ^" },
    { "a long line is cut around the caret", "says: too few",
      "says: {aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: *x}",
      "32 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: *x}\n"
      "   |                                                                       ^" },
};

static void excerpt_row(void **state)
{
    const struct excerpt_row *row = *state;
    struct bc_err err = { 0 };
    struct bc_buf text = { 0 };
    bc_rules *rules = NULL;

    rules_edit(&text, BC_STR(small), row->find, row->put);
    assert_int_equal(bc_rules_parse(&rules, bc_buf_str(&text), "rules.yml", &err), BC_E_INPUT);
    assert_string_equal(err.excerpt, row->excerpt);
    bc_buf_release(&text);
}

static void every_cut_and_every_other_byte_is_no_crash(void **state)
{
    bc_rules *rules = rules_default();
    struct bc_buf text = { 0 };
    uint64_t seed = 20260316;
    (void)state;

    bc_rules_print(&text, rules);
    bc_rules_free(rules);
    for (size_t i = 0; i < 1500; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        size_t at = (size_t)(seed >> 33) % text.len;
        char kept = text.at[at];
        text.at[at] = "\n\t :[]{}\"'&*!|>%@#,-?x0~"[(seed >> 20) % 24];
        size_t len = i % 3 ? text.len : at + 1;
        rules = NULL;
        if (bc_rules_parse(&rules, (struct bc_str){ text.at, len }, "rules.yml", NULL) == BC_OK)
            rules_check_round_trip(rules);
        bc_rules_free(rules);
        text.at[at] = kept;
    }
    bc_buf_release(&text);
}

static void near_words(void **state)
{
    (void)state;
    assert_int_equal(bc_spelling_steps(BC_STR("basis"), BC_STR("basis"), 3), 0);
    assert_int_equal(bc_spelling_steps(BC_STR("baiss"), BC_STR("basis"), 3), 1);
    assert_int_equal(bc_spelling_steps(BC_STR("bass"), BC_STR("basis"), 3), 1);
    assert_int_equal(bc_spelling_steps(BC_STR(""), BC_STR("ab"), 3), 2);
    assert_int_equal(bc_spelling_steps(BC_STR("kind"), BC_STR("stages"), 3), 4);
}

int main(void)
{
    struct CMUnitTest tests[128];
    size_t n = 0;

    ROWS(fault_rows, fault_row);
    ROWS(bomb_rows, bomb_row);
    ROWS(limit_rows, limit_row);
    ROWS(excerpt_rows, excerpt_row);
    ONE(every_cut_and_every_other_byte_is_no_crash);
    ONE(near_words);
    return _cmocka_run_group_tests("projections/rules/rules_faults", tests, n, NULL, NULL);
}
