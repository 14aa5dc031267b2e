#include "tools/sheet/sheet_address.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define GOOGLE      "https://docs.google.com"
#define GOOGLE_HOST "docs.google.com"

enum { ADDRESS_MAX = 8000, GID_DIGITS = 10 };

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/* An address in its parts, views of it. */
struct parts {
    struct bc_str origin, host, path, query, fragment;
};

static bc_status no_address(const char *why, struct bc_err *err)
{
    return bc_err_set(err, BC_E_INPUT,
                      "%s; expected the link of a Google Sheet, or the https address of a CSV",
                      why);
}

/* Up to one of `ends`, which begins what is left. */
static struct bc_str upto(const char **at, const char *ends)
{
    const struct bc_str part = { *at, strcspn(*at, ends) };

    *at += part.len;
    return part;
}

static bc_status split(struct parts *out, const char *text, struct bc_err *err)
{
    const char *at = text;

    for (const char *p = text; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f || *p == '\\' || *p == '"')
            return no_address("it holds a character that no address has", err);
    if (strncmp(at, "https://", 8) != 0 && strncmp(at, "http://", 7) != 0)
        return no_address("it is no https address", err);
    at = strstr(at, "://") + 3;
    out->host = upto(&at, "/?#");
    out->origin = (struct bc_str){ text, (size_t)(at - text) };
    if (memchr(out->host.at, '@', out->host.len))
        return no_address("it names a user, who would be sent along", err);
    out->path = upto(&at, "?#");
    if (*at == '?')
        at++;
    out->query = upto(&at, "#");
    out->fragment = bc_str_of(*at == '#' ? at + 1 : at);
    if (out->host.len == 0 || out->path.len == 0 || (out->path.len > 1 && out->path.at[1] == '/'))
        return no_address("it names no table on a server", err);
    return BC_OK;
}

static bool is_host(struct bc_str host, const char *name)
{
    return host.len == strlen(name) && strncasecmp(host.at, name, host.len) == 0;
}

static const char *print(bc_arena *arena, struct bc_buf *text)
{
    const char *kept = bc_arena_copy(arena, bc_buf_str(text)).at;

    bc_buf_release(text);
    return kept;
}

/* ---- what a query or a fragment says ---- */

static bool is_gid(struct bc_str text)
{
    if (text.len < 1 || text.len > GID_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return true;
}

static bc_status take_gid(struct sheet_address *out, bc_arena *arena, struct bc_str value,
                          struct bc_err *err)
{
    if (!is_gid(value))
        return bc_err_set(err, BC_E_INPUT,
                          "gid=%.*s is no sheet's number; copy the link again while the sheet is "
                          "open",
                          (int)(value.len < 60 ? value.len : 60), value.at);
    if (*out->gid && !bc_str_eq(bc_str_of(out->gid), value))
        return bc_err_set(err, BC_E_INPUT, "the link names two sheets, gid=%s and gid=%.*s",
                          out->gid, BC_STR_ARG(value));
    out->gid = bc_arena_copy(arena, value).at;
    return BC_OK;
}

static bc_status take_pair(struct sheet_address *out, bc_arena *arena, struct bc_str pair,
                           struct bc_err *err)
{
    const char *equal = pair.len ? memchr(pair.at, '=', pair.len) : NULL;
    const size_t name_len = equal ? (size_t)(equal - pair.at) : pair.len;
    const struct bc_str name = { pair.at, name_len };
    const struct bc_str value = bc_str_part(pair, equal ? name_len + 1 : pair.len, pair.len);

    if (bc_str_eq(name, BC_STR("gid")))
        return take_gid(out, arena, value, err);
    if (bc_str_eq(name, BC_STR("range")) || bc_str_eq(name, BC_STR("sheet")))
        return bc_err_set(err, BC_E_INPUT,
                          "the link names a part by %.*s=, and a table is a whole sheet, by gid=",
                          BC_STR_ARG(name));
    if (bc_str_eq(name, BC_STR("resourcekey")) && value.len > 0 && value.len < 100) {
        out->key = bc_arena_copy(arena, value).at;
        if (strspn(out->key, letters) != value.len)
            return no_address("its resource key is none", err);
    }
    return BC_OK;
}

static bc_status take_pairs(struct sheet_address *out, bc_arena *arena, struct bc_str pairs,
                            struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t begin = 0, end; rc == BC_OK && begin < pairs.len; begin = end + 1) {
        for (end = begin; end < pairs.len && pairs.at[end] != '&';)
            end++;
        rc = take_pair(out, arena, bc_str_part(pairs, begin, end), err);
    }
    return rc;
}

/* ---- Google's ---- */

/* The text after `word`, or NULL. */
static const char *after(const char *path, const char *word)
{
    return strncmp(path, word, strlen(word)) == 0 ? path + strlen(word) : NULL;
}

/* Past "/a/example.org" and "/u/1" to the id; NULL: it leads to no spreadsheet. */
static const char *to_id(const char *path, bool *published)
{
    const char *at = after(path, "/a/");

    if (at)
        path = strchr(at, '/');
    at = path ? after(path, "/spreadsheets") : NULL;
    if (at && after(at, "/u/")) {
        at += strlen("/u/");
        at += strspn(at, "0123456789");
    }
    at = at ? after(at, "/d/") : NULL;
    *published = at && after(at, "e/");
    return *published ? at + strlen("e/") : at;
}

static const char *csv_path(const struct sheet_address *address, bc_arena *arena)
{
    const bool published = address->kind == SHEET_PUBLISHED;
    struct bc_buf path = { 0 };

    bc_buf_printf(&path,
                  published ? "/spreadsheets/d/e/%s/pub?single=true&output=csv"
                            : "/spreadsheets/d/%s/export?format=csv",
                  address->id);
    if (*address->gid)
        bc_buf_printf(&path, "&gid=%s", address->gid);
    if (*address->key)
        bc_buf_printf(&path, "&resourcekey=%s", address->key);
    return print(arena, &path);
}

/* It gives each column one type and leaves out what is of another. */
static bc_status refuse_gviz(const struct sheet_address *address, struct bc_err *err)
{
    return bc_err_set(err, BC_E_INPUT,
                      "a gviz address leaves out each cell that is not of its column's type; "
                      "expected " GOOGLE "%s%s",
                      address->path, *address->gid ? "" : "&gid=NUMBER");
}

static bc_status read_google(struct sheet_address *out, bc_arena *arena, const struct parts *parts,
                             struct bc_err *err)
{
    const char *path = bc_arena_copy(arena, parts->path).at;
    struct bc_buf shown = { 0 };
    bool published, gviz;
    const char *id = to_id(path, &published);
    const size_t len = id ? strspn(id, letters) : 0;
    bc_status rc;

    if (len == 0 || (id[len] && id[len] != '/'))
        return no_address("it is no link of a spreadsheet", err);
    gviz = strncmp(id + len, "/gviz", 5) == 0;
    *out = (struct sheet_address){ .kind = published ? SHEET_PUBLISHED : SHEET_GOOGLE,
                                   .base = GOOGLE,
                                   .id = bc_arena_copy(arena, (struct bc_str){ id, len }).at,
                                   .gid = "",
                                   .key = "",
                                   .query = "" };
    rc = take_pairs(out, arena, parts->query, gviz ? NULL : err);
    if (rc == BC_OK)
        rc = take_pairs(out, arena, parts->fragment, gviz ? NULL : err);
    if (rc < 0 && !gviz)
        return rc;
    out->path = csv_path(out, arena);
    if (gviz)
        return refuse_gviz(out, err);
    bc_buf_printf(&shown, GOOGLE "/spreadsheets/d/%s%s", published ? "e/" : "", out->id);
    if (*out->gid)
        bc_buf_printf(&shown, "#gid=%s", out->gid);
    out->shown = bc_str_of(print(arena, &shown));
    return BC_OK;
}

/* ---- any other ---- */

static bc_status read_other(struct sheet_address *out, bc_arena *arena, const struct parts *parts)
{
    struct bc_buf path = { 0 }, shown = { 0 };

    bc_buf_add_str(&path, parts->path);
    if (parts->query.len)
        bc_buf_printf(&path, "?%.*s", BC_STR_ARG(parts->query));
    bc_buf_printf(&shown, "%.*s%.*s", BC_STR_ARG(parts->origin), BC_STR_ARG(parts->path));
    *out = (struct sheet_address){ .kind = SHEET_OTHER,
                                   .base = bc_arena_copy(arena, parts->origin).at,
                                   .path = print(arena, &path),
                                   .id = "",
                                   .gid = "",
                                   .key = "",
                                   .query = bc_arena_copy(arena, parts->query).at,
                                   .shown = { 0 } };
    out->shown = bc_str_of(print(arena, &shown));
    return BC_OK;
}

/* On this machine. */
static bool is_here(struct bc_str host)
{
    return bc_str_begins(host, BC_STR("127.")) || bc_str_begins(host, BC_STR("localhost")) ||
           bc_str_begins(host, BC_STR("[::1]"));
}

bc_status sheet_address_read(struct sheet_address *out, bc_arena *arena, const char *text,
                             struct bc_err *err)
{
    struct parts parts = { 0 };
    bc_status rc =
        strlen(text) > ADDRESS_MAX ? no_address("it is too long", err) : split(&parts, text, err);

    if (rc < 0)
        return rc;
    if (is_host(parts.host, GOOGLE_HOST))
        return read_google(out, arena, &parts, err);
    if (is_host(parts.host, "drive.google.com") || is_host(parts.host, "spreadsheets.google.com"))
        return no_address("open it in a browser, and give the address of the open sheet", err);
    if (bc_str_begins(parts.origin, BC_STR("http://")) && !is_here(parts.host))
        return no_address("by plain http whoever is on the way can change the table", err);
    return read_other(out, arena, &parts);
}
