#include "tools/site/folder.h"

#include "ledger/base/dir.h"
#include "tools/site/frame/call.h"
#include "tools/site/site_part.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FIRST "index.html" /* is the review */
#define MARK  "<meta name=\"generator\" content=\"backcast\">\n"

enum { NAME_MOST = 80 }; /* bytes of a file's name that are of what the page is about */

/* A page to be written, or that is. */
struct folder_page {
    const struct call_place *place;
    struct bc_str of;   /* "165-larkness"; empty: it is the only one of its place */
    struct bc_str rest; /* the second page of a list: "2" */
    char *file;
};

struct folder {
    struct folder_page *at;
    size_t n, cap;
    size_t left;
    bc_arena *arena;
};

/* --- names of files --- */

static bool is_taken(const struct folder *folder, const char *file)
{
    for (size_t i = 0; i < folder->n; i++)
        if (strcmp(folder->at[i].file, file) == 0)
            return true;
    return false;
}

/* Letters that any file system takes, and none that it holds for another's. */
static void add_safe(struct bc_buf *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len && i < NAME_MOST; i++) {
        const char c = (char)tolower((unsigned char)text.at[i]);

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
            bc_buf_add_byte(out, c);
        else
            bc_buf_add_byte(out, '-');
    }
}

static char *name_file(const struct folder *folder, const struct folder_page *page)
{
    struct bc_buf name = { 0 };
    size_t stem;

    if (folder->n == 0)
        return bc_strdup(BC_STR(FIRST));
    bc_buf_printf(&name, "%s", page->place->name);
    if (page->of.len) {
        bc_buf_add_byte(&name, '-');
        add_safe(&name, page->of);
    }
    if (page->rest.len) {
        bc_buf_add_byte(&name, '-');
        add_safe(&name, page->rest);
    }
    stem = name.len;
    for (size_t again = 2;; again++) {
        bc_buf_printf(&name, ".html");
        bc_buf_add_byte(&name, '\0');
        if (!is_taken(folder, name.at))
            return name.at;
        name.len = stem;
        bc_buf_printf(&name, "~%zu", again);
    }
}

/* --- links --- */

/* The file of a page, which is written if it was not yet; NULL: there is no room for more. */
static const char *want(struct folder *folder, const struct folder_page *page)
{
    struct folder_page added = *page;

    for (size_t i = 0; i < folder->n; i++)
        if (folder->at[i].place == page->place && bc_str_eq(folder->at[i].of, page->of) &&
            bc_str_eq(folder->at[i].rest, page->rest))
            return folder->at[i].file;
    if (folder->n >= FOLDER_MOST) {
        folder->left++;
        return NULL;
    }
    added.of = bc_arena_copy(folder->arena, page->of);
    added.rest = bc_arena_copy(folder->arena, page->rest);
    added.file = name_file(folder, &added);
    BC_GROW(folder->at, folder->n, folder->cap);
    folder->at[folder->n++] = added;
    return added.file;
}

/* Of all pages alike. */
static bool is_asked(const struct call_page *call, const struct document_pair *pair)
{
    return bc_str_eq(pair->value, call_param(call, pair->key));
}

/* Only what a place is about, and the next page of a list, make another file. */
static bool address(struct bc_buf *out, const struct document_frame *frame, const char *page,
                    const struct document_pair *pairs, size_t n)
{
    const struct call_page *call = call_of_frame(frame);
    struct folder_page wanted = { .place = site_place(call->site, bc_str_of(page)) };
    const char *file;

    if (!wanted.place || wanted.place->live)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (wanted.place->about && strcmp(pairs[i].key, wanted.place->about) == 0)
            wanted.of = pairs[i].value;
        else if (strcmp(pairs[i].key, "page") == 0)
            wanted.rest = pairs[i].value;
        else if (pairs[i].value.len && !is_asked(call, &pairs[i]))
            return false;
    }
    if (wanted.place->about && wanted.of.len == 0)
        return false;
    file = want(call->site->folder, &wanted);
    if (file)
        bc_buf_printf(out, "%s", file);
    return file != NULL;
}

/* --- what stands above a page --- */

static void begin(struct html_out *out, const struct document_frame *frame)
{
    const struct call_page *call = call_of_frame(frame);

    html_out_put(out, "<header class=\"bar\"><div class=\"wrap\">\n<p class=\"mark\">backcast</p>\n"
                      "<nav class=\"pages\" aria-label=\"Pages\"><ul>");
    for (const struct call_place *place = call->site->places; place->name; place++) {
        bool linked;

        if (!place->label || place->live)
            continue;
        html_out_put(out, "<li%s>", place == call->place ? " class=\"here\"" : "");
        linked = document_link(out, place->name, NULL, 0);
        html_out_put(out, "%s", place->label);
        document_link_end(out, linked);
        html_out_put(out, "</li>");
    }
    html_out_put(out, "</ul></nav>\n</div></header>\n");
}

static void frame(struct document_frame *out, struct call_page *call)
{
    (void)call;
    *out = (struct document_frame){
        .style_within = site_style(), .head_more = MARK, .begin = begin, .address = address
    };
}

/* --- writing --- */

static bc_status write_page(struct site *site, struct outdir *dir, size_t at,
                            const struct site_request *request, struct bc_err *err)
{
    const struct folder_page page = ((struct folder *)site->folder)->at[at];
    struct site_pair *pairs = bc_calloc(request->pair_n + 2, sizeof(*pairs));
    struct site_request asked = { .path = BC_STR("/"), .pairs = pairs };
    struct site_answer answer = { 0 };
    struct call_page call;
    bc_status rc;

    for (; asked.pair_n < request->pair_n; asked.pair_n++)
        pairs[asked.pair_n] = request->pairs[asked.pair_n];
    if (page.of.len)
        pairs[asked.pair_n++] = (struct site_pair){ bc_str_of(page.place->about), page.of };
    if (page.rest.len)
        pairs[asked.pair_n++] = (struct site_pair){ BC_STR("page"), page.rest };
    call_init(&call, site, page.place, &asked);
    call.answer = &answer;
    rc = call_make(&call, err);
    if (rc == BC_E_USAGE && page.of.len) { /* what a link is about may be of other rules */
        site_say_error(&call, rc, err, &answer);
        rc = BC_OK;
    }
    if (rc == BC_OK)
        rc = outdir_add(dir, page.file, bc_buf_str(&call.out.text), err);
    if (rc < 0)
        bc_err_in(err, rc, "%s", page.file);
    call_release(&call);
    bc_buf_release(&answer.body);
    free(answer.filename);
    free(answer.location);
    free(pairs);
    return rc;
}

bc_status folder_write(struct folder_written *out, struct outdir *dir, const struct cmd_env *env,
                       const char *ledger, const struct site_request *request, struct bc_err *err)
{
    struct site *site = site_new(env, ledger);
    struct folder folder = { .arena = bc_arena_new() };
    bc_status rc = site_open(site, err);

    site->folder = &folder;
    site->frame = frame;
    for (const struct call_place *place = site->places; place->name; place++)
        if (place->label && !place->live)
            (void)want(&folder, &(struct folder_page){ .place = place });
    for (size_t i = 0; rc == BC_OK && i < folder.n; i++) /* what is linked to is added meanwhile */
        rc = write_page(site, dir, i, request, err);
    *out = (struct folder_written){ folder.n, folder.left };
    for (size_t i = 0; i < folder.n; i++)
        free(folder.at[i].file);
    free(folder.at);
    bc_arena_free(folder.arena);
    site_free(site);
    return rc;
}

/* --- one that was written before --- */

static bool has_mark(const char *path, const char *name)
{
    enum { HEAD = 1024 };
    struct bc_buf text = { 0 };
    bool marked = bc_dir_read(&text, path, name, NULL) == BC_OK && text.len > HEAD &&
                  memmem(text.at, HEAD, MARK, sizeof(MARK) - 1);

    bc_buf_release(&text);
    return marked;
}

/* A regular file of ours. */
static bool is_page(DIR *folder, const char *path, const char *name)
{
    const size_t len = strlen(name);
    struct stat status;

    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
           (len > 5 && strcmp(name + len - 5, ".html") == 0 &&
            fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && has_mark(path, name));
}

bool folder_may_go(const char *path)
{
    DIR *folder = has_mark(path, FIRST) ? opendir(path) : NULL;
    const struct dirent *entry;
    bool all = folder != NULL;

    while (all && (entry = readdir(folder)) != NULL)
        all = is_page(folder, path, entry->d_name);
    if (folder)
        closedir(folder);
    return all;
}
