#include "tools/cmd/learning_args.h"

#include "tools/cmd/legend.h"
#include "tools/cmd/pages.h"

enum { DAYS_MAX = 100000 };

bc_status learning_args_days(int32_t *out, const char *option, const char *text, uint64_t least,
                             struct bc_err *err)
{
    uint64_t days = 0;
    bc_status rc = opt_number(&days, option, text, least, DAYS_MAX, err);

    if (rc == BC_OK)
        *out = (int32_t)days;
    return rc;
}

static bc_status read_window(struct learning_asked *asked, const struct learning_args *args,
                             const struct basis *basis, const struct cmd_env *env, int32_t days,
                             struct bc_err *err)
{
    const bc_zone *zone = basis->rules->zone;
    struct when since;
    bc_status rc = BC_OK;

    if (args->days && args->since)
        return bc_err_set(err, BC_E_USAGE, "--days and --since do not go together");
    if (args->days)
        rc = learning_args_days(&days, "days", args->days, 1, err);
    if (rc == BC_OK && args->since) {
        rc = when_parse(&since, args->since, env->now_us, zone, err);
        if (rc == BC_OK)
            asked->since_us = when_window_begin(&since, zone);
    } else if (rc == BC_OK) {
        asked->since_us = days ? bc_zone_window_begin(zone, basis->as_of_us, days) : INT64_MIN;
    }
    return rc;
}

static bc_status read_slice(struct learning_asked *asked, const struct learning_args *args,
                            const struct basis *basis, const char *usual, struct bc_err *err)
{
    size_t slice = bc_rules_usual_slice(basis->rules, bc_str_of(usual));
    bc_status rc = args->slice ? basis_slice(&slice, basis, args->slice, err) : BC_OK;

    asked->slice = (unsigned)slice;
    return rc;
}

bc_status learning_args_read_at(struct learning_asked *out, const struct learning_args *args,
                                struct basis *basis, const struct cmd_env *env,
                                const struct when *as_of, struct learning_usual usual,
                                struct bc_err *err)
{
    bc_status rc = legend_check(args->explain, args->json, args->csv, err);

    if (rc == BC_OK && args->json && args->csv)
        rc = bc_err_set(err, BC_E_USAGE, "--json and --csv do not go together");
    if (rc == BC_OK && args->list && args->csv)
        rc = bc_err_set(err, BC_E_USAGE, "--list and --csv do not go together: --json has both");
    if (rc < 0)
        return rc;
    basis_set_date(basis, as_of);
    rc = read_slice(out, args, basis, usual.slice, err);
    return rc < 0 ? rc : read_window(out, args, basis, env, usual.days, err);
}

bc_status learning_args_read(struct learning_asked *out, const struct learning_args *args,
                             struct basis *basis, const struct cmd_env *env,
                             struct learning_usual usual, struct bc_err *err)
{
    struct when when;
    bc_status rc = basis_when(&when, basis, env, args->as_of, err);

    return rc < 0 ? rc : learning_args_read_at(out, args, basis, env, &when, usual, err);
}

static bc_status unknown_stage(const bc_rules *rules, const char *option, struct bc_str word,
                               struct bc_err *err)
{
    struct bc_buf names = { 0 };
    bc_status rc;

    for (size_t i = 0; i < rules->stage_n; i++)
        bc_buf_printf(&names, "%s%s", i ? ", " : "", rules->stages[i].id);
    rc = bc_err_set(err, BC_E_USAGE, "--%s: no stage '%.*s' in these rules, expected one of: %.*s",
                    option, BC_STR_ARG(word), BC_STR_ARG(bc_buf_str(&names)));
    bc_buf_release(&names);
    return rc;
}

bc_status learning_args_stages(bc_stage_set *out, const bc_rules *rules, const char *option,
                               const char *text, struct bc_err *err)
{
    *out = 0;
    for (const char *at = text;; at++) {
        const struct bc_str word = { at, strcspn(at, ",") };
        const int stage = bc_rules_stage(rules, word);

        if (stage == BC_NO_STAGE)
            return unknown_stage(rules, option, word, err);
        *out |= UINT64_C(1) << stage;
        at += word.len;
        if (*at == '\0')
            return BC_OK;
    }
}

static bc_status unknown_table(const char *table, const char *const *names, size_t n,
                               struct bc_err *err)
{
    struct bc_buf list = { 0 };
    bc_status rc;

    for (size_t i = 0; i < n; i++)
        bc_buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    rc = table ? bc_err_set(err, BC_E_USAGE, "--table '%s': expected one of %.*s", table,
                            BC_STR_ARG(bc_buf_str(&list)))
               : bc_err_set(err, BC_E_USAGE, "--csv prints one table: --table says which of %.*s",
                            BC_STR_ARG(bc_buf_str(&list)));
    bc_buf_release(&list);
    return rc;
}

bc_status learning_args_table(size_t *out, const struct learning_args *args, const char *table,
                              const char *const *names, size_t n, struct bc_err *err)
{
    if (table && !args->csv)
        return bc_err_set(err, BC_E_USAGE, "--table goes with --csv");
    for (size_t i = 0; table && i < n; i++)
        if (strcmp(table, names[i]) == 0) {
            *out = i;
            return BC_OK;
        }
    return args->csv && (table || *out >= n) ? unknown_table(table, names, n, err) : BC_OK;
}

struct bc_str learning_args_group(struct bc_str *path, const char *typed)
{
    const struct bc_str text = bc_str_of(typed), none = BC_STR("none");
    const size_t len = strcspn(typed, ".");

    *path = bc_str_part(text, len < text.len ? len + 1 : len, text.len);
    if (bc_str_eq(*path, none))
        *path = (struct bc_str){ 0 };
    return bc_str_part(text, 0, len);
}

int learning_command_run(const struct cmd_env *env, int argc, char **argv,
                         const struct learning_command *command)
{
    return learning_command_run_after(env, argc, argv, command, NULL);
}

int learning_command_run_after(const struct cmd_env *env, int argc, char **argv,
                               const struct learning_command *command, learning_before_fn *before)
{
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(command->opts, cmd_page(command->page), env, argc, argv, &err);

    if (rc == BC_OK && before)
        rc = before(env, command->args, &err);
    if (rc == BC_OK)
        rc = basis_open(&basis, env, command->typed, &err);
    if (rc == BC_OK)
        rc = command->answer(env, &basis, command->args, &err);
    basis_close(&basis);
    return cmd_exit(env, rc, &err);
}
