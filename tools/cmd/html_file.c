#include "tools/cmd/html_file.h"

#include <string.h>

bool html_file_instead(const struct html_file *html)
{
    return html->path && strcmp(html->path, "-") == 0;
}

bc_status html_file_open(struct html_file *out, const char *path, struct bc_err *err)
{
    *out = (struct html_file){ .path = path };
    return path && !html_file_instead(out) ? outfile_open(&out->file, path, err) : BC_OK;
}

bc_status html_file_write(struct html_file *html, const struct cmd_env *env, struct bc_err *err)
{
    if (!html->path)
        return BC_OK;
    if (html_file_instead(html))
        return outfile_write(env, NULL, bc_buf_str(&html->page), err);
    fwrite(html->page.at, 1, html->page.len, html->file.file);
    return outfile_commit(&html->file, err);
}

bc_status html_file_write_recorded(struct html_file *html, const struct cmd_env *env,
                                   const struct bc_buf *id, struct bc_err *err)
{
    bc_status rc = html_file_write(html, env, err);

    if (rc == BC_OK || !id)
        return rc;
    return bc_err_in(err, rc, "it is on record as %.*s, but not written as a page",
                     BC_STR_ARG(bc_buf_str(id)));
}

void html_file_release(struct html_file *html)
{
    outfile_release(&html->file);
    bc_buf_release(&html->page);
}
