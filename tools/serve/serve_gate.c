#include "tools/serve/serve_gate.h"

#include "tools/serve/serve_page.h"
#include "tools/serve/serve_target.h"

#include <strings.h>
#include <sys/random.h>

/* --- the token --- */

bc_status serve_token_new(struct serve_token *out, struct bc_err *err)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char random[SERVE_TOKEN_LEN];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return bc_err_errno(err, "get a random token");
    for (size_t i = 0; i < SERVE_TOKEN_LEN; i++)
        out->text[i] = letters[random[i] % 64];
    out->text[SERVE_TOKEN_LEN] = '\0';
    return BC_OK;
}

bool serve_token_is(const struct serve_token *token, struct bc_str text)
{
    volatile unsigned char differs = 0; /* so that no compiler ends the loop early */

    if (text.len != SERVE_TOKEN_LEN || token->text[0] == '\0')
        return false;
    for (size_t i = 0; i < SERVE_TOKEN_LEN; i++)
        differs =
            (unsigned char)(differs | ((unsigned char)text.at[i] ^ (unsigned char)token->text[i]));
    return differs == 0;
}

/* --- what is seen --- */

static struct bc_str trimmed(struct bc_str s)
{
    size_t begin = 0, end = s.len;

    while (begin < end && (s.at[begin] == ' ' || s.at[begin] == '\t'))
        begin++;
    while (end > begin && (s.at[end - 1] == ' ' || s.at[end - 1] == '\t'))
        end--;
    return bc_str_part(s, begin, end);
}

/* Is the cookie among these? Another server of this machine may have set one of the same name: each
 * is looked at. */
static bool cookie_among(const struct serve_gate *gate, struct bc_str rest)
{
    const struct bc_str name = bc_str_of(gate->cookie);
    bool found = false;

    while (rest.len > 0) {
        const char *mark = memchr(rest.at, ';', rest.len);
        const size_t len = mark ? (size_t)(mark - rest.at) : rest.len;
        const struct bc_str cookie = trimmed(bc_str_part(rest, 0, len));

        if (bc_str_begins(cookie, name) && cookie.len > name.len && cookie.at[name.len] == '=')
            found |= serve_token_is(&gate->token, bc_str_part(cookie, name.len + 1, cookie.len));
        rest = bc_str_part(rest, mark ? len + 1 : len, rest.len);
    }
    return found;
}

static bool is(struct bc_str name, const char *header)
{
    return name.len == strlen(header) && strncasecmp(name.at, header, name.len) == 0;
}

void serve_gate_see(const struct serve_gate *gate, struct serve_seen *seen, struct bc_str name,
                    struct bc_str value)
{
    const struct bc_str text = trimmed(value);

    seen->n++;
    seen->bytes += name.len + value.len;
    if (is(name, "Host")) {
        seen->hosts++;
        seen->host_right = bc_str_eq(value, bc_str_of(gate->host));
    } else if (is(name, "Content-Length")) {
        seen->lengths++;
        seen->body |= !bc_str_eq(text, BC_STR("0")) || seen->lengths > 1;
    } else if (is(name, "Transfer-Encoding")) {
        seen->body = true;
    } else if (is(name, "Sec-Fetch-Site")) {
        seen->foreign |=
            !bc_str_eq(text, BC_STR("none")) && !bc_str_eq(text, BC_STR("same-origin"));
    } else if (is(name, "Sec-Fetch-Mode")) {
        seen->follows = bc_str_eq(text, BC_STR("navigate"));
    } else if (is(name, "Sec-Fetch-Dest")) {
        seen->framed |= !bc_str_eq(text, BC_STR("document"));
    } else if (is(name, "Cookie")) {
        seen->known |= cookie_among(gate, value);
    }
}

/* --- what follows from it --- */

static bool is_get(const char *method)
{
    return strcmp(method, "GET") == 0;
}

static enum serve_verdict refuse(struct serve_answer *answer, unsigned status, const char *heading,
                                 const char *sentence)
{
    serve_page(answer, status, heading, sentence);
    return SERVE_REFUSE;
}

/* Is it asked as pages are asked for, by whomever? */
static enum serve_verdict judge_form(const struct serve_seen *seen, const char *method,
                                     struct bc_str target, bool long_target,
                                     struct serve_answer *answer)
{
    if (seen->hosts != 1 || !seen->host_right)
        return refuse(
            answer, 403, "Not this name",
            "These pages are at the address that <code>backcast serve</code> printed, and "
            "under no other name.");
    if (!is_get(method) && strcmp(method, "HEAD") != 0)
        return refuse(answer, 405, "Pages are only read", "GET and HEAD are all that there is.");
    if (seen->body)
        return refuse(answer, 413, "A question has no body", "All of it is in the address.");
    if (long_target)
        return refuse(answer, 414, "The address is too long",
                      "It has more than 8192 bytes; ask for less at once.");
    if (seen->n > SERVE_HEADERS_MOST || seen->bytes > SERVE_HEADER_BYTES_MOST)
        return refuse(answer, 431, "Too many headers",
                      "There are more than 100, or more than 16384 bytes of them; cookies of other "
                      "servers on this machine are among them.");
    if (!serve_target_sound(target))
        return refuse(answer, 400, "No address", "What was asked for is no address of a page.");
    return SERVE_ENTER;
}

/* With a token in the address. */
static enum serve_verdict judge_token(struct serve_gate *gate, struct bc_str target,
                                      struct bc_str token, struct serve_answer *answer)
{
    struct bc_buf bare = { 0 };
    const bool once = serve_token_is(&gate->once, token);

    if (!serve_token_is(&gate->token, token) && !once)
        return refuse(answer, 403, "Another token",
                      "The token in this address is of an earlier start, or was used already: open "
                      "the address that <code>backcast serve</code> printed last.");
    if (once)
        gate->once.text[0] = '\0';
    serve_target_bare(&bare, target);
    serve_page_link(answer, 303, "Admitted", "The page is at the same address without the token.",
                    bc_buf_str(&bare));
    answer->location = bare.at;
    return SERVE_ADMIT;
}

enum serve_verdict serve_gate_judge(struct serve_gate *gate, const struct serve_seen *seen,
                                    const char *method, struct bc_str target, bool long_target,
                                    struct serve_answer *answer)
{
    enum serve_verdict verdict = judge_form(seen, method, target, long_target, answer);
    struct bc_str token;

    if (verdict != SERVE_ENTER)
        return verdict;
    if (seen->foreign && seen->follows && !seen->framed && is_get(method)) {
        serve_page_link(answer, 403, "A link from elsewhere",
                        "Another page has led here. If you mean to open it, it is here:", target);
        return SERVE_REFUSE;
    }
    if (seen->foreign)
        return refuse(answer, 403, "Asked from elsewhere", "Other pages may not ask here.");
    if (serve_target_token(target, &token))
        return judge_token(gate, target, token, answer);
    if (!seen->known)
        return refuse(answer, 403, "Not admitted",
                      "These pages are for who started them: open the address that <code>backcast "
                      "serve</code> printed, with its token, in this browser; then this one works, "
                      "too.");
    return SERVE_ENTER;
}
