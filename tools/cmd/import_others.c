/* What is added is remembered, and not what the log has: mostly that is less, and nothing where a
 * table comes again under its own name. */
#include "tools/cmd/import_others.h"

#include "tools/import/csv/csv_id.h"

/* Of what is added: said.low, by how many standing events of other maps it was said before. */

void import_others_init(struct import_others *out, const char *prefix)
{
    *out = (struct import_others){ 0 };
    if (prefix)
        out->prefix = bc_str_of(prefix);
}

void import_others_release(struct import_others *others)
{
    csv_seen_release(&others->added);
    csv_seen_release(&others->found);
    for (size_t i = 0; i < OTHERS_NAMED; i++)
        bc_buf_release(&others->names[i]);
}

void import_others_add(struct import_others *others, const struct bc_event *event, uint64_t line)
{
    struct csv_digest said;
    const struct csv_sight *before;

    if (others->prefix.len == 0 || event->body == BC_RETRACTED)
        return;
    said = csv_id_said(event);
    before = csv_seen_find(&others->added, said);
    csv_seen_add(&others->added, said, (struct csv_digest){ 0 },
                 before ? before->number : (int64_t)line);
}

/* The NAME of "csv:NAME/...", where that is another map's of the same system; or nothing. */
static struct bc_str other_map(const struct import_others *others, struct bc_str id)
{
    const struct bc_str ours = others->prefix;
    const char *colon = memchr(ours.at, ':', ours.len), *slash;
    const size_t system = colon ? (size_t)(colon - ours.at) + 1 : ours.len;

    if (id.len <= system || memcmp(id.at, ours.at, system) != 0 ||
        (id.len > ours.len && memcmp(id.at, ours.at, ours.len) == 0))
        return (struct bc_str){ 0 };
    slash = memchr(id.at, '/', id.len);
    return slash ? (struct bc_str){ id.at + system, (size_t)(slash - id.at) - system }
                 : (struct bc_str){ 0 };
}

static void add_name(struct import_others *others, struct bc_str name)
{
    for (size_t i = 0; i < others->name_n; i++)
        if (bc_str_eq(bc_buf_str(&others->names[i]), name))
            return;
    others->more |= others->name_n == OTHERS_NAMED;
    if (!others->more)
        bc_buf_add_str(&others->names[others->name_n++], name);
}

/* One more that stands, or one fewer, as an event says that is known by its id. */
static void turn(struct import_others *others, struct bc_str id, struct csv_digest said,
                 bool stands)
{
    struct csv_sight *sight = csv_seen_find(&others->added, said);

    csv_seen_add(&others->found, csv_digest_of(id), said, stands);
    sight->said.low += stands ? 1 : UINT64_MAX;
}

void import_others_see(struct import_others *others, const struct bc_event *event)
{
    const struct csv_sight *target;
    struct csv_digest said;
    struct bc_str name;

    if (others->added.n == 0)
        return;
    if (event->body == BC_RETRACTED) {
        target =
            csv_seen_find(&others->found, csv_digest_of(event->value[BC_RETRACTED_EVENT].text));
        if (target)
            turn(others, event->id, target->said, !target->number);
        return;
    }
    name = other_map(others, event->id);
    if (name.len == 0)
        return;
    said = csv_id_said(event);
    if (!csv_seen_find(&others->added, said))
        return;
    turn(others, event->id, said, true);
    add_name(others, name);
}

uint64_t import_others_count(const struct import_others *others, uint64_t *line)
{
    uint64_t n = 0;

    *line = 0;
    for (size_t i = 0; i < others->added.cap; i++) {
        const struct csv_sight *sight = &others->added.sights[i];

        if (sight->times == 0 || sight->said.low == 0)
            continue;
        if (n == 0 || (uint64_t)sight->number < *line)
            *line = (uint64_t)sight->number;
        n += sight->times;
    }
    return n;
}
