/* tools/byhand/record_template.c - the form to fill in, made of the schema and the rules. */
#include "ledger/base/instant.h"
#include "tools/byhand/record_form.h"
#include "tools/byhand/record_words.h"

static void print_stages(FILE *out, const bc_rules *rules)
{
    for (size_t i = 0; i < rules->stage_n; i++)
        fprintf(out, "%s%s", i ? ", " : "", rules->stages[i].id);
}

/* A type that a slice is made of; any word where no slice is of types. */
static const char *some_type(const bc_rules *rules)
{
    for (size_t i = 0; i < rules->slice_n; i++)
        if (rules->slices[i].deal_type_n)
            return rules->slices[i].deal_types[0].at;
    return "new";
}

static void print_name(FILE *out, const char *text)
{
    struct bc_buf name = { 0 };

    bc_yaml_print_text(&name, bc_str_of(text));
    fwrite(name.at, 1, name.len, out);
    bc_buf_release(&name);
}

static void print_top(FILE *out, const bc_rules *rules, int32_t today)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, today);
    fprintf(out,
            "# Events by hand: `backcast record --file FORM --dry-run` shows them, without "
            "--dry-run it\n"
            "# appends them, all or none. What is empty is left out; the same form again changes "
            "nothing.\n"
            "#\n"
            "# at: %s (a date: the end of that day), %s 09:30 (by clocks in %s),\n"
            "#     %sT09:30:00Z, yesterday 14:00, -3d; left out: now\n"
            "# stages: ",
            day, day, bc_zone_name(rules->zone), day);
    print_stages(out, rules);
    fprintf(out,
            "\n\ndeal:   # must be given: a new one, or one that there is\nactor:  # who did "
            "it\nevents:\n"
            "  - at: %s\n    dealCreated:\n      name:\n      stage: ",
            day);
    print_name(out, rules->stages[0].id);
    fputs("\n      dealType: ", out);
    print_name(out, some_type(rules));
    fputs("\n      owner:\n    leadCaptured:\n    qualificationRecorded:\n    properties:\n"
          "      tier:\n      amount:\n      mrr:\n      company:\n"
          "  # - at:         # another moment, with any of what stands below\n"
          "  #   stageChanged:\n\n"
          "# What can happen, with what each takes (* must be given). Of an event that says "
          "nothing: {}.\n"
          "# Several of a kind: a list of such maps. `id:` in one names the event; else it is "
          "made, as what\n"
          "# names a new meeting, action or e-mail is. A meeting begins at the moment unless it "
          "says so.\n",
          out);
}

static void print_body(FILE *out, enum bc_body body)
{
    const struct bc_schema *schema = bc_schema(body);

    fprintf(out, "#\n#    %s:\n", schema->json_name);
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++) {
        const struct bc_field *field = &schema->field[number];
        const char *help;
        bool must;

        if (!field->name)
            continue;
        must = field->required && !record_fills_in(body, number);
        fprintf(out, "#      %s: %*s# %s%s: ", field->json_name, 15 - (int)field->json_len, "",
                must ? "* " : "", record_value_word(body, number));
        for (help = record_field_help(body, number)->text; *help; help++)
            fputc(*help == '\n' ? ' ' : *help, out);
        fputs(field->type == BC_LIST ? "; or a list\n" : "\n", out);
    }
}

void record_form_template(FILE *out, const bc_rules *rules, int32_t today)
{
    print_top(out, rules, today);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        if (body != BC_REPORT_ISSUED && body != BC_RULES_PUBLISHED)
            print_body(out, (enum bc_body)body);
}
