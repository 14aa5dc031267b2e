/* Object-centric event logs by their maps: a map, a line "%%", a log. Whatever it is, it gives
 * sound events or said faults, whose places are in the file; of a database they are numbers of
 * events. */
#include "tests/fuzz/fuzz.h"
#include "tools/import/importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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
    fuzz_read_events(importer, is_database(log) ? (struct bc_str){ 0 } : log);
    importer_free(importer);
    return 0;
}
