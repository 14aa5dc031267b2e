/* model/kinds: nothing is forgotten of a kind of metric.
 *
 * For each kind of the table there is a told case, a recount, a metric of it in the rules of the
 * laws, and golden answers, for people and for programs: of metrics, of explain, of explain --not.
 * A golden case may bring the metric along, as `NAME: {kind: WORD, ...}` in its cmd. */
#include "tests/model/cases.h"
#include "tests/model/recount_world.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/rules.h"

#include <stdio.h>
#include <stdlib.h>

#include <glob.h>

/* --- the golden cases --- */

struct golden {
    char *cmd, *stdout;
};

static struct golden *goldens;
static size_t golden_n;

static char *text_of(const char *path)
{
    struct bc_buf text = { 0 };

    file_read(&text, path);
    bc_buf_add_byte(&text, '\0');
    return text.at;
}

static int read_goldens(void **state)
{
    glob_t found;
    (void)state;

    assert_int_equal(glob(BC_SOURCE_DIR "/tests/cli/*/stdout", 0, NULL, &found), 0);
    goldens = bc_calloc(found.gl_pathc, sizeof(*goldens));
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char path[1024];
        int folder = (int)(strlen(found.gl_pathv[i]) - strlen("stdout"));

        snprintf(path, sizeof(path), "%.*scmd", folder, found.gl_pathv[i]);
        goldens[golden_n++] = (struct golden){ text_of(path), text_of(found.gl_pathv[i]) };
    }
    globfree(&found);
    return 0;
}

static int release_goldens(void **state)
{
    (void)state;
    for (size_t i = 0; i < golden_n; i++) {
        free(goldens[i].cmd);
        free(goldens[i].stdout);
    }
    free(goldens);
    return 0;
}

/* Whether a line has `before`, the name, `after`, and later `also`. */
static bool has_line(const char *text, const char *before, struct bc_str name, const char *after,
                     const char *also)
{
    char wanted[256];

    snprintf(wanted, sizeof(wanted), "%s%.*s%s", before, BC_STR_ARG(name), after);
    for (const char *at = strstr(text, wanted); at; at = strstr(at + 1, wanted)) {
        const char *more = strstr(at + strlen(wanted), also);

        if (more && more < at + 1 + strcspn(at + 1, "\n"))
            return true;
    }
    return false;
}

typedef bool shown_in(const char *text, struct bc_str metric);

static bool answered(const char *text, struct bc_str metric)
{
    return has_line(text, "{\"name\": \"", metric,
                    "\", \"slice\": \"all\", \"value\": ", "\"unit\": ") &&
           has_line(text, "\n", metric, " ", "");
}

static bool explained(const char *text, struct bc_str metric)
{
    return has_line(text, "\"metric\": \"", metric, "\"", "\"items\": [{") &&
           has_line(text, "\n", metric, ", slice ", "; n ");
}

static bool explained_not(const char *text, struct bc_str metric)
{
    return has_line(text, "\"metric\": \"", metric, "\"", "\"counted\": false") &&
           has_line(text, "\n", metric, ", slice ", ", does not count the deal ");
}

/* The name of what `NAME: {kind: WORD` at `at` in a text makes. */
static struct bc_str made_at(const char *text, const char *at)
{
    const char *begin = at;

    while (begin > text && strspn(begin - 1, "abcdefghijklmnopqrstuvwxyz0123456789_"))
        begin--;
    return (struct bc_str){ begin, (size_t)(at - begin) };
}

static bool golden_shows(const struct golden *golden, const bc_rules *rules,
                         enum bc_metric_kind kind, shown_in *shows)
{
    char making[64];
    bool shown = false;

    for (size_t i = 0; !shown && i < rules->metric_n; i++)
        shown = rules->metrics[i].kind == kind &&
                shows(golden->stdout, bc_str_of(rules->metrics[i].name));
    snprintf(making, sizeof(making), ": {kind: %s,", bc_metric_kinds[kind].word);
    for (const char *at = strstr(golden->cmd, making); !shown && at; at = strstr(at + 1, making))
        shown = shows(golden->stdout, made_at(golden->cmd, at));
    return shown;
}

static bool is_shown(const bc_rules *rules, enum bc_metric_kind kind, shown_in *shows)
{
    for (size_t i = 0; i < golden_n; i++)
        if (golden_shows(&goldens[i], rules, kind, shows))
            return true;
    return false;
}

/* --- the model --- */

static bool has_metric(const bc_rules *rules, enum bc_metric_kind kind)
{
    for (size_t i = 0; i < rules->metric_n; i++)
        if (rules->metrics[i].kind == kind)
            return true;
    return false;
}

/* Whether the case is about a metric of the kind, and wants more of it than nothing. */
static bool tells(const struct model_case *row, const bc_rules *rules, enum bc_metric_kind kind)
{
    const struct bc_str name = { row->ask, strcspn(row->ask, "/") };
    const struct bc_metric_rule *rule = bc_rules_metric(rules, name);
    char making[64];

    if (strncmp(row->want, "value ", 6) != 0 || strncmp(row->want + 6, "null", 4) == 0 ||
        (row->want[6] == '0' && row->want[7] != '.'))
        return false;
    if (rule)
        return rule->kind == kind;
    snprintf(making, sizeof(making), "kind: %s,", bc_metric_kinds[kind].word);
    return row->metric && strstr(row->metric, making);
}

static bool is_told(const bc_rules *rules, enum bc_metric_kind kind)
{
    for (const struct model_group *const *group = model_groups; *group; group++)
        for (size_t i = 0; i < (*group)->n; i++)
            if (tells(&(*group)->at[i], rules, kind))
                return true;
    return false;
}

/* --- all of it --- */

/* Says what is missing, and goes on. */
static bool need(const char *word, bool there, const char *what)
{
    if (!there)
        print_error("a metric of kind %s has no %s\n", word, what);
    return there;
}

static bool is_whole(enum bc_metric_kind kind, const bc_rules *rules, const bc_rules *law)
{
    const char *word = bc_metric_kinds[kind].word;
    bool whole = need(word, is_told(rules, kind), "told case in tests/model/cases_*.c");

    whole &= need(word, world_kinds[kind], "recount in tests/model/recount_metrics.c");
    whole &=
        need(word, has_metric(law, kind), "place in the laws' rules, tests/model/rules_text.c");
    whole &= need(word, is_shown(rules, kind, answered), "golden figure in tests/cli");
    whole &= need(word, is_shown(rules, kind, explained), "golden explain in tests/cli");
    whole &= need(word, is_shown(rules, kind, explained_not), "golden explain --not in tests/cli");
    return whole;
}

static void every_kind_is_whole(void **state)
{
    bc_rules *rules = rules_default(), *law = rules_of_law(0, "UTC");
    bool whole = true;
    (void)state;

    for (unsigned kind = 0; kind < BC_METRIC_KIND_N; kind++)
        whole &= is_whole((enum bc_metric_kind)kind, rules, law);
    bc_rules_free(law);
    bc_rules_free(rules);
    assert_true(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_kind_is_whole) };

    return cmocka_run_group_tests_name("model/kinds", tests, read_goldens, release_goldens);
}
