/* Requests to the server of pages, a line "METHOD TARGET" and lines of headers. Nobody enters
 * without the cookie, nobody gets it without the token; what goes back to a browser leads nowhere
 * else and ends no attribute; what is asked is text. */
#include "tests/fuzz/fuzz.h"
#include "tools/serve/serve_gate.h"
#include "tools/serve/serve_page.h"
#include "tools/serve/serve_target.h"

#include <stdlib.h>

#define TOKEN "abcdefghijklmnopqrstuvwxyz012345"

static bool has(struct bc_str text, const char *part)
{
    return text.len > 0 && memmem(text.at, text.len, part, strlen(part));
}

static struct bc_str next_line(struct bc_str *rest)
{
    const char *mark = rest->len ? memchr(rest->at, '\n', rest->len) : NULL;
    const size_t len = mark ? (size_t)(mark - rest->at) : rest->len;
    const struct bc_str line = bc_str_part(*rest, 0, len);

    *rest = bc_str_part(*rest, mark ? len + 1 : len, rest->len);
    return line;
}

/* As the library has them: nothing has a NUL, and what is before a value is no part of it. */
static void see_headers(const struct serve_gate *gate, struct serve_seen *seen, struct bc_str rest)
{
    while (rest.len > 0) {
        const struct bc_str line = next_line(&rest);
        const char *colon = line.len ? memchr(line.at, ':', line.len) : NULL;
        size_t at = colon ? (size_t)(colon - line.at) + 1 : 0;

        if (!colon)
            continue;
        while (at < line.len && line.at[at] == ' ')
            at++;
        serve_gate_see(gate, seen, bc_str_part(line, 0, (size_t)(colon - line.at)),
                       bc_str_part(line, at, line.len));
    }
}

static void check_read(struct bc_str target)
{
    struct serve_target read = { 0 };
    const char *fault = serve_target_read(&read, target);
    size_t len = read.request.path.len;

    FUZZ_MUST(fault || (len > 0 && read.request.path.at[0] == '/'), "a path that is none");
    for (size_t i = 0; !fault && i < read.request.pair_n; i++) {
        const struct bc_str both[] = { read.pairs[i].key, read.pairs[i].value };

        for (size_t j = 0; j < 2; j++) {
            len += both[j].len;
            FUZZ_MUST(bc_str_utf8_fault(both[j]) == both[j].len, "a pair that is no UTF-8");
            FUZZ_MUST(!both[j].len || !memchr(both[j].at, '\0', both[j].len), "a pair with a NUL");
        }
    }
    FUZZ_MUST(fault || len <= target.len, "more than was sent");
    serve_target_release(&read);
}

static void check_answer(const struct serve_answer *answer)
{
    const struct bc_str body = bc_buf_str(&answer->body), link = BC_STR("<a href=\"");
    const char *at = memmem(body.at, body.len, link.at, link.len), *end;

    FUZZ_MUST(answer->status == 303 || answer->status >= 400, "a refusal with %u", answer->status);
    FUZZ_MUST(!has(body, "<script"), "markup from an address");
    if (!at)
        return;
    at += link.len;
    end = memchr(at, '"', body.len - (size_t)(at - body.at));
    FUZZ_MUST(end && memcmp(end, "\">Open the page</a>", 19) == 0, "a link that ends elsewhere");
    FUZZ_MUST(at[0] == '/' && at[1] != '/' && at[1] != '\\', "a link to elsewhere");
}

static void check_verdict(enum serve_verdict verdict, const struct serve_answer *answer,
                          struct bc_str target, struct bc_str headers)
{
    const char *location = answer->location;

    FUZZ_MUST(verdict == SERVE_REFUSE || has(headers, "127.0.0.1:61234"), "without its host");
    FUZZ_MUST(verdict != SERVE_ENTER || has(headers, "backcast-61234=" TOKEN), "no cookie");
    FUZZ_MUST((verdict == SERVE_ADMIT) == (location != NULL), "a way without a token");
    if (verdict == SERVE_ENTER)
        return;
    check_answer(answer);
    if (!location)
        return;
    FUZZ_MUST(has(target, "token=" TOKEN), "admitted without the token");
    FUZZ_MUST(!serve_target_token(bc_str_of(location), &(struct bc_str){ 0 }), "a token stays");
    FUZZ_MUST(serve_target_sound(bc_str_of(location)), "a way to elsewhere: %s", location);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct serve_gate gate = { .host = "127.0.0.1:61234",
                               .cookie = "backcast-61234",
                               .token = { TOKEN } };
    struct bc_str rest = { (const char *)data, len }, line, target;
    struct serve_answer answer = { 0 };
    struct serve_seen seen = { 0 };
    char *method, *text;
    size_t blank;

    for (size_t i = 0; i < len; i++)
        if (data[i] == '\0')
            return 0;
    line = next_line(&rest);
    for (blank = 0; blank < line.len && line.at[blank] != ' ';)
        blank++;
    method = bc_strdup(bc_str_part(line, 0, blank));
    text = bc_strdup(bc_str_part(line, blank < line.len ? blank + 1 : blank, line.len));
    target = bc_str_of(text);
    see_headers(&gate, &seen, rest);
    check_verdict(serve_gate_judge(&gate, &seen, method, target, false, &answer), &answer, target,
                  rest);
    if (serve_target_sound(target))
        check_read(target);
    serve_answer_release(&answer);
    free(method);
    free(text);
    return 0;
}
