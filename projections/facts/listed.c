#include "projections/facts/listed.h"

#include "ledger/base/spelling.h"

#include <string.h>

const char *const bc_listed_reasons[] = { "price",     "timing", "competitor", "feature_gap",
                                          "wrong_icp", "other",  NULL };

const char *const bc_listed_properties[] = { "deal_type", "contract_start", "contract_end",
                                             "mrr",       "renews",         "parked_until",
                                             NULL };

static bool is_in(const char *const *list, struct bc_str word)
{
    for (size_t i = 0; list[i]; i++)
        if (bc_str_eq(word, bc_str_of(list[i])))
            return true;
    return false;
}

bool bc_listed_reason(struct bc_str reason)
{
    return is_in(bc_listed_reasons, reason);
}

enum { NAME_MAX = 32, NEAR_LEAST = 5 };

/* Letters and digits, in lower case: what is left of "Deal Type" and of "deal_type" alike. */
struct bare {
    char at[NAME_MAX];
    size_t len;
};

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c | 0x20);
    return c;
}

static bool strip(struct bare *out, struct bc_str name)
{
    out->len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (c == '_' || c == '-' || c == ' ' || c == '.')
            continue;
        if (out->len == NAME_MAX)
            return false;
        out->at[out->len++] = lower(c);
    }
    return true;
}

/* One step apart; a short word is near to too many others ("arr" is not "mrr"). A step leaves the
 * first byte or the last as it was, which spares nearly all comparisons. */
static bool is_near(const struct bare *name, const struct bare *listed)
{
    if (listed->len < NEAR_LEAST || name->len < NEAR_LEAST || name->len > listed->len + 1 ||
        name->len + 1 < listed->len ||
        (name->at[0] != listed->at[0] && name->at[name->len - 1] != listed->at[listed->len - 1]))
        return false;
    return bc_spelling_steps((struct bc_str){ name->at, name->len },
                             (struct bc_str){ listed->at, listed->len }, 1) <= 1;
}

/* "contract_end_date" is the contract's end. */
static bool is_date_of(const struct bare *name, const struct bare *listed)
{
    static const char date[] = "date";
    const size_t len = sizeof(date) - 1;

    return name->len == listed->len + len && memcmp(name->at, listed->at, listed->len) == 0 &&
           memcmp(name->at + listed->len, date, len) == 0;
}

static bool resembles(const struct bare *name, const char *property)
{
    struct bare listed;

    (void)strip(&listed, bc_str_of(property));
    return (name->len == listed.len && memcmp(name->at, listed.at, listed.len) == 0) ||
           is_date_of(name, &listed) || is_near(name, &listed);
}

const char *bc_listed_property_meant(struct bc_str name)
{
    const char *meant = NULL;
    struct bare bare;

    if (!strip(&bare, name))
        return NULL;
    for (size_t i = 0; bc_listed_properties[i]; i++) {
        if (bc_str_eq(name, bc_str_of(bc_listed_properties[i])))
            return NULL;
        if (!meant && resembles(&bare, bc_listed_properties[i]))
            meant = bc_listed_properties[i];
    }
    return meant;
}
