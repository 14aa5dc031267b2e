#include "tools/byhand/dialogue.h"

#include "tools/cli/opt.h"
#include "tools/cli/text.h"

bc_status dialogue_open(struct dialogue *dialogue, const struct cmd_env *env, bc_arena *arena,
                        struct bc_err *err)
{
    *dialogue = (struct dialogue){ .env = env, .arena = arena };
    return input_open(&dialogue->input, "-", err);
}

void dialogue_close(struct dialogue *dialogue)
{
    input_close(&dialogue->input);
}

struct bc_str dialogue_trim(struct bc_str text)
{
    while (text.len > 0 && strchr(" \t", text.at[0])) {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && strchr(" \t", text.at[text.len - 1]))
        text.len--;
    return text;
}

bc_status dialogue_ask(const char **out, struct dialogue *dialogue, const char *question,
                       struct bc_err *err)
{
    FILE *stream = dialogue->env->out;
    struct bc_str line;
    bc_status rc;

    text_put(stream, bc_str_of(question));
    fputs(dialogue->env->in_tty ? ": " : ":\n", stream);
    rc = cmd_written(dialogue->env, err);
    if (rc == BC_OK)
        rc = input_line(&dialogue->input, &line, err);
    if (rc == BC_DONE && dialogue->env->in_tty)
        fputc('\n', stream);
    if (rc != BC_OK)
        return rc;
    if (memchr(line.at, '\0', line.len))
        return bc_err_set(err, BC_E_INPUT, "the answer to \"%s\" has a NUL in it", question);
    *out = bc_arena_copy(dialogue->arena, dialogue_trim(line)).at;
    return BC_OK;
}

bc_status dialogue_confirm(struct dialogue *dialogue, const char *question, struct bc_err *err)
{
    const char *answer;
    bool yes;
    bc_status rc;

    while ((rc = dialogue_ask(&answer, dialogue, question, err)) == BC_OK) {
        if (opt_yes_no(&yes, answer))
            return yes ? BC_OK : BC_NO;
        fputs("expected yes or no\n", dialogue->env->out);
    }
    return rc == BC_DONE ? BC_NO : rc;
}
