#include "tools/cmd/legend.h"

#include "ledger/base/mem.h"
#include "tools/cmd/pages.h"
#include "tools/print/paragraph.h"

static const struct {
    const char *command, *section;
} legends[LEGEND_N] = {
    [LEGEND_FIGURES] = { "backcast metrics", "WHAT FIGURES SAY" },
    [LEGEND_RED_LINES] = { "backcast red-lines", "WHAT RED LINES SAY" },
    [LEGEND_STAGES] = { "backcast stages", "WHAT THE TABLE SAYS" },
    [LEGEND_COHORTS] = { "backcast cohorts", "WHAT THE TABLE SAYS" },
    [LEGEND_EXPERIMENTS] = { "backcast experiments", "WHAT THE TABLE SAYS" },
};

bc_status legend_check(bool explain, bool json, bool csv, struct bc_err *err)
{
    if (!explain || (!json && !csv))
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "--explain is for people: it does not go with --%s",
                      json ? "json" : "csv");
}

bc_status legend_check_instead(bool explain, const char *option, const char *path,
                               struct bc_err *err)
{
    if (!explain || !path || strcmp(path, "-") != 0)
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "--explain and --%s - do not go together", option);
}

void legend_print(const struct cmd_env *env, enum legend which)
{
    struct bc_str text = page_section(cmd_page(legends[which].command), legends[which].section);
    struct bc_buf paragraph = { 0 };

    fputc('\n', env->out);
    while (text.len) {
        const char *end = memchr(text.at, '\n', text.len);
        const size_t len = end ? (size_t)(end - text.at) : text.len;

        if (len == 0 && paragraph.len) {
            paragraph_legend(env, "%.*s", BC_STR_ARG(bc_buf_str(&paragraph)));
            paragraph.len = 0;
        } else if (len) {
            bc_buf_printf(&paragraph, "%s%.*s", paragraph.len ? " " : "", (int)len, text.at);
        }
        text = bc_str_part(text, len < text.len ? len + 1 : len, text.len);
    }
    if (paragraph.len)
        paragraph_legend(env, "%.*s", BC_STR_ARG(bc_buf_str(&paragraph)));
    bc_buf_release(&paragraph);
}
