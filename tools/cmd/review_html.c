#include "tools/cmd/review_html.h"

#include <string.h>

bool review_html_instead(const struct review_html *html)
{
    return html->path && strcmp(html->path, "-") == 0;
}

bc_status review_html_open(struct review_html *out, const char *path, struct bc_err *err)
{
    *out = (struct review_html){ .path = path };
    return path && !review_html_instead(out) ? outfile_open(&out->file, path, err) : BC_OK;
}

bc_status review_html_write(struct review_html *html, const struct cmd_env *env, struct bc_err *err)
{
    if (!html->path)
        return BC_OK;
    if (review_html_instead(html))
        return outfile_write(env, NULL, bc_buf_str(&html->page), err);
    fwrite(html->page.at, 1, html->page.len, html->file.file);
    return outfile_commit(&html->file, err);
}

void review_html_release(struct review_html *html)
{
    outfile_release(&html->file);
    bc_buf_release(&html->page);
}
