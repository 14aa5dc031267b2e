/* tools/show/experiments_print.c - experiments in words and tables. */
#include "ledger/base/amount.h"
#include "tools/cli/text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_table.h"
#include "tools/show/experiments.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>
#include <stdlib.h>

static void put_text(const struct cmd_env *env, const char *before, struct bc_str text)
{
    if (!text.len)
        return;
    fputs(before, env->out);
    text_put(env->out, text);
    fputc('\n', env->out);
}

static void put_day(const struct cmd_env *env, const struct experiments_shown *shown,
                    const char *before, const struct bc_fact_at *fact)
{
    char day[BC_DAY_LEN];

    if (!fact)
        return;
    bc_day_print(day, bc_zone_day(shown->basis->rules->zone, fact->occurred_us));
    fprintf(env->out, "%s%s", before, day);
}

static struct bc_str begun_text(const struct bc_experiment *experiment, size_t text)
{
    return bc_experiment_text(&experiment->words, text);
}

/* What it is, and how it ended. */
static void put_words(const struct cmd_env *env, const struct experiments_shown *shown,
                      const struct bc_experiment *experiment)
{
    const struct bc_experiment_words *words = &experiment->words;

    text_put(env->out, experiment->words.id);
    put_day(env, shown, ", begun ", experiment->words.first_begun);
    put_day(env, shown, ", concluded ", words->concluded);
    fputs(words->concluded ? "\n" : ", running\n", env->out);
    put_text(env, "  ", begun_text(experiment, BC_TEXT_EXPERIMENT_HYPOTHESIS));
    put_text(env, "  outcome: ", bc_experiment_end(words, BC_TEXT_CONCLUSION_OUTCOME));
    put_text(env, "  learnt: ", bc_experiment_end(words, BC_TEXT_CONCLUSION_LEARNING));
}

static const char *met_word(const struct bc_experiment *experiment)
{
    if (experiment->met != BC_MET_UNKNOWN)
        return experiment->met == BC_MET ? "met" : "not met";
    if (!experiment->words.concluded)
        return "not known yet";
    return experiment->cohort->all.n ? "not known" : "not known: no deals";
}

/* What it was to reach, and whether it did. */
static void put_goal(const struct cmd_env *env, const struct bc_experiment *experiment)
{
    const struct bc_str metric = begun_text(experiment, BC_TEXT_EXPERIMENT_METRIC);
    const struct bc_str target = begun_text(experiment, BC_TEXT_EXPERIMENT_TARGET);

    if (!metric.len && !target.len)
        return;
    fputs("  ", env->out);
    text_put(env->out, metric);
    if (target.len) {
        fputs(metric.len ? ", target " : "target ", env->out);
        text_put(env->out, target);
        fprintf(env->out, ": %s", met_word(experiment));
    }
    fputc('\n', env->out);
}

static void put_cost(const struct cmd_env *env, const struct bc_experiment *experiment)
{
    const uint64_t converted = experiment->cohort->all.converted;
    char cost[BC_AMOUNT_LEN];

    if (!experiment->has_cost)
        return;
    bc_amount_print(cost, experiment->cost);
    fprintf(env->out, "  cost %s ", cost);
    text_put(env->out, experiment->currency);
    if (converted)
        fprintf(env->out, ", %.2f for each of the converted",
                (double)bc_amount_divide(experiment->cost, converted) / (double)BC_AMOUNT_ONE);
    fputc('\n', env->out);
}

static void fill_total(struct row *row, const void *source, size_t i)
{
    const struct bc_experiment *experiment = source;
    const bool all = i == experiment->cohort->row_n;
    const struct bc_cohort *cohort = all ? &experiment->cohort->all : &experiment->cohort->rows[i];

    if (all) {
        row_word(row, "name", "all");
        row_color(row, "bold");
    } else {
        row_text(row, "name", cohort->values[0].len ? cohort->values[0] : BC_STR("none"));
    }
    experiments_result(row, experiment, cohort);
}

static void put_arms(const struct cmd_env *env, const struct bc_experiment *experiment)
{
    static const struct column deals[] = {
        { "ARM", "name", .fit = COLUMN_MIDDLE },
        { "N", "n", .right = true },
        { "CONVERTED", "converted", .right = true },
        { "FAILED", "failed", .right = true },
        { "OPEN", "open", .right = true },
        { "RATE", "rate", .right = true },
        { "FROM", "low", .right = true },
        { "TO", "high", .right = true },
        { "DAYS", "medianDays", .right = true },
    };
    static const struct column mails[] = {
        { "ARM", "name", .fit = COLUMN_MIDDLE },
        { "N", "n", .right = true },
        { "OPENED ONE", "converted", .right = true },
        { "RATE", "rate", .right = true },
        { "FROM", "low", .right = true },
        { "TO", "high", .right = true },
        { "SENT", "sent", .right = true },
        { "OPENED", "opened", .right = true },
        { "REPLIED", "replied", .right = true },
        { "OPEN RATE", "openRate", .right = true },
    };

    fputc('\n', env->out);
    print_table_of(env, experiment->goal == BC_GOAL_OPENED ? COLUMNS_OF(mails) : COLUMNS_OF(deals),
                   rows_of(fill_total, experiment, experiment->cohort->row_n + 1));
}

static void fill_told(struct row *row, const void *source, size_t i)
{
    const struct experiment_shown *one = source;
    const struct bc_comparison *compared = &one->experiment->compare[i];

    experiments_compared(row, source, i);
    row_format(row, "chance", "%.3f", compared->p);
}

static void put_compared(const struct cmd_env *env, const struct experiment_shown *one)
{
    static const struct column columns[] = {
        { "ARM", "arm", .fit = COLUMN_MIDDLE },
        { "AGAINST", "control", .fit = COLUMN_MIDDLE },
        { "DIFFERENCE", "difference", .right = true },
        { "FROM", "low", .right = true },
        { "TO", "high", .right = true },
        { "P", "chance", .right = true },
        { "ENOUGH", "enough", .dash = false },
    };

    if (!one->experiment->compare_n)
        return;
    fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_told, one, one->experiment->compare_n));
}

static void put_beside(const struct cmd_env *env, const struct bc_cohorts *cohort)
{
    if (cohort->all.already)
        fprintf(env->out, "already there, in nothing else: %" PRIu64 "\n", cohort->all.already);
    if (cohort->immature)
        fprintf(env->out, "too young: %" PRIu64 "\n", cohort->immature);
    if (cohort->gone)
        fprintf(env->out, "gone since: %" PRIu64 "\n", cohort->gone);
}

static void put_experiment(const struct cmd_env *env, const struct experiments_shown *shown,
                           const struct bc_experiment *experiment)
{
    put_words(env, shown, experiment);
    put_goal(env, experiment);
    put_cost(env, experiment);
    put_arms(env, experiment);
    put_compared(env, &(struct experiment_shown){ shown, experiment });
    put_beside(env, experiment->cohort);
    fputc('\n', env->out);
}

static void put_how_to_read(const struct cmd_env *env, const struct experiments_shown *shown)
{
    const bool unlike = shown->ask->mature == BC_NOT_MATURE;

    paragraph_legend(env,
                     "FROM and TO: 95 %% interval. DAYS: median, of the converted. P: how often "
                     "luck alone makes a difference as large. It holds for one look and one "
                     "comparison. Enough deals (%d in each arm) means that the interval can be "
                     "read, not that a difference would be seen.%s",
                     (int)shown->basis->rules->learning.enough,
                     unlike ? " Without --mature the arms may have had unlike time." : "");
}

void experiments_print_some(const struct cmd_env *env, const struct experiments_shown *shown,
                            const size_t *at, size_t n)
{
    bool compared = false;

    for (size_t i = 0; i < n; i++) {
        const struct bc_experiment *experiment = &shown->experiments->at[at[i]];

        put_experiment(env, shown, experiment);
        compared |= experiment->cohort->row_n > 0;
    }
    if (compared)
        put_how_to_read(env, shown);
}

void experiments_print(const struct cmd_env *env, const struct experiments_shown *shown)
{
    const struct bc_experiments *experiments = shown->experiments;
    size_t *all = bc_calloc(experiments->n + 1, sizeof(*all));

    for (size_t i = 0; i < experiments->n; i++)
        all[i] = i;
    experiments_print_some(env, shown, all, experiments->n);
    free(all);
    if (experiments->n == 0)
        paragraph_legend(env, "no experiment was begun, and no deal enrolled in one");
    if (shown->ask->list)
        learning_cells_deals(env, experiments->deals, experiments->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
