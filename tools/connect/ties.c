#include "tools/connect/ties.h"

#define DIGITS "0123456789"

const char *const connect_clue_word[CONNECT_CLUE_KIND_N] = { "object", "deal", "url", "name" };

const char *const connect_tied_text[CONNECT_TIED_N] = {
    [CONNECT_TIED] = "of a deal",
    [CONNECT_LEFT_OUT] = "of no deal, by links.yaml",
    [CONNECT_NO_CLUE] = "nothing names its deal",
    [CONNECT_NOT_THERE] = "names a deal that the ledger has not",
    [CONNECT_SEVERAL] = "names more than one deal",
};
const char *const connect_tied_word[CONNECT_TIED_N] = {
    [CONNECT_TIED] = "tied",       [CONNECT_LEFT_OUT] = "left_out",
    [CONNECT_NO_CLUE] = "no_clue", [CONNECT_NOT_THERE] = "not_there",
    [CONNECT_SEVERAL] = "several",
};

/* ---- clues ---- */

/* The last one. False: there is none. */
static bool drop_url(struct connect_clues *clues)
{
    size_t i = clues->n;

    while (i > 0 && clues->at[i - 1].kind != CONNECT_URL)
        i--;
    if (i == 0)
        return false;
    memmove(&clues->at[i - 1], &clues->at[i], (clues->n - i) * sizeof(*clues->at));
    clues->n--;
    return true;
}

void connect_clue(struct connect_clues *clues, enum connect_clue_kind kind, struct bc_str text)
{
    if (text.len == 0)
        return;
    for (size_t i = 0; i < clues->n; i++)
        if (clues->at[i].kind == kind && bc_str_eq(clues->at[i].text, text))
            return;
    if (clues->n == CONNECT_CLUES_MAX) {
        clues->dropped++;
        if (kind == CONNECT_URL || !drop_url(clues))
            return;
    }
    clues->at[clues->n++] = (struct connect_clue){ kind, text };
}

static size_t span_of(struct bc_str text, size_t at, const char *set)
{
    size_t n = 0;

    while (at + n < text.len && strchr(set, text.at[at + n]) && text.at[at + n])
        n++;
    return n;
}

/* "https://app-eu1.hubspot.com/contacts/PORTAL/record/0-3/ID", or ".../PORTAL/deal/ID". */
static struct bc_str deal_of_url(struct bc_str url)
{
    static const char domain[] = "hubspot.com/contacts/";
    static const char *const kinds[] = { "/record/0-3/", "/deal/" };
    const char *found = memmem(url.at, url.len, domain, strlen(domain));
    struct bc_str rest;
    size_t portal;

    if (!found)
        return (struct bc_str){ 0 };
    rest = bc_str_part(url, (size_t)(found - url.at) + strlen(domain), url.len);
    portal = span_of(rest, 0, DIGITS);
    rest = bc_str_part(rest, portal, rest.len);
    for (size_t i = 0; portal && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (bc_str_begins(rest, bc_str_of(kinds[i]))) {
            const size_t at = strlen(kinds[i]);

            return bc_str_part(rest, at, at + span_of(rest, at, DIGITS));
        }
    return (struct bc_str){ 0 };
}

/* What ends an address in running text. */
static bool ends_url(char c)
{
    return (unsigned char)c <= ' ' || strchr("<>\"'`|\\^{}()[]", c) != NULL;
}

static struct bc_str url_at(struct bc_str text, size_t at)
{
    size_t end = at;

    while (end < text.len && !ends_url(text.at[end]))
        end++;
    while (end > at && strchr(".,;:!?*_", text.at[end - 1]))
        end--;
    return bc_str_part(text, at, end);
}

void connect_clue_text(struct connect_clues *clues, struct bc_str text)
{
    for (size_t at = 0; at < text.len;) {
        const char *found = memmem(text.at + at, text.len - at, "http", strlen("http"));
        struct bc_str url, rest;

        if (!found)
            return;
        at = (size_t)(found - text.at);
        rest = bc_str_part(text, at, text.len);
        if (!bc_str_begins(rest, BC_STR("https://")) && !bc_str_begins(rest, BC_STR("http://"))) {
            at += strlen("http");
            continue;
        }
        url = url_at(text, at);
        if (deal_of_url(url).len)
            connect_clue(clues, CONNECT_DEAL, deal_of_url(url));
        else
            connect_clue(clues, CONNECT_URL, url);
        at += url.len ? url.len : 1;
    }
}

void connect_clue_title(struct connect_clues *clues, struct bc_str title, struct bc_str pattern)
{
    static const struct {
        const char *hole;
        enum connect_clue_kind kind;
    } holes[] = { { "{deal}", CONNECT_DEAL }, { "{name}", CONNECT_NAME } };

    for (size_t i = 0; title.at && i < sizeof(holes) / sizeof(holes[0]); i++) {
        const size_t len = strlen(holes[i].hole);
        const char *hole = memmem(pattern.at, pattern.len, holes[i].hole, len);
        struct bc_str before, after;

        if (!hole)
            continue;
        before = bc_str_part(pattern, 0, (size_t)(hole - pattern.at));
        after = bc_str_part(pattern, before.len + len, pattern.len);
        if (title.len > before.len + after.len && bc_str_begins(title, before) &&
            bc_str_eq(bc_str_part(title, title.len - after.len, title.len), after))
            connect_clue(clues, holes[i].kind,
                         bc_str_part(title, before.len, title.len - after.len));
    }
}

/* ---- of which deal ---- */

/* The deals that a step names: the first, and how many different ones; and whether one is among
 * them. */
struct named {
    struct bc_str first;
    size_t n;
    struct bc_str wanted;
    bool has_wanted;
};

static void name(struct named *named, struct bc_str deal)
{
    if (named->n == 0)
        named->first = deal;
    if (named->n == 0 || !bc_str_eq(named->first, deal))
        named->n++;
    named->has_wanted |= bc_str_eq(named->wanted, deal);
}

/* An object is linked by its name with its system before it, or by its address as it is. */
static const struct bc_str *link_of(const struct connect_links *links, struct bc_str system,
                                    const struct connect_clues *clues)
{
    const struct connect_link *first = NULL;
    struct bc_buf key = { 0 };

    for (size_t i = 0; i < clues->n; i++) {
        struct connect_link *found[2];

        if (clues->at[i].kind != CONNECT_OBJECT)
            continue;
        key.len = 0;
        bc_buf_printf(&key, "%.*s:%.*s", BC_STR_ARG(system), BC_STR_ARG(clues->at[i].text));
        found[0] = connect_links_find(links, bc_buf_str(&key));
        found[1] = connect_links_find(links, clues->at[i].text);
        for (size_t f = 0; f < 2; f++) {
            if (found[f])
                found[f]->met = true;
            first = first ? first : found[f];
        }
    }
    bc_buf_release(&key);
    return first ? &first->deal : NULL;
}

static void name_by(struct named *named, const connect_known *known, enum connect_by by,
                    const struct connect_clues *clues, enum connect_clue_kind kind)
{
    for (size_t i = 0; i < clues->n; i++) {
        const struct bc_str *deals = NULL;
        const size_t n = clues->at[i].kind == kind
                             ? connect_known_deals_by(known, by, clues->at[i].text, &deals)
                             : 0;

        for (size_t d = 0; d < n; d++)
            name(named, deals[d]);
    }
}

static void name_deals(struct named *named, const struct connect_clues *clues)
{
    for (size_t i = 0; i < clues->n; i++)
        if (clues->at[i].kind == CONNECT_DEAL)
            name(named, clues->at[i].text);
}

static enum connect_tied judge(const connect_known *known, const struct named *named)
{
    if (named->n == 0)
        return CONNECT_NO_CLUE;
    if (named->n > 1)
        return CONNECT_SEVERAL;
    return connect_known_deal(known, named->first) ? CONNECT_TIED : CONNECT_NOT_THERE;
}

/* False: links.yaml leaves it out. */
static bool name_all(struct named *named, const struct connect_links *links,
                     const connect_known *known, struct bc_str system,
                     const struct connect_clues *clues)
{
    const struct bc_str *link = link_of(links, system, clues);

    if (link && link->len == 0)
        return false;
    if (link)
        name(named, *link);
    if (named->n == 0)
        name_by(named, known, CONNECT_BY_PROPERTY, clues, CONNECT_OBJECT);
    if (named->n == 0)
        name_deals(named, clues);
    if (named->n == 0)
        name_by(named, known, CONNECT_BY_URL, clues, CONNECT_URL);
    if (named->n == 0)
        name_by(named, known, CONNECT_BY_NAME, clues, CONNECT_NAME);
    return true;
}

enum connect_tied connect_tie(struct bc_str *deal, const struct connect_links *links,
                              const connect_known *known, struct bc_str system,
                              const struct connect_clues *clues)
{
    struct named named = { 0 };

    if (!name_all(&named, links, known, system, clues))
        return CONNECT_LEFT_OUT;
    *deal = named.first;
    return judge(known, &named);
}

bool connect_names(struct bc_str deal, const struct connect_links *links,
                   const connect_known *known, struct bc_str system,
                   const struct connect_clues *clues)
{
    struct named named = { .wanted = deal };

    return name_all(&named, links, known, system, clues) && named.has_wanted;
}
