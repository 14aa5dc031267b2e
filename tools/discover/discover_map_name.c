#include "tools/discover/discover_map_name.h"

#include "tools/cli/letters.h"
#include "tools/discover/discover_listed.h"

#include <ctype.h>

enum { NAME_MAX_LEN = 64, PARTS_MOST = 32 };

/* Letters or digits of a file's name, between what is neither. */
struct part {
    const char *at;
    size_t len;
    bool digits, dated; /* only digits; it may belong to a date */
    bool day;           /* it makes what is beside it a date */
};

static unsigned number(const char *at, size_t len)
{
    unsigned n = 0;

    for (size_t i = 0; i < len; i++)
        n = n * 10 + (unsigned)(at[i] - '0');
    return n;
}

static bool is_year(const char *at)
{
    const unsigned year = number(at, 4);

    return year >= 1990 && year <= 2099;
}

static bool is_month_day(unsigned month, unsigned day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* 20261123 or 23112026, and a time after it; 261123. */
static bool is_day(const struct part *part)
{
    const char *at = part->at;

    if (part->len == 6)
        return is_month_day(number(at + 2, 2), number(at + 4, 2));
    if (part->len != 8 && part->len != 12 && part->len != 14)
        return false;
    return (is_year(at) && is_month_day(number(at + 4, 2), number(at + 6, 2))) ||
           (is_year(at + 4) && is_month_day(number(at + 2, 2), number(at, 2)));
}

/* "nov", "kw48", "q4", "T140559Z": with a year beside it, of a date. */
static bool is_word_of_date(const struct part *part)
{
    static const char words[] =
        "jan january januar feb february februar mar march mrz marz maerz apr april may mai jun "
        "june juni jul july juli aug august sep sept september oct october okt oktober nov "
        "november dec december dez dezember kw cw w wk week q h t z am pm";
    size_t letters = 0;
    struct bc_buf word = { 0 };
    unsigned at;
    bool listed;

    while (letters < part->len && isalpha((unsigned char)part->at[letters]))
        letters++;
    letters_of(&word, (struct bc_str){ part->at, letters }, 0);
    listed = discover_listed(&at, words, bc_buf_str(&word));
    bc_buf_release(&word);
    for (size_t i = letters; listed && i < part->len; i++)
        listed = isdigit((unsigned char)part->at[i]) || (i + 1 == part->len && part->at[i] == 'Z');
    return listed;
}

/* 20261123T140559Z */
static bool is_stamp(const struct part *part)
{
    const struct part day = { .at = part->at, .len = 8 };
    const struct part rest = { .at = part->at + 8, .len = part->len - 8 };

    if (part->len <= 8 || (part->at[8] | 0x20) != 't')
        return false;
    for (size_t i = 0; i < 8; i++)
        if (!isdigit((unsigned char)part->at[i]))
            return false;
    return is_day(&day) && is_word_of_date(&rest);
}

static size_t split(struct part parts[PARTS_MOST], struct bc_str text)
{
    const char *end = text.at + text.len, *at = text.at;
    size_t n = 0;

    while (at < end && n < PARTS_MOST) {
        struct part part = { .digits = true };

        while (at < end && !isalnum((unsigned char)*at) && (unsigned char)*at < 0x80)
            at++;
        for (part.at = at; at < end && (isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80);
             at++)
            part.digits &= isdigit((unsigned char)*at) != 0;
        part.len = (size_t)(at - part.at);
        if (part.len == 0)
            break;
        part.day =
            part.digits ? (part.len == 4 ? is_year(part.at) : is_day(&part)) : is_stamp(&part);
        part.dated = part.digits || part.day || is_word_of_date(&part);
        parts[n++] = part;
    }
    return n;
}

/* The name without what the program that wrote it added: ".csv.gz", " (2)". */
static struct bc_str stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot;
    struct bc_str stem = bc_str_of(slash ? slash + 1 : path);
    size_t n;

    while ((dot = stem.len > 1 ? memrchr(stem.at + 1, '.', stem.len - 1) : NULL)) {
        n = (size_t)(stem.at + stem.len - dot) - 1;
        if (n == 0 || n > 4 || !isalpha((unsigned char)dot[1]))
            break;
        stem.len -= n + 1;
    }
    for (n = stem.len; n > 0 && stem.at[n - 1] != '(';)
        n--;
    if (n > 1 && stem.at[stem.len - 1] == ')' && stem.len - n <= 4 &&
        isdigit((unsigned char)stem.at[n]))
        stem.len = n - 1;
    while (stem.len > 0 && stem.at[stem.len - 1] == ' ')
        stem.len--;
    return stem;
}

/* As it stands; what a name cannot have is a stroke. */
static void add(struct bc_buf *out, struct bc_str text)
{
    for (size_t i = 0; i < text.len && out->len < NAME_MAX_LEN; i++)
        bc_buf_add_byte(
            out, isalnum((unsigned char)text.at[i]) || strchr("_-", text.at[i]) ? text.at[i] : '-');
}

static bool is_between(char byte)
{
    return byte == '-' || byte == '_';
}

static void trim_end(struct bc_buf *out)
{
    while (out->len > 0 && is_between(out->at[out->len - 1]))
        out->len--;
}

/* Parts that belong to a date, one after another: [begin..*end). Whether they are one. */
static bool is_date(const struct part *parts, size_t n, size_t begin, size_t *end)
{
    bool day = false;

    for (*end = begin; *end < n && parts[*end].dated; ++*end)
        day |= parts[*end].day;
    return day;
}

bool discover_map_name(struct bc_buf *out, const char *path)
{
    const struct bc_str stem = stem_of(path);
    const char *from = stem.at, *end = stem.at + stem.len;
    struct part parts[PARTS_MOST];
    const size_t n = split(parts, stem);
    bool cut = false;

    for (size_t i = 0, next; strcmp(path, "-") != 0 && i < n; i = next + 1) {
        if (!is_date(parts, n, i, &next))
            continue;
        add(out, (struct bc_str){ from, (size_t)(parts[i].at - from) });
        trim_end(out);
        from = parts[next - 1].at + parts[next - 1].len;
        while (out->len == 0 && from < end && !isalnum((unsigned char)*from))
            from++;
        cut = true;
    }
    add(out, (struct bc_str){ from, (size_t)(end - from) });
    if (cut)
        trim_end(out);
    if (out->len > 0 && strcmp(path, "-") != 0)
        return cut;
    out->len = 0;
    bc_buf_add_str(out, BC_STR("table"));
    return cut;
}
