/* tools/lib/handle.c - opening and closing, and what every call begins and ends with. */
#include "tools/lib/handle.h"

#include "ledger/base/instant.h"

#include <stdlib.h>
#include <time.h>

static void set_text(struct bc_buf *to, const char *text, size_t len)
{
    to->len = 0;
    bc_buf_add(to, text, len);
    bc_buf_add_byte(to, '\0');
}

static FILE *memory(char **text, size_t *len)
{
    FILE *stream = open_memstream(text, len);

    if (!stream)
        bc_out_of_memory();
    return stream;
}

static int64_t now_us(const struct backcast_options *options)
{
    struct timespec now = { 0 };

    if (options->now_us)
        return options->now_us;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * BC_SECOND_US + now.tv_nsec / 1000;
}

void call_begin(struct call *call, backcast_ledger *ledger)
{
    *call = (struct call){ .ledger = ledger };
    set_text(&ledger->message, "", 0);
    set_text(&ledger->remarks, "", 0);
    free(ledger->seqs);
    ledger->seqs = NULL;
    call->env = (struct cmd_env){ .out = memory(&call->out, &call->out_len),
                                  .err = memory(&call->said, &call->said_len),
                                  .error = &ledger->message,
                                  .only_asks = true,
                                  .now_us = now_us(&ledger->options),
                                  .rehearsed = true,
                                  .threads = ledger->options.threads,
                                  .ledger_dir = ledger->dir };
    call->before = uselocale(ledger->locale);
}

bc_status call_open(struct call *call, struct bc_err *err)
{
    backcast_ledger *ledger = call->ledger;
    bc_status rc;

    if (!ledger->dir)
        return bc_err_set(err, BC_E_USAGE, "the ledger was not opened");
    ledger->opened.dir = ledger->dir;
    rc = opened_now(&ledger->opened, &call->env, NULL, err);
    call->env.opened = ledger->opened.log;
    call->env.timelines = ledger->opened.timelines;
    return rc;
}

enum backcast_status call_end(struct call *call, int code, bool *printed)
{
    backcast_ledger *ledger = call->ledger;

    if (fclose(call->env.out) != 0 || fclose(call->env.err) != 0)
        bc_out_of_memory(); /* what else can memory lack? */
    if (printed)
        *printed = call->out_len > 0;
    set_text(&ledger->remarks, call->said, call->said_len);
    bc_buf_add_byte(&ledger->message, '\0'); /* after a sentence, or after the end of none */
    free(call->out);
    free(call->said);
    (void)uselocale(call->before);
    return (enum backcast_status)code;
}

enum backcast_status call_end_as(struct call *call, bc_status rc, const struct bc_err *err)
{
    return call_end(call, cmd_exit(&call->env, rc, err), NULL);
}

void call_say(backcast_ledger *ledger, const char *format, ...)
{
    va_list args;

    ledger->message.len = 0;
    va_start(args, format);
    bc_buf_vprintf(&ledger->message, format, args);
    va_end(args);
    bc_buf_add_byte(&ledger->message, '\0');
}

/* --- a ledger --- */

const char *backcast_version(void)
{
    return cmd_version;
}

static bc_status check_options(const struct backcast_options *options, struct bc_err *err)
{
    if (options->now_us < 0 || options->now_us > BC_INSTANT_MAX)
        return bc_err_set(err, BC_E_USAGE, "now_us is outside of the years 1970 to 9999");
    return BC_OK;
}

static bc_status find_folder(struct call *call, const char *folder, struct bc_err *err)
{
    char *path = realpath(folder, NULL);

    if (!path)
        return bc_err_errno(err, "open %s", folder);
    call->ledger->dir = bc_strdup(bc_str_of(path));
    call->env.ledger_dir = call->ledger->dir;
    free(path);
    return BC_OK;
}

enum backcast_status backcast_open(backcast_ledger **out, const char *folder,
                                   const struct backcast_options *options)
{
    backcast_ledger *ledger = bc_calloc(1, sizeof(*ledger));
    struct bc_err err = { 0 };
    struct call call;
    bc_status rc;

    *out = ledger;
    ledger->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!ledger->locale)
        bc_out_of_memory(); /* "C" is there, always */
    if (options)
        ledger->options = *options;
    call_begin(&call, ledger);
    rc = check_options(&ledger->options, &err);
    if (rc == BC_OK)
        rc = find_folder(&call, folder, &err);
    if (rc == BC_OK)
        rc = call_open(&call, &err);
    return call_end_as(&call, rc, &err);
}

void backcast_close(backcast_ledger *ledger)
{
    if (!ledger)
        return;
    opened_close(&ledger->opened);
    freelocale(ledger->locale);
    bc_buf_release(&ledger->message);
    bc_buf_release(&ledger->remarks);
    free(ledger->seqs);
    free(ledger->dir);
    free(ledger);
}

const char *backcast_message(const backcast_ledger *ledger)
{
    return ledger->message.at;
}

const char *backcast_remarks(const backcast_ledger *ledger)
{
    return ledger->remarks.at;
}

enum backcast_status backcast_head(backcast_ledger *ledger, struct backcast_log_head *out)
{
    struct bc_err err = { 0 };
    struct call call;
    bc_status rc;

    call_begin(&call, ledger);
    rc = call_open(&call, &err);
    if (rc == BC_OK) {
        const struct bc_head *head = bc_log_head(ledger->opened.log);

        *out = (struct backcast_log_head){ .events = head->size };
        bc_hash_print(out->root, &head->root);
    }
    return call_end_as(&call, rc, &err);
}
