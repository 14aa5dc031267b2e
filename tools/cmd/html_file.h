/* tools/cmd/html_file.h - the file that an answer is also written to, as a page: opened before
 * anything is put on record, so that a place where it cannot be is refused first. */
#ifndef BC_TOOLS_CMD_HTML_FILE_H
#define BC_TOOLS_CMD_HTML_FILE_H

#include "ledger/base/mem.h"
#include "tools/cli/outfile.h"

#define OPT_HTML(path)                                                                             \
    {                                                                                              \
        "html", "FILE", .text = (path), .writes = true,                                            \
                        .help = "write it, too, as a page that stands for itself, to look at,\n"   \
                                "to mail and to print; - instead of the answer"                    \
    }

struct html_file {
    const char *path; /* NULL: no page is wanted; "-": standard output has it */
    struct outfile file;
    struct bc_buf page; /* to be filled between the two */
};

/* BC_E_USAGE: it would lie in a ledger's folder. Released also when that failed. */
bc_status html_file_open(struct html_file *out, const char *path, struct bc_err *err);
/* Writes the page, if one is wanted. */
bc_status html_file_write(struct html_file *html, const struct cmd_env *env, struct bc_err *err);
/* The same of what was put on record as the event `id` before (NULL: it was not): who reads that
 * the page failed must not put it on record again. */
bc_status html_file_write_recorded(struct html_file *html, const struct cmd_env *env,
                                   const struct bc_buf *id, struct bc_err *err);
void html_file_release(struct html_file *html);

/* Does the page stand in the place of the answer? */
bool html_file_instead(const struct html_file *html);

#endif
