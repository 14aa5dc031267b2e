#include "tools/webhook/signature.h"

#include "ledger/base/base64.h"
#include "ledger/base/instant.h"

#include <strings.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { SUM_LEN = 32 };

/* How a delivery is signed. */
struct scheme {
    bool keyed;         /* HMAC; else a plain sum of the secret and what follows */
    bool base64;        /* else lower-case hex */
    const char *before; /* the signature: "sha256=" */
    struct bc_str signature;
    struct bc_buf message;
};

/* ---- what is signed ---- */

static bool time_of(int64_t *us, struct bc_str text, int64_t unit_us)
{
    int64_t value = 0;

    if (text.len == 0 || text.len > 15)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        value = value * 10 + (text.at[i] - '0');
    }
    *us = value <= BC_INSTANT_MAX / unit_us ? value * unit_us : -1;
    return *us >= 0;
}

/* The address as HubSpot signs it: some escapes are decoded, all others stay. */
static void add_url(struct bc_buf *out, struct bc_str url)
{
    static const struct {
        char code[4];
        char c;
    } decoded[] = { { "%3A", ':' }, { "%2F", '/' }, { "%3F", '?' },  { "%40", '@' },
                    { "%21", '!' }, { "%24", '$' }, { "%27", '\'' }, { "%28", '(' },
                    { "%29", ')' }, { "%2A", '*' }, { "%2C", ',' },  { "%3B", ';' } };
    enum { DECODED_N = sizeof(decoded) / sizeof(decoded[0]) };

    for (size_t i = 0; i < url.len; i++) {
        size_t d = 0;

        while (d < DECODED_N &&
               (url.len - i < 3 || strncasecmp(url.at + i, decoded[d].code, 3) != 0))
            d++;
        if (d < DECODED_N) {
            bc_buf_add_byte(out, decoded[d].c);
            i += 2;
        } else {
            bc_buf_add_byte(out, url.at[i]);
        }
    }
}

static bool hubspot(struct scheme *out, const struct webhook_delivery *delivery, int64_t *us)
{
    const struct bc_str version = webhook_header(delivery, "X-HubSpot-Signature-Version");
    const struct bc_str third = webhook_header(delivery, "X-HubSpot-Signature-v3");
    const struct bc_str time = webhook_header(delivery, "X-HubSpot-Request-Timestamp");
    const bool second = bc_str_eq(version, BC_STR("v2"));

    out->signature = third.len ? third : webhook_header(delivery, "X-HubSpot-Signature");
    out->keyed = out->base64 = third.len > 0;
    if (third.len > 0 || second) {
        if (delivery->method.len == 0 || delivery->url.len == 0)
            return false;
        bc_buf_add_str(&out->message, delivery->method);
    }
    if (third.len > 0)
        add_url(&out->message, delivery->url);
    else if (second)
        bc_buf_add_str(&out->message, delivery->url);
    else if (version.len && !bc_str_eq(version, BC_STR("v1")))
        return false;
    bc_buf_add_str(&out->message, delivery->body);
    if (third.len == 0)
        return true;
    bc_buf_add_str(&out->message, time);
    return time_of(us, time, BC_SECOND_US / 1000);
}

static struct bc_str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

static bool dropbox_sign(struct scheme *out, const struct webhook_delivery *delivery)
{
    const json_t *event = json_object_get(delivery->content, "event");
    const json_t *time = json_object_get(event, "event_time");

    out->signature = text_of(event, "event_hash");
    if (json_is_integer(time))
        bc_buf_printf(&out->message, "%" JSON_INTEGER_FORMAT, json_integer_value(time));
    else
        bc_buf_add_str(&out->message, text_of(event, "event_time"));
    bc_buf_add_str(&out->message, text_of(event, "event_type"));
    return true;
}

static bool slack(struct scheme *out, const struct webhook_delivery *delivery, int64_t *us)
{
    const struct bc_str time = webhook_header(delivery, "X-Slack-Request-Timestamp");

    out->signature = webhook_header(delivery, "X-Slack-Signature");
    out->before = "v0=";
    bc_buf_printf(&out->message, "v0:%.*s:", BC_STR_ARG(time));
    bc_buf_add_str(&out->message, delivery->body);
    return time_of(us, time, BC_SECOND_US);
}

/* False: what the scheme needs is missing. */
static bool scheme_of(struct scheme *out, const struct webhook_delivery *delivery, int64_t *us)
{
    *out = (struct scheme){ .keyed = true, .before = "" };
    switch (delivery->sender) {
    case WEBHOOK_HUBSPOT:
        return hubspot(out, delivery, us);
    case WEBHOOK_DROPBOX_SIGN:
        return dropbox_sign(out, delivery);
    case WEBHOOK_SLACK:
        return slack(out, delivery, us);
    case WEBHOOK_GITHUB:
        out->before = "sha256=";
        out->signature = webhook_header(delivery, "X-Hub-Signature-256");
        break;
    case WEBHOOK_ASANA:
        out->signature = webhook_header(delivery, "X-Hook-Signature");
        break;
    case WEBHOOK_UNKNOWN:
    case WEBHOOK_SENDER_N:
        return false;
    }
    bc_buf_add_str(&out->message, delivery->body);
    return true;
}

/* ---- does it fit ---- */

static bool sum_of(unsigned char out[SUM_LEN], const struct scheme *scheme, const char *secret)
{
    const struct bc_str message = bc_buf_str(&scheme->message);
    unsigned len = SUM_LEN;
    struct bc_buf all = { 0 };
    bool done;

    if (scheme->keyed)
        return HMAC(EVP_sha256(), secret, (int)strlen(secret),
                    (const unsigned char *)(message.len ? message.at : ""), message.len, out,
                    &len) != NULL;
    bc_buf_add_str(&all, bc_str_of(secret));
    bc_buf_add_str(&all, message);
    done = EVP_Digest(all.at, all.len, out, &len, EVP_sha256(), NULL) == 1;
    OPENSSL_cleanse(all.at, all.len);
    bc_buf_release(&all);
    return done;
}

static bool fits(const struct scheme *scheme, const char *secret)
{
    unsigned char sum[SUM_LEN];
    struct bc_buf text = { 0 };
    bool same;

    if (!sum_of(sum, scheme, secret))
        return false;
    bc_buf_add_str(&text, bc_str_of(scheme->before));
    if (scheme->base64)
        bc_base64_add(&text, sum, SUM_LEN);
    for (size_t i = 0; !scheme->base64 && i < SUM_LEN; i++)
        bc_buf_printf(&text, "%02x", sum[i]);
    same = text.len == scheme->signature.len &&
           CRYPTO_memcmp(text.at, scheme->signature.at, text.len) == 0;
    bc_buf_release(&text);
    return same;
}

enum webhook_verdict webhook_verify(const struct webhook_delivery *delivery,
                                    const struct webhook_secrets *secrets, int64_t *signed_us)
{
    enum webhook_verdict verdict = WEBHOOK_NO_SECRET;
    struct scheme scheme;

    *signed_us = -1;
    if (delivery->sender == WEBHOOK_ASANA && delivery->body.len == 0 &&
        webhook_header(delivery, "X-Hook-Secret").len)
        return WEBHOOK_HANDSHAKE;
    if (!scheme_of(&scheme, delivery, signed_us) || scheme.signature.len == 0) {
        bc_buf_release(&scheme.message);
        return WEBHOOK_UNSIGNED;
    }
    for (size_t i = 0; verdict != WEBHOOK_VALID && i < secrets->n; i++)
        if (secrets->at[i].sender == delivery->sender)
            verdict = fits(&scheme, secrets->at[i].text) ? WEBHOOK_VALID : WEBHOOK_INVALID;
    bc_buf_release(&scheme.message);
    return verdict;
}
