#include "tools/connect/draft_titles.h"

#include <ctype.h>
#include <stdlib.h>

enum {
    TITLES_MAX = 2000,
    TITLE_LEN_MAX = 200,
    EDGES_MAX = 64, /* of parts of a title */
    SHORTEST = 3,   /* a name or an id, so that "7" is none */
    BEFORE_MAX = 6, /* words that titles begin with, */
    AFTER_MAX = 4,  /* and end with */
    WORDS_MAX = 40,
    ALIKE_MIN = 3,   /* titles that make a pattern */
    PATTERNS_MAX = 5 /* of those that only look alike */
};
#define HOLE BC_STR("{name}")

void connect_titles_add(struct connect_titles *titles, struct bc_str title)
{
    if (title.len == 0 || title.len > TITLE_LEN_MAX || memchr(title.at, '{', title.len) ||
        memchr(title.at, '}', title.len))
        return;
    if (titles->seen.n == TITLES_MAX)
        titles->more++;
    else
        connect_offer(&titles->seen, title)->n++;
}

void connect_titles_release(struct connect_titles *titles)
{
    connect_offers_release(&titles->seen);
}

static bool fits(struct bc_str title, struct bc_str pattern)
{
    struct connect_clues clues = { 0 };

    connect_clue_title(&clues, title, pattern);
    return clues.n > 0;
}

bool connect_titles_fits(const struct connect_offers *patterns, struct bc_str title)
{
    for (size_t i = 0; i < patterns->n; i++)
        if (patterns->at[i].taken && fits(title, patterns->at[i].text))
            return true;
    return false;
}

/* ---- those that name a deal ---- */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Where words begin, or end. */
static size_t edges(size_t out[EDGES_MAX], struct bc_str title, bool ends)
{
    size_t n = 0;

    for (size_t i = 0; i <= title.len && n < EDGES_MAX; i++) {
        const bool before = i > 0 && is_word(title.at[i - 1]),
                   after = i < title.len && is_word(title.at[i]);

        if (before != after && before == ends)
            out[n++] = i;
    }
    return n;
}

static const char *hole_of(const struct connect_run *run, struct bc_str part)
{
    const struct bc_str *deals;

    if (part.len < SHORTEST)
        return NULL;
    if (connect_known_deals_by(run->known, CONNECT_BY_NAME, part, &deals) > 0)
        return "{name}";
    return connect_known_deal(run->known, part) ? "{deal}" : NULL;
}

/* The longest part that is a deal's, with something beside it. */
static bool find_deal(struct bc_buf *pattern, const struct connect_run *run, struct bc_str title)
{
    size_t begins[EDGES_MAX], ends[EDGES_MAX], best = 0;
    const size_t begin_n = edges(begins, title, false), end_n = edges(ends, title, true);

    for (size_t b = 0; b < begin_n; b++) {
        for (size_t e = 0; e < end_n; e++) {
            const size_t begin = begins[b], end = ends[e];
            const char *hole = end > begin + best && (b > 0 || e + 1 < end_n)
                                   ? hole_of(run, bc_str_part(title, begin, end))
                                   : NULL;

            if (!hole)
                continue;
            best = end - begin;
            pattern->len = 0;
            bc_buf_printf(pattern, "%.*s%s%.*s", (int)begin, title.at, hole, (int)(title.len - end),
                          title.at + end);
        }
    }
    return best > 0;
}

static void add_sure(struct connect_offers *out, const struct connect_titles *titles,
                     const struct connect_run *run)
{
    struct bc_buf pattern = { 0 };

    for (size_t i = 0; run->known && i < titles->seen.n; i++) {
        struct connect_offer *offer;

        if (!find_deal(&pattern, run, titles->seen.at[i].text))
            continue;
        offer = connect_offer(out, bc_buf_str(&pattern));
        offer->deals++;
        offer->taken = true;
    }
    bc_buf_release(&pattern);
}

/* ---- those that look alike ---- */

struct words {
    struct bc_str title;
    size_t begin[WORDS_MAX], end[WORDS_MAX], n;
};

static struct words words_of(struct bc_str title)
{
    struct words words = { .title = title };

    for (size_t at = 0; at < title.len && words.n < WORDS_MAX; words.n++) {
        const char *space = memchr(title.at + at, ' ', title.len - at);

        words.begin[words.n] = at;
        words.end[words.n] = space ? (size_t)(space - title.at) : title.len;
        at = words.end[words.n] + 1;
    }
    return words;
}

/* Two words, or one with a mark as in "Hub: x": "The {name}" fits whatever people write. */
static bool says_enough(const struct words *words, size_t before, size_t after)
{
    return before + after > 1 ||
           (before == 1 && words->end[0] > 0 && strchr(":-#]", words->title.at[words->end[0] - 1]));
}

/* All patterns that a title makes are counted, by their texts. */
static void count_patterns(struct connect_offers *counted, struct bc_str title)
{
    const struct words words = words_of(title);
    struct bc_buf pattern = { 0 };

    for (size_t before = 0; before <= BEFORE_MAX && before < words.n; before++) {
        for (size_t after = 0; after <= AFTER_MAX && before + after < words.n; after++) {
            const size_t from = words.begin[before], to = words.end[words.n - 1 - after];

            if (!says_enough(&words, before, after))
                continue;
            pattern.len = 0;
            bc_buf_add_str(&pattern, bc_str_part(title, 0, from));
            bc_buf_add_str(&pattern, HOLE);
            bc_buf_add_str(&pattern, bc_str_part(title, to, title.len));
            connect_offer(counted, bc_buf_str(&pattern))->n++;
        }
    }
    bc_buf_release(&pattern);
}

/* The one with the most text in common, over all titles that have it; NULL: none is of enough. */
static const struct connect_offer *best_of(const struct connect_offers *counted)
{
    const struct connect_offer *best = NULL;
    uint64_t most = 0;

    for (size_t i = 0; i < counted->n; i++) {
        const struct connect_offer *one = &counted->at[i];
        const uint64_t weight = (one->n - 1) * (one->text.len - HOLE.len);

        if (one->n < ALIKE_MIN || weight < most ||
            (weight == most && best && bc_str_cmp(one->text, best->text) > 0))
            continue;
        best = one;
        most = weight;
    }
    return best;
}

static bool is_covered(const struct connect_offers *patterns, struct bc_str title)
{
    for (size_t i = 0; i < patterns->n; i++)
        if (fits(title, patterns->at[i].text))
            return true;
    return false;
}

static bool add_alike(struct connect_offers *out, const struct connect_titles *titles)
{
    struct connect_offers counted = { 0 };
    const struct connect_offer *best;

    for (size_t i = 0; i < titles->seen.n; i++)
        if (!is_covered(out, titles->seen.at[i].text))
            count_patterns(&counted, titles->seen.at[i].text);
    best = best_of(&counted);
    if (best)
        (void)connect_offer(out, best->text);
    connect_offers_release(&counted);
    return best != NULL;
}

void connect_titles_patterns(struct connect_offers *out, const struct connect_titles *titles,
                             const struct connect_run *run)
{
    size_t n = 0;

    add_sure(out, titles, run);
    while (n < PATTERNS_MAX && add_alike(out, titles))
        n++;
    for (size_t i = 0; i < out->n; i++)
        for (size_t t = 0; t < titles->seen.n; t++)
            out->at[i].n += fits(titles->seen.at[t].text, out->at[i].text);
}
