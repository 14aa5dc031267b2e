#include "tools/serve/serve_target.h"

/* --- as it stands --- */

/* Would a browser take it for the address of another server? */
static bool leads_away(struct bc_str path)
{
    return path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\');
}

bool serve_target_sound(struct bc_str target)
{
    if (target.len == 0 || target.at[0] != '/' || leads_away(target))
        return false;
    for (size_t i = 0; i < target.len; i++)
        if (target.at[i] <= ' ' || target.at[i] > '~' || target.at[i] == '#')
            return false;
    return true;
}

/* Parts a target at its question mark. */
static void part(struct bc_str *path, struct bc_str *query, struct bc_str target)
{
    const char *mark = target.len ? memchr(target.at, '?', target.len) : NULL;
    const size_t at = mark ? (size_t)(mark - target.at) : target.len;

    *path = bc_str_part(target, 0, at);
    *query = bc_str_part(target, mark ? at + 1 : at, target.len);
}

/* Takes the next piece between ampersands off a query. */
static bool next_piece(struct bc_str *rest, struct bc_str *piece)
{
    const char *mark = rest->len ? memchr(rest->at, '&', rest->len) : NULL;
    const size_t len = mark ? (size_t)(mark - rest->at) : rest->len;

    if (rest->len == 0)
        return false;
    *piece = bc_str_part(*rest, 0, len);
    *rest = bc_str_part(*rest, mark ? len + 1 : len, rest->len);
    return true;
}

static bool is_token(struct bc_str piece, struct bc_str *value)
{
    const struct bc_str key = BC_STR("token=");

    if (!bc_str_begins(piece, key))
        return false;
    *value = bc_str_part(piece, key.len, piece.len);
    return true;
}

bool serve_target_token(struct bc_str target, struct bc_str *token)
{
    struct bc_str path, rest, piece;

    part(&path, &rest, target);
    while (next_piece(&rest, &piece))
        if (is_token(piece, token))
            return true;
    return false;
}

void serve_target_bare(struct bc_buf *out, struct bc_str target)
{
    struct bc_str path, rest, piece, value;
    char mark = '?';

    part(&path, &rest, target);
    bc_buf_add_str(out, path);
    while (next_piece(&rest, &piece))
        if (!is_token(piece, &value)) {
            bc_buf_add_byte(out, mark);
            bc_buf_add_str(out, piece);
            mark = '&';
        }
    *bc_buf_room(out, 1) = '\0';
}

void serve_target_quoted(struct bc_buf *out, struct bc_str target)
{
    for (size_t i = 0; i < target.len; i++) {
        const char byte = target.at[i];

        if (byte == '&')
            bc_buf_add_str(out, BC_STR("&amp;"));
        else if (strchr("\"'<>`", byte))
            bc_buf_printf(out, "%%%02X", (unsigned)byte); /* which is the same address */
        else
            bc_buf_add_byte(out, byte);
    }
}

/* --- decoded --- */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL, or what is wrong. There is room in `texts` for all of the target, so that what points into
 * it stays. */
static const char *decode(struct bc_str *out, struct bc_buf *texts, struct bc_str raw, bool plus)
{
    const size_t begin = texts->len;

    for (size_t i = 0; i < raw.len; i++) {
        char byte = raw.at[i];

        if (byte == '+' && plus)
            byte = ' ';
        if (byte == '%') {
            if (raw.len - i < 3 || digit(raw.at[i + 1]) < 0 || digit(raw.at[i + 2]) < 0)
                return "The address has a % that two hexadecimal digits do not follow.";
            byte = (char)(digit(raw.at[i + 1]) * 16 + digit(raw.at[i + 2]));
            i += 2;
        }
        if (byte == '\0')
            return "The address has a NUL in it.";
        bc_buf_add_byte(texts, byte);
    }
    *out = (struct bc_str){ texts->at + begin, texts->len - begin };
    return bc_str_utf8_fault(*out) < out->len ? "The address has bytes that are no UTF-8." : NULL;
}

static const char *read_pair(struct serve_target *out, struct bc_str piece)
{
    const char *equals = memchr(piece.at, '=', piece.len), *fault;
    const size_t len = equals ? (size_t)(equals - piece.at) : piece.len;
    struct serve_pair *pair = &out->pairs[out->request.pair_n];

    if (out->request.pair_n == SERVE_PAIRS_MOST)
        return "The address asks for more than 64 things.";
    out->request.pair_n++;
    fault = decode(&pair->key, &out->texts, bc_str_part(piece, 0, len), true);
    if (fault)
        return fault;
    return decode(&pair->value, &out->texts, bc_str_part(piece, equals ? len + 1 : len, piece.len),
                  true);
}

const char *serve_target_read(struct serve_target *out, struct bc_str target)
{
    struct bc_str path, rest, piece;
    const char *fault;

    part(&path, &rest, target);
    (void)bc_buf_room(&out->texts, target.len);
    out->request.pairs = out->pairs;
    fault = decode(&out->request.path, &out->texts, path, false);
    if (!fault && leads_away(out->request.path))
        fault = "The address begins with more than one slash.";
    while (!fault && next_piece(&rest, &piece))
        if (piece.len > 0)
            fault = read_pair(out, piece);
    return fault;
}

void serve_target_release(struct serve_target *target)
{
    bc_buf_release(&target->texts);
}
