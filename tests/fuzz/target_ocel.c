/* Object-centric event logs by their maps: a map, a line "%%", a log. Whatever it is, it gives
 * sound events or said faults, whose places are in the file; of a database they are numbers of
 * events. */
#include "tests/fuzz/fuzz.h"
#include "tools/import/importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void ignore_note(void *to, const char *note, const char *text)
{
    (void)to;
    FUZZ_MUST(note[0] && text[0], "a note without words");
}

static bool is_database(struct bc_str log)
{
    const struct bc_str magic = BC_STR("SQLite format 3\0");

    return log.len >= magic.len && memcmp(log.at, magic.at, magic.len) == 0;
}

static char path[64];

static void remove_file(void)
{
    (void)remove(path);
}

/* SQLite opens no file in memory by a path. */
static const char *database_file(struct bc_str bytes)
{
    FILE *file;

    if (!path[0]) {
        (void)snprintf(path, sizeof(path), P_tmpdir "/backcast-fuzz-%ld", (long)getpid());
        FUZZ_MUST(atexit(remove_file) == 0, "nothing can be removed at the end");
    }
    file = fopen(path, "wb");
    FUZZ_MUST(file && fwrite(bytes.at, 1, bytes.len, file) == bytes.len && fclose(file) == 0,
              "%s cannot be written", path);
    return path;
}

static void read_events(struct importer *importer, struct bc_str log)
{
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };
    bc_status rc;

    do {
        rc = importer->next(importer, &event, &err);
        if (rc == BC_OK)
            fuzz_must_be_event(event);
        else if (rc == BC_E_INPUT && !is_database(log))
            fuzz_must_be_within(err.context, log);
    } while (rc == BC_OK || (rc == BC_E_INPUT && !importer->broken));
    FUZZ_MUST(rc == BC_DONE || importer->broken, "it ended early: %s", err.message);
    importer->tell(importer, ignore_note, NULL);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str map, log;
    struct importer *importer = NULL;
    struct bc_err err = { 0 };

    if (!fuzz_cut(&map, &log, (struct bc_str){ (const char *)data, len }))
        return 0;
    if (importer_ocel(&importer, is_database(log) ? database_file(log) : fuzz_file(1, log),
                      fuzz_file(0, map), &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT || (is_database(log) && err.status == BC_E_IO),
                  "status %d: %s", err.status, err.message);
        FUZZ_MUST(err.message[0], "a fault without words");
        return 0;
    }
    read_events(importer, log);
    importer_free(importer);
    return 0;
}
