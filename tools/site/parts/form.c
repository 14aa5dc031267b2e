#include "tools/site/parts/form.h"

#include "tools/show/labels.h"
#include "tools/site/frame/bar.h"
#include "tools/site/frame/call.h"

bool form_begin_bare(struct call_page *call, const char *label, const char *section)
{
    if (!call_answered(call))
        return false;
    html_out_put(&call->out, "<form class=\"filter\" aria-label=\"%s\" action=\"/%s%s\">\n", label,
                 call->place->name, section);
    return true;
}

bool form_begin(struct call_page *call, const char *label)
{
    if (!form_begin_bare(call, label, ""))
        return false;
    bar_put_question(&call->out, call);
    return true;
}

void form_hidden(struct call_page *call, const char *key)
{
    if (call_param(call, key).len)
        bar_put_hidden(&call->out, bc_str_of(key), call_param(call, key));
}

/* The ids of the bar's own fields are those of its keys. */
static void put_label(struct html_out *out, const char *key, const char *label)
{
    html_out_put(out, "<div><label for=\"own-%s\">%s</label>", key, label);
}

void form_field(struct call_page *call, const char *key, const char *label, const char *none)
{
    struct html_out *out = &call->out;

    put_label(out, key, label);
    html_out_put(out,
                 "<input id=\"own-%s\" name=\"%s\" type=\"text\" autocomplete=\"off\" "
                 "placeholder=\"",
                 key, key);
    html_out_plain(out, bc_str_of(none));
    html_out_put(out, "\" value=\"");
    html_out_plain(out, call_param(call, key));
    html_out_put(out, "\"></div>\n");
}

static void begin_select(struct html_out *out, const char *key, const char *label)
{
    put_label(out, key, label);
    html_out_put(out, "<select id=\"own-%s\" name=\"%s\">", key, key);
}

void form_stages(struct call_page *call, const char *key, const char *label, const char *none,
                 struct bc_str chosen)
{
    const bc_rules *rules = call->basis.rules;
    struct html_out *out = &call->out;

    begin_select(out, key, label);
    if (none)
        bar_put_choice(out, BC_STR(""), bc_str_of(none), chosen);
    for (size_t i = 0; i < rules->stage_n; i++)
        bar_put_choice(out, bc_str_of(rules->stages[i].id),
                       labels_stage(rules, bc_str_of(rules->stages[i].id)), chosen);
    if (chosen.len && bc_rules_stage(rules, chosen) == BC_NO_STAGE) /* several */
        bar_put_choice(out, chosen, chosen, chosen);
    html_out_put(out, "</select></div>\n");
}

void form_choices(struct call_page *call, const char *key, const char *label,
                  const struct form_choice *choices, size_t n)
{
    begin_select(&call->out, key, label);
    for (size_t i = 0; i < n; i++)
        bar_put_choice(&call->out, bc_str_of(choices[i].value), bc_str_of(choices[i].label),
                       call_param(call, key));
    html_out_put(&call->out, "</select></div>\n");
}

void form_end(struct call_page *call)
{
    html_out_put(&call->out, "<button type=\"submit\">Show</button>\n</form>\n");
}
