#include "tests/model/recount_versions.h"

#include "tests/model/recount_world.h"

static void print(struct bc_buf *out, int64_t us, const char *what, const struct bc_str *texts)
{
    char at[BC_INSTANT_LEN];

    bc_instant_print_short(at, us);
    bc_buf_printf(out, "%s %s %.*s", at, what, BC_STR_ARG(texts[0]));
    if (texts[1].len)
        bc_buf_printf(out, ", by %.*s", BC_STR_ARG(texts[1]));
    if (texts[2].len)
        bc_buf_printf(out, ", new: %.*s", BC_STR_ARG(texts[2]));
    bc_buf_add_byte(out, '\n');
}

void recount_versions_print(struct bc_buf *out, const struct bc_versions *versions)
{
    static const char *const whats[] = { "rules", "icp", "playbook" };

    for (size_t i = 0; i < versions->n; i++) {
        const struct bc_version *one = &versions->at[i];
        const struct bc_str texts[] = { one->version, one->actor, one->changelog };

        print(out, one->at_us, whats[one->what], texts);
    }
}

static const char *what_of(const struct bc_event *event)
{
    return event->body == BC_RULES_PUBLISHED      ? "rules"
           : event->body == BC_ICP_PUBLISHED      ? "icp"
           : event->body == BC_PLAYBOOK_PUBLISHED ? "playbook"
                                                  : NULL;
}

/* The next one after a place in time and log; NULL: it was the last. The events are in the log's
 * order. */
static const struct bc_event *next_after(const struct world *world, const struct bc_event *before,
                                         int64_t since_us)
{
    const struct bc_event *found = NULL;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];

        if (!what_of(event) || !in_window(world, since_us, event->occurred_us))
            continue;
        if (before && (event->occurred_us < before->occurred_us ||
                       (event->occurred_us == before->occurred_us && event->seq <= before->seq)))
            continue;
        if (!found || event->occurred_us < found->occurred_us)
            found = event;
    }
    return found;
}

void recount_versions(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, int64_t since_us)
{
    bc_arena *arena = bc_arena_new();
    const struct bc_event *event = NULL;
    struct world world;

    world_make(&world, events, n, question, arena);
    while ((event = next_after(&world, event, since_us)) != NULL) {
        const struct bc_str none = { 0 };
        const bool rules = event->body == BC_RULES_PUBLISHED;
        const struct bc_str texts[] = { event->value[1].text, event->actor,
                                        rules ? none : event->value[3].text };

        print(out, event->occurred_us, what_of(event), texts);
    }
    bc_arena_free(arena);
}
