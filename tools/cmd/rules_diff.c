/* tools/cmd/rules_diff.c - how two sets of rules differ: in their texts, and in their effect. */
#include "tools/show/rules_diff.h"

#include "projections/diff/rules_effect.h"
#include "tools/ask/basis.h"
#include "tools/ask/dates.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/rules.h"
#include "tools/print/print_json.h"
#include "tools/show/diff.h"

#include <stdlib.h>

enum { FROM, TO };

struct args {
    struct typed typed;
    const char *refs[2], *as_of, *from, *to, *every;
    bool json;
};

struct comparing {
    const struct cmd_env *env;
    const struct args *args;
    struct basis basis;
    bc_rules *owned[2]; /* without a ledger */
    const bc_rules *rules[2];
    struct bc_rules_diff *words;
    struct moves moves;
    struct row_taker *taker; /* of the effects */
    /* The dates, as days (a range) or one WHEN, and as instants under both rules. */
    struct step step;
    int32_t first, last;
    int32_t *days;
    int64_t *as_of_us[2];
    size_t n;
    struct bc_question question[2]; /* of the current range */
    size_t at;                      /* its first date */
    bool differs;                   /* does any figure, at any date? */
};

/* --- the texts --- */

static bc_status find_words(struct comparing *comparing, const bc_rules *from, const bc_rules *to,
                            struct bc_err *err)
{
    comparing->rules[FROM] = from;
    comparing->rules[TO] = to;
    return bc_rules_diff_make(&comparing->words, from, to, err);
}

static void print_words(const struct comparing *comparing)
{
    const char *refs[] = { comparing->rules[FROM]->version, comparing->rules[TO]->version };

    if (strcmp(refs[FROM], refs[TO]) == 0)
        memcpy(refs, comparing->args->refs, sizeof(refs));
    rules_diff_print(comparing->env, comparing->words, refs[FROM], refs[TO]);
}

/* The built-in rules and files need no ledger if only their texts are compared. BC_DONE: one of
 * them is something else. */
static bc_status words_alone(struct comparing *comparing, struct bc_err *err)
{
    bc_rules **rules = comparing->owned;
    bc_status rc = rules_ref_without(&rules[FROM], comparing->args->refs[FROM], err);

    if (rc == BC_OK)
        rc = rules_ref_without(&rules[TO], comparing->args->refs[TO], err);
    return rc == BC_OK ? find_words(comparing, rules[FROM], rules[TO], err) : rc;
}

/* --- the effect --- */

static bc_status take_row(struct comparing *comparing, size_t date, const struct bc_diff *diff,
                          struct bc_err *err)
{
    static const char *const keys[] = { "old", "new" };
    struct basis *basis = &comparing->basis;

    for (size_t side = FROM; side <= TO; side++) {
        basis->question = comparing->question[side];
        basis->rules = basis->question.rules;
        basis_row(comparing->taker->row, keys[side], basis,
                  comparing->question[side].as_of_us[date]);
    }
    diff_cells(comparing->taker->row, diff);
    return row_take(comparing->taker, err);
}

static bc_status take_effect(void *payload, size_t date, const struct bc_diff *diff,
                             struct bc_err *err)
{
    struct comparing *comparing = payload;

    comparing->differs = true;
    if (comparing->taker)
        return take_row(comparing, date, diff, err);
    if (comparing->args->from)
        moves_add(&comparing->moves, diff, comparing->days[comparing->at + date]);
    else
        diff_print_table(comparing->env, diff);
    return BC_OK;
}

/* Puts both rules of a day into use. */
static bc_status use_day(struct comparing *comparing, size_t date, const bc_rules **rules,
                         struct bc_err *err)
{
    const struct when when = { .is_day = true, .day = comparing->days[date] };
    bc_status rc = BC_OK;

    for (size_t side = FROM; rc == BC_OK && side <= TO; side++) {
        rc = basis_use(&comparing->basis, side, &when, err);
        if (rc < 0)
            return rc;
        rules[side] = comparing->basis.rules;
        comparing->question[side] = comparing->basis.question;
        comparing->as_of_us[side][date] = bc_zone_day_end(rules[side]->zone, when.day);
    }
    return rc;
}

/* Compares the dates first <= date < end, under the rules last put into use. */
static bc_status compare_dates(struct comparing *comparing, size_t first, size_t end,
                               struct bc_err *err)
{
    for (size_t side = FROM; side <= TO; side++) {
        comparing->question[side].as_of_us = comparing->as_of_us[side] + first;
        comparing->question[side].date_n = end - first;
    }
    comparing->at = first;
    return bc_rules_effect(comparing->basis.timelines, &comparing->question[FROM],
                           &comparing->question[TO], take_effect, comparing, err);
}

/* The dates fall into ranges with the same two rules. */
static bc_status compare_range(struct comparing *comparing, struct bc_err *err)
{
    const bc_rules *now[2], *next[2];
    bc_status rc = use_day(comparing, 0, now, err);

    for (size_t first = 0, end; rc == BC_OK && first < comparing->n; first = end) {
        struct bc_question question[2];

        memcpy(question, comparing->question, sizeof(question));
        for (end = first + 1; rc == BC_OK && end < comparing->n; end++) {
            rc = use_day(comparing, end, next, err);
            if (rc == BC_OK && (next[FROM] != now[FROM] || next[TO] != now[TO]))
                break;
        }
        memcpy(comparing->question, question, sizeof(question));
        if (rc == BC_OK)
            rc = compare_dates(comparing, first, end, err);
        if (rc == BC_OK && end < comparing->n)
            rc = use_day(comparing, end, now, err);
    }
    return rc;
}

static bc_status compare_date(struct comparing *comparing, struct bc_err *err)
{
    struct basis *basis = &comparing->basis;
    bc_status rc = BC_OK;

    for (size_t side = FROM; rc == BC_OK && side <= TO; side++) {
        struct when when;

        rc = basis_use(basis, side, NULL, err);
        if (rc == BC_OK)
            rc = basis_when(&when, basis, comparing->env, comparing->args->as_of, err);
        if (rc < 0)
            return rc;
        comparing->as_of_us[side][0] = when_instant(&when, basis->rules->zone);
        comparing->question[side] = basis->question;
    }
    return compare_dates(comparing, 0, 1, err);
}

/* --- the question --- */

static bc_status read_range(struct comparing *comparing, struct bc_err *err)
{
    const struct args *args = comparing->args;
    const char *to = args->to;
    bc_status rc = step_parse(&comparing->step, args->every, err);

    if (rc == BC_OK)
        rc = basis_first_day(&comparing->first, &comparing->basis, comparing->env, "from",
                             args->from, err);
    if (rc == BC_OK && !to)
        to = basis_until(&comparing->basis, comparing->env, args->from);
    if (rc == BC_OK)
        rc = basis_day(&comparing->last, &comparing->basis, comparing->env, "to", to, err);
    if (rc == BC_OK && comparing->first > comparing->last)
        rc = bc_err_set(err, BC_E_USAGE, "--from is after --to");
    return rc;
}

static void make_dates(struct comparing *comparing)
{
    size_t n =
        comparing->args->from ? step_count(&comparing->step, comparing->first, comparing->last) : 1;

    comparing->n = n;
    comparing->days = bc_calloc(n, sizeof(*comparing->days));
    for (size_t i = 0; comparing->args->from && i < n; i++)
        comparing->days[i] = step_day(&comparing->step, comparing->first, (int64_t)i);
    for (size_t side = FROM; side <= TO; side++)
        comparing->as_of_us[side] = bc_calloc(n, sizeof(int64_t));
}

static bc_status check_args(const struct args *args, struct bc_err *err)
{
    for (size_t side = FROM; side <= TO; side++)
        if (strchr(args->refs[side], ','))
            return bc_err_set(err, BC_E_USAGE, "'%s', expected one set of rules", args->refs[side]);
    if (args->as_of && args->from)
        return bc_err_set(err, BC_E_USAGE, "--as-of asks for one date, --from for many; give one");
    if (args->to && !args->from)
        return bc_err_set(err, BC_E_USAGE, "--to needs a --from");
    return BC_OK;
}

static bc_status open_asked(struct comparing *comparing, struct bc_err *err)
{
    struct typed typed = comparing->args->typed;
    struct bc_buf refs = { 0 };
    bc_status rc;

    bc_buf_printf(&refs, "%s,%s", comparing->args->refs[FROM], comparing->args->refs[TO]);
    bc_buf_add_byte(&refs, '\0');
    typed.rules = refs.at;
    typed.several = true;
    rc = basis_open(&comparing->basis, comparing->env, &typed, err);
    bc_buf_release(&refs);
    return rc;
}

/* The texts of rules that depend on a date are those of the one date, or of the first. */
static bc_status asked_words(struct comparing *comparing, struct bc_err *err)
{
    const struct args *args = comparing->args;
    const bc_rules *rules[2];
    bc_status rc = BC_OK;

    for (size_t side = FROM; rc == BC_OK && side <= TO; side++) {
        struct when when;

        rc = basis_use(&comparing->basis, side, NULL, err);
        if (rc == BC_OK)
            rc = basis_when(&when, &comparing->basis, comparing->env,
                            args->from ? args->from : args->as_of, err);
        rules[side] = comparing->basis.rules;
    }
    return rc == BC_OK ? find_words(comparing, rules[FROM], rules[TO], err) : rc;
}

/* --- the answer --- */

static bc_status compare(struct comparing *comparing, struct bc_err *err)
{
    return comparing->args->from ? compare_range(comparing, err) : compare_date(comparing, err);
}

static bc_status find_effects(struct row_taker *taker, void *finder, struct bc_err *err)
{
    struct comparing *comparing = finder;

    comparing->taker = taker;
    return compare(comparing, err);
}

static void fill(struct row *row, const void *source, size_t i)
{
    struct comparing *comparing = *(struct comparing *const *)source;

    (void)i;
    row_word(row, "old", comparing->rules[FROM]->version);
    row_word(row, "new", comparing->rules[TO]->version);
    rules_diff_cells(row, comparing->words);
    if (comparing->n)
        row_rows(row, "effects", rows_found(find_effects, comparing));
    notes_cells(row, &comparing->basis.notes);
}

static bc_status print_effect(struct comparing *comparing, struct bc_err *err)
{
    const struct args *args = comparing->args;
    FILE *out = comparing->env->out;
    bc_status rc;

    fputc('\n', out);
    rc = compare(comparing, err);
    if (rc < 0)
        return rc;
    if (args->from)
        moves_print(comparing->env, &comparing->moves, comparing->n);
    else if (!comparing->differs)
        fputs("no figure differs\n", out);
    comparing->basis.question = comparing->question[FROM];
    if (args->from) {
        basis_print(comparing->env, &comparing->basis, NULL);
    } else {
        const int64_t as_of_us[] = { comparing->as_of_us[FROM][0], comparing->as_of_us[TO][0] };

        basis_print(comparing->env, &comparing->basis, as_of_us);
    }
    return BC_OK;
}

static bc_status print(struct comparing *comparing, struct bc_err *err)
{
    if (comparing->args->json)
        return print_json(comparing->env, fill, &comparing, err);
    print_words(comparing);
    return comparing->n ? print_effect(comparing, err) : BC_OK;
}

static bc_status run(struct comparing *comparing, struct bc_err *err)
{
    const struct args *args = comparing->args;
    bool effect = args->as_of || args->from;
    bc_status rc = check_args(args, err);

    if (rc == BC_OK)
        rc = effect || comparing->env->named_rules ? BC_DONE : words_alone(comparing, err);
    if (rc == BC_DONE) {
        rc = open_asked(comparing, err);
        if (rc == BC_OK && args->from)
            rc = read_range(comparing, err);
        if (rc == BC_OK)
            rc = asked_words(comparing, err);
        if (rc == BC_OK && effect)
            make_dates(comparing);
    }
    return rc == BC_OK ? print(comparing, err) : rc;
}

int cmd_rules_diff(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .every = "1w" };
    const struct opt opts[] = {
        { NULL, "REF", .text = &args.refs[FROM], .required = true,
          .help = "which rules: " RULES_REF_WORDS },
        { NULL, "REF", .text = &args.refs[TO], .required = true, .help = "the others" },
        { "as-of", "WHEN", .text = &args.as_of, .help = "the effect at this date" },
        { "from", "DATE", .text = &args.from, .help = "the effect at many dates, from this one" },
        { "to", "DATE", .text = &args.to, .help = BASIS_TO_HELP("... to this one") },
        { "every", "STEP", .text = &args.every, .help = "1d, 1w, 1m, 3m, 1y (default: 1w)" },
        QUESTION_OPTIONS_BUT_RULES(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        OPT_THREADS(&args.typed.threads),
        OPT_JSON(&args.json),
        { 0 },
    };
    struct comparing comparing = { .env = env, .args = &args };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast rules diff"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = run(&comparing, &err);
    basis_close(&comparing.basis);
    moves_release(&comparing.moves);
    bc_rules_diff_free(comparing.words);
    bc_rules_free(comparing.owned[FROM]);
    bc_rules_free(comparing.owned[TO]);
    free(comparing.days);
    free(comparing.as_of_us[FROM]);
    free(comparing.as_of_us[TO]);
    return cmd_exit(env, rc, &err);
}
