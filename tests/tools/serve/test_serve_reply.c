/* No answer goes out without a header that it should have: of a library that cannot add one. */
#include "tests/support/check.h"
#include "tools/serve/serve_reply.h"

#include <stdlib.h>

struct MHD_Response {
    void *body; /* to be freed with it */
};

static const char *lacks; /* the header that cannot be added, or NULL */
static unsigned made, destroyed;

static struct MHD_Response *create(size_t size, void *body, enum MHD_ResponseMemoryMode mode)
{
    struct MHD_Response *reply = bc_calloc(1, sizeof(*reply));

    (void)size;
    reply->body = mode == MHD_RESPMEM_MUST_FREE ? body : NULL;
    made++;
    return reply;
}

static enum MHD_Result add(struct MHD_Response *reply, const char *name, const char *value)
{
    (void)reply;
    assert_non_null(value);
    return lacks && strcmp(lacks, name) == 0 ? MHD_NO : MHD_YES;
}

static void destroy(struct MHD_Response *reply)
{
    free(reply->body);
    free(reply);
    destroyed++;
}

static const struct mhd_lazy mhd = { .create_response_from_buffer = create,
                                     .add_response_header = add,
                                     .destroy_response = destroy };

static struct MHD_Response *reply_of(unsigned status, const char *header)
{
    struct serve_answer answer = { .status = status,
                                   .type = "text/html; charset=utf-8",
                                   .location = bc_strdup(BC_STR("/page")),
                                   .filename = bc_strdup(BC_STR("deal.evidence")) };
    struct MHD_Response *reply;

    lacks = header;
    made = destroyed = 0;
    bc_buf_add_str(&answer.body, BC_STR("<p>a page</p>"));
    reply = serve_reply_new(&mhd, &answer, "backcast-61234=token");
    assert_int_equal(made, 1);
    assert_null(answer.body.at); /* it was taken */
    free(answer.location);
    free(answer.filename);
    return reply;
}

static void an_answer_has_all_its_headers_or_is_none(void **state)
{
    static const struct {
        unsigned status;
        const char *header;
    } rows[] = {
        { 200, "Content-Security-Policy" },
        { 200, "X-Content-Type-Options" },
        { 200, "Referrer-Policy" },
        { 200, "Cross-Origin-Resource-Policy" },
        { 200, "Cache-Control" },
        { 200, "Content-Type" },
        { 405, "Allow" },
        { 503, "Retry-After" },
        { 303, "Location" },
        { 303, "Set-Cookie" },
        { 200, "Content-Disposition" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct MHD_Response *whole = reply_of(rows[i].status, NULL);

        assert_non_null(whole);
        assert_int_equal(destroyed, 0);
        destroy(whole);
        if (reply_of(rows[i].status, rows[i].header))
            fail_msg("an answer without its %s", rows[i].header);
        assert_int_equal(destroyed, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_has_all_its_headers_or_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
