/* XES logs by their maps: a map, a line "%%", a log. Whatever it is, it gives sound events or said
 * faults, whose places are in the file. */
#include "tests/fuzz/fuzz.h"
#include "tools/import/importer.h"

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str map, log;
    struct importer *importer = NULL;
    struct bc_err err = { 0 };

    if (!fuzz_cut(&map, &log, (struct bc_str){ (const char *)data, len }))
        return 0;
    if (importer_xes(&importer, fuzz_file(1, log), fuzz_file(0, map), &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT, "status %d: %s", err.status, err.message);
        FUZZ_MUST(err.message[0], "a fault without words");
        return 0;
    }
    fuzz_read_events(importer, log);
    importer_free(importer);
    return 0;
}
