#include "tools/cmd/topics.h"

#include "projections/rules/rules.h"
#include "tools/byhand/record_words.h"
#include "tools/cmd/pages.h"

#include <stdio.h>

/* --- what the program's own tables say --- */

static void add_text(struct bc_buf *out, const char *text)
{
    for (; *text; text++)
        bc_buf_add(out, *text == '\n' ? " " : text, 1);
}

static void add_field(struct bc_buf *out, enum bc_body body, unsigned number)
{
    const struct bc_field *field = &bc_schema(body)->field[number];

    bc_buf_printf(out, "  %-17s %s %s%s: ", field->json_name, field->required ? "*" : " ",
                  record_value_word(body, number), field->type == BC_LIST ? ", a list" : "");
    add_text(out, record_field_help(body, number)->text);
    bc_buf_add_byte(out, '\n');
}

/* Every kind of event, with its fields. */
static void add_kinds(struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("# KINDS\n\n```\n"));
    for (int i = BC_DEAL_CREATED; i < BC_BODY_END; i++) {
        const enum bc_body body = (enum bc_body)i;
        const struct bc_schema *schema = bc_schema(body);

        bc_buf_printf(out, "%s%s\n", schema->json_name,
                      schema->needs_deal ? " (must have a deal)" : "");
        for (unsigned number = 1; number < schema->field_end; number++)
            if (schema->field[number].name)
                add_field(out, body, number);
    }
    bc_buf_add_str(out, BC_STR("```\n\n"));
}

static void add_built_in(struct bc_buf *out)
{
    bc_buf_add_str(out, BC_STR("# THE BUILT-IN RULES\n\n```\n"));
    bc_buf_add_str(out, bc_rules_default_text());
    bc_buf_add_str(out, BC_STR("```\n\n"));
}

/* --- printing --- */

/* The page of a topic, with `add`'s section before its last one. */
static int print(const struct cmd_env *env, int argc, char **argv, void (*add)(struct bc_buf *out))
{
    static const char last[] = "# SEE ALSO\n";
    struct bc_buf command = { 0 }, text = { 0 };
    const struct page *page;
    const char *end;

    bc_buf_printf(&command, "backcast %s%c", argv[0], '\0');
    page = cmd_page(command.at);
    end = strstr(page->text, last);
    bc_buf_add(&text, page->text, end ? (size_t)(end - page->text) : strlen(page->text));
    if (add)
        add(&text);
    if (end)
        bc_buf_add_str(&text, bc_str_of(end));
    bc_buf_add_byte(&text, '\0');
    page_print_topic(env->out, &(struct page){ command.at, text.at },
                     argc > 1 && strcmp(argv[1], "--help=man") == 0);
    bc_buf_release(&text);
    bc_buf_release(&command);
    return cmd_exit(env, BC_OK, NULL);
}

static int event(const struct cmd_env *env, int argc, char **argv)
{
    return print(env, argc, argv, add_kinds);
}

static int rules_file(const struct cmd_env *env, int argc, char **argv)
{
    return print(env, argc, argv, add_built_in);
}

static int plain(const struct cmd_env *env, int argc, char **argv)
{
    return print(env, argc, argv, NULL);
}

const struct cmd topics[] = {
    { "event", event },
    { "rules-file", rules_file },
    { "maps", plain },
    { "ledger", plain },
    { "links", plain },
    { "sources-file", plain },
    { 0 },
};
