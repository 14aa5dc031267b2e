/* year.c - a metric over the months between two dates, and the last ten events of a ledger.
 *
 *     cc year.c $(pkg-config --cflags --libs backcast) -o year
 *     ./year LEDGER METRIC FROM TO
 *
 * Answers come as rows of typed values: nothing is parsed. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include <backcast.h>

/* "2025-03-31" */
static void print_day(int64_t us)
{
    const time_t second = (time_t)(us / 1000000);
    char text[16] = "";
    struct tm day;

    if (gmtime_r(&second, &day))
        strftime(text, sizeof(text), "%Y-%m-%d", &day);
    printf("%s", text);
}

/* The answer at one date: a line with the value in each slice. */
static int print_date(void *to, const struct backcast_value *answer)
{
    const struct backcast_value *as_of = backcast_find(answer, "asOf");
    const struct backcast_value *metrics = backcast_find(answer, "metrics");

    (void)to;
    if (!as_of || !metrics)
        return 1;
    print_day(as_of->integer);
    for (size_t i = 0; i < metrics->n; i++) {
        const struct backcast_value *row = &metrics->within[i];
        const struct backcast_value *slice = backcast_find(row, "slice");
        const struct backcast_value *value = backcast_find(row, "value");

        if (value->kind == BACKCAST_NULL)
            printf("  %s none", slice->text);
        else
            printf("  %s %.6f%s", slice->text, value->number,
                   value->kind == BACKCAST_DAYS ? " days" : "");
    }
    printf("\n");
    return 0;
}

static int print_event(void *to, const struct backcast_event *event)
{
    (void)to;
    printf("%" PRIu64 "  ", event->seq);
    print_day(event->occurred_us);
    printf("  %s  %s", event->deal, event->body.key ? event->body.key : "of a newer version");
    for (size_t i = 0; i < event->body.n; i++)
        if (event->body.within[i].kind == BACKCAST_TEXT)
            printf("  %s=%s", event->body.within[i].key, event->body.within[i].text);
    printf("\n");
    return 0;
}

static enum backcast_status print_both(backcast_ledger *ledger, const char *metric,
                                       const char *from, const char *to)
{
    const char *words[] = { "series",  "--from", from,       "--to", to,
                            "--every", "1m",     "--metric", metric };
    struct backcast_log_head head;
    enum backcast_status status =
        backcast_ask(ledger, words, sizeof(words) / sizeof(words[0]), print_date, NULL);

    if (status == BACKCAST_OK)
        status = backcast_head(ledger, &head);
    if (status == BACKCAST_OK)
        status =
            backcast_events(ledger, head.events > 10 ? head.events - 9 : 1, 0, print_event, NULL);
    return status;
}

int main(int argc, char **argv)
{
    backcast_ledger *ledger;
    enum backcast_status status;

    if (argc != 5) {
        fprintf(stderr, "usage: year LEDGER METRIC FROM TO\n");
        return BACKCAST_USAGE;
    }
    status = backcast_open(&ledger, argv[1], NULL);
    if (status == BACKCAST_OK)
        status = print_both(ledger, argv[2], argv[3], argv[4]);
    if (status != BACKCAST_OK)
        fprintf(stderr, "year: %s\n", backcast_message(ledger));
    backcast_close(ledger);
    return (int)status;
}
