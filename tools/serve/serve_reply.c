#include "tools/serve/serve_reply.h"

static const struct {
    const char *name, *value;
} always[] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

void serve_reply_bare(struct bc_buf *out, const char *status)
{
    bc_buf_printf(out, "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n", status);
    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
        bc_buf_printf(out, "%s: %s\r\n", always[i].name, always[i].value);
    bc_buf_add_str(out, BC_STR("Cache-Control: no-store\r\n\r\n"));
}

static bool may_stand(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

void serve_reply_name(struct bc_buf *out, const char *filename)
{
    bc_buf_add_str(out, BC_STR("attachment; filename=\""));
    for (const char *at = filename; *at; at++)
        bc_buf_add(out, may_stand(*at) ? at : "_", 1);
    bc_buf_add_str(out, BC_STR("\"; filename*=UTF-8''"));
    for (const char *at = filename; *at; at++)
        if (may_stand(*at))
            bc_buf_add_byte(out, *at);
        else
            bc_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
    *bc_buf_room(out, 1) = '\0';
}

/* True also where there is none to add. */
static bool add(const struct mhd_lazy *mhd, struct MHD_Response *reply, const char *name,
                const char *value)
{
    return !value || mhd->add_response_header(reply, name, value) == MHD_YES;
}

/* All of them: a page that lacks one would be less safe than what `always` says of every page. */
static bool add_headers(const struct mhd_lazy *mhd, struct MHD_Response *reply,
                        const struct serve_answer *answer, const char *cookie)
{
    struct bc_buf name = { 0 };
    bool added = true;

    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
        added &= add(mhd, reply, always[i].name, always[i].value);
    added &= add(mhd, reply, "Cache-Control",
                 answer->immutable ? "private, max-age=31536000, immutable" : "no-store");
    added &= add(mhd, reply, "Content-Type", answer->type);
    added &= add(mhd, reply, "Allow", answer->status == 405 ? "GET, HEAD" : NULL);
    added &= add(mhd, reply, "Retry-After", answer->status == 503 ? "1" : NULL);
    added &= add(mhd, reply, "Location", answer->location);
    added &= add(mhd, reply, "Set-Cookie", cookie);
    if (answer->filename)
        serve_reply_name(&name, answer->filename);
    added &= add(mhd, reply, "Content-Disposition", name.at);
    bc_buf_release(&name);
    return added;
}

struct MHD_Response *serve_reply_new(const struct mhd_lazy *mhd, struct serve_answer *answer,
                                     const char *cookie)
{
    const bool body = answer->body.len > 0;
    static char nothing[1];
    struct MHD_Response *reply =
        mhd->create_response_from_buffer(answer->body.len, body ? answer->body.at : nothing,
                                         body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);

    if (!reply)
        return NULL;
    if (body)
        answer->body = (struct bc_buf){ 0 };
    if (add_headers(mhd, reply, answer, cookie))
        return reply;
    mhd->destroy_response(reply);
    return NULL;
}
