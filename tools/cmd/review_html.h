/* tools/cmd/review_html.h - the file that a review is also written to, as a page: opened before
 * anything is put on record, so that a place where it cannot be is refused first. */
#ifndef BC_TOOLS_CMD_REVIEW_HTML_H
#define BC_TOOLS_CMD_REVIEW_HTML_H

#include "ledger/base/mem.h"
#include "tools/cli/outfile.h"

#define OPT_HTML(path)                                                                             \
    {                                                                                              \
        "html", "FILE", .text = (path), .writes = true,                                            \
                        .help = "write it, too, as a page that stands for itself, to look at,\n"   \
                                "to mail and to print; - instead of the answer"                    \
    }

struct review_html {
    const char *path; /* NULL: no page is wanted; "-": standard output has it */
    struct outfile file;
    struct bc_buf page; /* to be filled between the two */
};

/* BC_E_USAGE: it would lie in a ledger's folder. Released also when that failed. */
bc_status review_html_open(struct review_html *out, const char *path, struct bc_err *err);
/* Writes the page, if one is wanted. */
bc_status review_html_write(struct review_html *html, const struct cmd_env *env,
                            struct bc_err *err);
void review_html_release(struct review_html *html);

/* Does the page stand in the place of the answer? */
bool review_html_instead(const struct review_html *html);

#endif
