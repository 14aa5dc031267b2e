#include "tools/show/monthly.h"

#include "tools/cli/names.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/cohorts.h"
#include "tools/show/review_title.h"
#include "tools/show/section.h"

void monthly_shown_init(struct monthly_shown *out, const struct basis *basis,
                        const struct bc_review_ask *ask, const struct bc_monthly *monthly)
{
    const struct bc_names *names = &monthly->names;

    *out = (struct monthly_shown){
        .basis = basis,
        .ask = ask,
        .monthly = monthly,
        .named = { .names = names, .zone = basis->rules->zone },
        .losses = { basis, &monthly->losses_ask, monthly->losses, names },
        .learnings = { basis, &monthly->learnings_ask, monthly->learnings, names },
        .signals = { basis, &monthly->signals_ask, monthly->signals },
        .versions = { basis, monthly->slice, INT64_MIN, &monthly->versions },
    };
}

/* --- rows --- */

static void fill_closed(struct row *row, const void *source, size_t i)
{
    const struct monthly_shown *shown = source;
    const struct closed_shown closed = { shown->monthly->closed, &shown->named };

    (void)i;
    row_count(row, "n", shown->monthly->closed->n);
    row_bool(row, "due", shown->monthly->due);
    closed_cells(row, "deals", &closed);
}

static void fill_losses(struct row *row, const void *source, size_t i)
{
    (void)i;
    losses_cells(row, &((const struct monthly_shown *)source)->losses);
}

static void fill_learnings(struct row *row, const void *source, size_t i)
{
    (void)i;
    learnings_cells(row, &((const struct monthly_shown *)source)->learnings);
}

static void fill_signals(struct row *row, const void *source, size_t i)
{
    (void)i;
    signals_cells(row, &((const struct monthly_shown *)source)->signals);
}

/* A version in one of the cohorts; or of all versions one, where `cohorts` is not set. */
struct compared {
    const struct monthly_shown *shown;
    const struct bc_version *version;
    const struct bc_monthly_cohorts *cohorts;
};

/* The same pair of conversions for each version: every second of the cohorts. */
static struct compared compared_at(const struct monthly_shown *shown,
                                   const struct bc_version *version, size_t i)
{
    const size_t by_icp = version->what == BC_VERSION_ICP;

    return (struct compared){ shown, version, &shown->monthly->cohorts[2 * i + by_icp] };
}

static const char *metric_of(const struct compared *compared)
{
    return compared->shown->basis->rules->metrics[compared->cohorts->metric].name;
}

static void fill_cohort_row(struct row *row, const void *source, size_t i)
{
    const struct compared *compared = source;
    const struct cohorts_shown cohorts = { compared->shown->basis, &compared->cohorts->ask,
                                           compared->cohorts->cohorts, NULL };

    (void)i;
    cohorts_row(row, &cohorts,
                (size_t)(bc_monthly_row(compared->cohorts, compared->version) -
                         compared->cohorts->cohorts->rows));
}

static void fill_compared(struct row *row, const void *source, size_t i)
{
    const struct compared *of = source;
    struct compared *compared = row_alloc(row, sizeof(*compared));

    *compared = compared_at(of->shown, of->version, i);
    row_word(row, "metric", metric_of(compared));
    if (bc_monthly_row(compared->cohorts, of->version))
        row_row(row, "row", fill_cohort_row, compared);
    else
        row_null(row, "row");
}

static void fill_version(struct row *row, const void *source, size_t i)
{
    const struct monthly_shown *shown = source;
    struct compared *of = row_alloc(row, sizeof(*of));

    *of = (struct compared){ .shown = shown, .version = &shown->monthly->versions.at[i] };
    versions_cells(row, &shown->versions, i);
    row_rows(row, "cohorts", rows_of(fill_compared, of, shown->monthly->cohort_n / 2));
}

static void answer_cells(struct row *row, const struct monthly_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->monthly->slice].name);
    row_instant(row, "since", shown->monthly->since_us);
    row_row(row, "closed", fill_closed, shown);
    row_row(row, "losses", fill_losses, shown);
    row_row(row, "learnings", fill_learnings, shown);
    if (shown->monthly->signals)
        row_row(row, "signals", fill_signals, shown);
    else
        row_null(row, "signals");
    row_rows(row, "versions", rows_of(fill_version, shown, shown->monthly->versions.n));
}

static void fill_answer(struct row *row, const void *source, size_t i)
{
    (void)i;
    answer_cells(row, source);
}

void monthly_text_add(struct bc_buf *out, const struct monthly_shown *shown)
{
    print_json_add(out, fill_answer, shown, 0);
}

/* --- JSON --- */

struct answer {
    const struct monthly_shown *shown;
    const struct review_recorded *recorded; /* or NULL */
};

void monthly_cells(struct row *row, const struct monthly_shown *shown,
                   const struct review_recorded *recorded)
{
    basis_cells(row, shown->basis, shown->monthly->as_of_us);
    answer_cells(row, shown);
    recorded_cells(row, recorded);
    notes_cells(row, &shown->basis->notes);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct answer *answer = source;

    (void)i;
    monthly_cells(row, answer->shown, answer->recorded);
}

void monthly_show_json(const struct cmd_env *env, const struct monthly_shown *shown,
                       const struct review_recorded *recorded)
{
    print_json_of(env, fill, &(struct answer){ shown, recorded });
}

/* --- sections --- */

static void print_closed(const struct cmd_env *env, const struct monthly_shown *shown)
{
    const struct bc_learning_rule *rule = &shown->basis->rules->learning;
    const struct closed_shown closed = { shown->monthly->closed, &shown->named };

    section_format(env, "Closed",
                   "%zu since %s; the next playbook is due from %d on, at the latest at %d: %s",
                   shown->monthly->closed->n, shown->since, (int)rule->closed_min,
                   (int)rule->closed_max, shown->monthly->due ? "it is due" : "not due yet");
    closed_print_short(env, &closed);
}

/* Those to be asked again are many, and stand in an answer of their own. */
static void print_losses(const struct cmd_env *env, const struct monthly_shown *shown)
{
    const struct bc_losses *losses = shown->monthly->losses;
    struct bc_buf text = { 0 };
    size_t due = 0;

    section_format(env, "Losses", "since then");
    losses_print_counts(env, &shown->losses);
    for (size_t i = 0; i < losses->reengage_n; i++)
        due += losses->reengage[i].due;
    if (losses->reengage_n == 0)
        return;
    bc_buf_printf(&text,
                  "%zu of %zu lost deals with a day to ask again are due; `backcast losses` lists "
                  "them",
                  due, losses->reengage_n);
    fputc('\n', env->out);
    paragraph_print(env, 0, bc_buf_str(&text));
    bc_buf_release(&text);
}

/* A version and a conversion. */
static bc_status find_compared(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct monthly_shown *shown = *(const struct monthly_shown *const *)finder;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < shown->monthly->versions.n; i++)
        for (size_t c = 0; rc == BC_OK && c < shown->monthly->cohort_n / 2; c++) {
            const struct compared compared = compared_at(shown, &shown->monthly->versions.at[i], c);
            const struct bc_cohort *cohort = bc_monthly_row(compared.cohorts, compared.version);

            if (!cohort)
                continue;
            versions_cells(taker->row, &shown->versions, i);
            row_word(taker->row, "metric", metric_of(&compared));
            fill_cohort_row(taker->row, &compared, 0);
            rc = row_take(taker, err);
        }
    return rc;
}

static void fill_published(struct row *row, const void *source, size_t i)
{
    versions_cells(row, &((const struct monthly_shown *)source)->versions, i);
}

static void print_versions(const struct cmd_env *env, const struct monthly_shown *shown)
{
    static const struct column published[] = {
        { .name = "PUBLISHED", .key = "what" },
        { .name = "VERSION", .key = "version", .fit = COLUMN_MIDDLE },
        { .name = "ON", .key = "day" },
        { .name = "WHAT IS NEW", .key = "changelog", .fit = COLUMN_WRAP, .dash = true },
    };
    static const struct column compared[] = {
        { .name = "UNDER", .key = "what" },
        { .name = "VERSION", .key = "version", .fit = COLUMN_MIDDLE },
        { .name = "METRIC", .key = "metric" },
        { .name = "N", .key = "n", .right = true },
        { .name = "CONVERTED", .key = "converted", .right = true },
        { .name = "OPEN", .key = "open", .right = true },
        { .name = "RATE", .key = "rate", .right = true },
        { .name = "FROM", .key = "low", .right = true },
        { .name = "TO", .key = "high", .right = true },
    };
    const size_t n = shown->monthly->versions.n;

    section_format(env, "Versions", "playbooks and ICPs, and what became of deals under each");
    if (n == 0)
        fputs("nothing was published\n", env->out);
    print_table_of(env, COLUMNS_OF(published), rows_of(fill_published, shown, n));
    if (n)
        fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(compared), rows_found(find_compared, &shown));
}

void monthly_show(const struct cmd_env *env, const struct monthly_shown *shown,
                  const struct review_recorded *recorded)
{
    struct monthly_shown told = *shown;

    named_as_asked(&told.named, env);
    review_when(told.since, env, shown->basis, shown->monthly->since_us);
    review_title_print(env, "monthly", shown->basis, shown->ask, told.since);
    print_closed(env, &told);
    print_losses(env, &told);
    section_format(env, "Learnings", "since then");
    learnings_print(env, &told.learnings, true);
    section_format(env, "Signals", "at the first stage that qualifies");
    if (told.monthly->signals)
        signals_print_table(env, &told.signals);
    else
        fputs("these rules have no such stage\n", env->out);
    print_versions(env, &told);
    recorded_print(env, recorded);
    basis_print(env, shown->basis, &shown->monthly->as_of_us);
}
