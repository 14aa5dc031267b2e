#include "tools/export/asking.h"

#include "tools/ask/rules_ref.h"

#include <inttypes.h>
#include <stdlib.h>

enum { WEEKS_USUALLY = 52 };

static bc_status read_dates(int32_t *from, int32_t *to, struct basis *basis,
                            const struct cmd_env *env, const struct export_args *args,
                            const struct when *as_of, struct bc_err *err)
{
    const char *until = args->to ? args->to : basis_until(basis, env, args->from);
    bc_status rc = BC_OK;

    *to = as_of->is_day ? as_of->day : bc_zone_day(basis->rules->zone, as_of->us);
    if (until)
        rc = basis_day(to, basis, env, "to", until, err);
    *from = bc_day_add(*to, -(int64_t)7 * WEEKS_USUALLY);
    if (*from < 0)
        *from = *to % 7; /* before 1970 there is no date */
    if (rc == BC_OK && args->from)
        rc = basis_first_day(from, basis, env, "from", args->from, err);
    if (rc == BC_OK && *from > *to)
        rc = bc_err_set(err, BC_E_USAGE, "--from is after --to");
    return rc;
}

static void make_days(struct export_asked *out, const struct step *step, int32_t from, int32_t to)
{
    const size_t n = step_count(step, from, to);

    out->days = bc_reallocarray(NULL, n, sizeof(*out->days));
    for (size_t i = 0; i < n; i++)
        out->days[i] = step_day(step, from, (int64_t)i);
    out->ask = (struct tables_ask){
        .basis = &out->basis, .asked = out->days, .asked_n = n, .wanted = TABLES_ALL
    };
}

bc_status export_asked_open(struct export_asked *out, const struct cmd_env *env,
                            const struct export_args *args, struct bc_err *err)
{
    struct step step;
    struct when when;
    int32_t from = 0, to = 0;
    bc_status rc = step_parse(&step, args->every, err);

    if (rc == BC_OK && rules_ref_as_then(args->typed.rules))
        rc = bc_err_set(err, BC_E_USAGE,
                        "an export has one set of rules for all its dates, expected a version "
                        "instead of as-then (`backcast series` asks each date under its own)");
    if (rc == BC_OK)
        rc = basis_open(&out->basis, env, &args->typed, err);
    if (rc == BC_OK)
        rc = basis_when(&when, &out->basis, env, args->as_of, err);
    if (rc == BC_OK)
        rc = read_dates(&from, &to, &out->basis, env, args, &when, err);
    if (rc == BC_OK) /* dates may have chosen other rules */
        rc = basis_when(&when, &out->basis, env, args->as_of, err);
    if (rc < 0)
        return rc;
    basis_set_date(&out->basis, &when);
    make_days(out, &step, from, to);
    return BC_OK;
}

void export_asked_close(struct export_asked *asked)
{
    basis_close(&asked->basis);
    free(asked->days);
    *asked = (struct export_asked){ 0 };
}

void export_say(const struct cmd_env *env, const struct basis *basis,
                const struct tables_left *left)
{
    for (size_t i = 0; i < basis->notes.n; i++)
        fprintf(env->err, "backcast: %s\n", basis->notes.at[i].text);
    if (left->bodies + left->fields == 0)
        return;
    fprintf(env->err,
            "backcast: left out what this version does not know: bodies %" PRIu64
            ", fields %" PRIu64 "; `export proto` keeps them\n",
            left->bodies, left->fields);
}
