/* The store over RocksDB: how it is set up, opened and closed.
 *
 * RocksDB's defaults are not a ledger's. Set here, each for a reason:
 *  - WAL recovery to the last consistent point: the stricter modes refuse to open after a kill, the
 *    laxer one skips records. It may open shorter without an error; DIR/head detects that.
 *  - Nothing in the info log: a failed write to it aborts the process. A writer must have one, so
 *    there is an empty file LOG.
 *  - All files open from the start: a reader keeps what it opened while the writer compacts. One
 *    thread opens them: up to sixteen for each family cost more to start than a ledger's few files.
 *  - zstd at the bottom, at its fastest level, lz4 above; lz4 alone for the timelines: most of them
 *    are hashed ids, which hardly get smaller, and zstd took longer than all else that a question
 *    does; the hash tree is as it is.
 *  - The larger the blocks, the smaller the file and the faster it is written; but one event is
 * read by way of its whole block. Of a million events, blocks of 64, 128, 256 KiB make 53.8, 50.7,
 *    47.2 bytes an event.
 *  - The indexes of large families, and the filter of the ids, in parts, of which an opening reads
 *    none: it costs the same however long the log is.
 *
 * An opening beside a live writer can miss what the writer moves from its WAL to a table file at
 * that moment. A WAL that was there before and is there after was there during it; so a reader
 * compares the names in the folder before and after, and opens again until they are the same. */
#include "ledger/store/store_rocksdb.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *const family_names[] = { "log",       "ids",  "retractions", "tree",   "deals",
                                            "timelines", "meta", "learning",    "default" };
enum {
    OPEN_TRIES = 200,
    OPEN_PAUSE_NS = 20 * 1000 * 1000,
    INFO_LOG_FATAL = 4,
    FILTER_BITS = 10, /* an id */
    PART_BYTES = 16 << 10,
    ZSTD_LEVEL = 1,
    ZSTD_WINDOW_BITS = -14, /* as the level has it */
};

/* --- joining what is appended to one key --- */

static char *join(const char *first, size_t first_len, const char *const *parts, const size_t *lens,
                  int n, unsigned char *success, size_t *out_len)
{
    size_t len = first_len;
    char *out, *at;

    for (int i = 0; i < n; i++)
        len += lens[i];
    at = out = bc_malloc(len);
    if (first_len)
        memcpy(at, first, first_len);
    at += first_len;
    for (int i = 0; i < n; i++) {
        if (lens[i])
            memcpy(at, parts[i], lens[i]);
        at += lens[i];
    }
    *success = 1;
    *out_len = len;
    return out;
}

static char *full_merge(void *state, const char *key, size_t key_len, const char *existing,
                        size_t existing_len, const char *const *parts, const size_t *lens, int n,
                        unsigned char *success, size_t *out_len)
{
    (void)state;
    (void)key;
    (void)key_len;
    return join(existing, existing ? existing_len : 0, parts, lens, n, success, out_len);
}

static char *partial_merge(void *state, const char *key, size_t key_len, const char *const *parts,
                           const size_t *lens, int n, unsigned char *success, size_t *out_len)
{
    (void)state;
    (void)key;
    (void)key_len;
    return join(NULL, 0, parts, lens, n, success, out_len);
}

static void delete_value(void *state, const char *value, size_t len)
{
    (void)state;
    (void)len;
    free((void *)(uintptr_t)value);
}

static void no_destructor(void *state)
{
    (void)state;
}

static const char *merge_name(void *state)
{
    (void)state;
    return "backcast.join";
}

/* --- opening --- */

/* How the tables of a family are laid out; the rest are as RocksDB has them. */
static const struct layout {
    size_t block_bytes; /* 0: as RocksDB has it */
    int restart_interval;
    bool parts; /* index and filter are in parts */
    bool filter, joins;
    bool random; /* nothing can be compressed */
    bool walked; /* whole, for every question: lz4 at the bottom, too */
} layouts[BC_ROCKS_HANDLE_N] = {
    [BC_LOG] = { .block_bytes = 128 << 10, .restart_interval = 64, .parts = true },
    [BC_IDS] = { .block_bytes = 16 << 10, .restart_interval = 16, .parts = true, .filter = true },
    [BC_TREE] = { .block_bytes = 16 << 10, .restart_interval = 16, .parts = true, .random = true },
    [BC_DEALS] = { .joins = true },
    [BC_TIMELINES] = { .block_bytes = 64 << 10,
                       .restart_interval = 16,
                       .joins = true,
                       .walked = true },
    [BC_LEARNING] = { .block_bytes = 64 << 10,
                      .restart_interval = 16,
                      .joins = true,
                      .walked = true },
};

static rocksdb_block_based_table_options_t *table_options(const struct layout *layout)
{
    rocksdb_block_based_table_options_t *table = rocksdb_block_based_options_create();

    if (layout->block_bytes) {
        rocksdb_block_based_options_set_block_size(table, layout->block_bytes);
        rocksdb_block_based_options_set_block_restart_interval(table, layout->restart_interval);
    }
    if (layout->walked)
        rocksdb_block_based_options_set_block_cache(table, bc_rocks_cache());
    if (layout->filter)
        rocksdb_block_based_options_set_filter_policy(
            table, rocksdb_filterpolicy_create_bloom_full(FILTER_BITS));
    if (layout->parts) {
        rocksdb_block_based_options_set_index_type(
            table, rocksdb_block_based_table_index_type_two_level_index_search);
        rocksdb_block_based_options_set_partition_filters(table, layout->filter);
        rocksdb_block_based_options_set_metadata_block_size(table, PART_BYTES);
    }
    return table;
}

/* A writer adds a family that an older build did not make. That none is missing which holds the log
 * was seen before: a ledger is read before it is opened for writing. */
static rocksdb_options_t *make_options(enum bc_family family, bool write, bool create)
{
    const struct layout *layout = &layouts[family];
    rocksdb_options_t *options = rocksdb_options_create();
    rocksdb_block_based_table_options_t *table = table_options(layout);
    int fast = layout->random ? rocksdb_no_compression : rocksdb_lz4_compression;

    rocksdb_options_set_create_if_missing(options, create);
    rocksdb_options_set_create_missing_column_families(options, write);
    rocksdb_options_set_paranoid_checks(options, 1);
    rocksdb_options_set_wal_recovery_mode(options, rocksdb_point_in_time_recovery);
    rocksdb_options_set_recycle_log_file_num(options, 0);
    rocksdb_options_set_info_log_level(options, INFO_LOG_FATAL);
    rocksdb_options_set_keep_log_file_num(options, 1);
    rocksdb_options_set_stats_dump_period_sec(options, 0);
    rocksdb_options_set_max_open_files(options, -1);
    rocksdb_options_set_max_file_opening_threads(options, 1);
    rocksdb_options_set_write_buffer_size(options, 32 << 20);
    rocksdb_options_set_compression(options, fast);
    rocksdb_options_set_bottommost_compression(
        options, layout->random || layout->walked ? fast : rocksdb_zstd_compression);
    rocksdb_options_set_bottommost_compression_options(options, ZSTD_WINDOW_BITS, ZSTD_LEVEL, 0, 0,
                                                       1);
    if (layout->joins)
        rocksdb_options_set_merge_operator(
            options, rocksdb_mergeoperator_create(NULL, no_destructor, full_merge, partial_merge,
                                                  delete_value, merge_name));
    rocksdb_options_set_block_based_table_factory(options, table);
    rocksdb_block_based_options_destroy(table);
    return options;
}

/* The names in a folder, sorted and joined; empty if it cannot be read. */
static void list_folder(const char *path, struct bc_buf *out)
{
    struct dirent **names;
    int n = scandir(path, &names, NULL, alphasort);

    out->len = 0;
    for (int i = 0; i < n; i++) {
        bc_buf_add_str(out, bc_str_of(names[i]->d_name));
        bc_buf_add_byte(out, '/');
        free(names[i]);
    }
    if (n >= 0)
        free(names);
}

static void close_db(struct bc_rocks *rocks)
{
    for (size_t i = 0; i < BC_ROCKS_HANDLE_N; i++) {
        if (rocks->handles[i])
            rocksdb_column_family_handle_destroy(rocks->handles[i]);
        rocks->handles[i] = NULL;
    }
    if (rocks->db)
        rocksdb_close(rocks->db);
    rocks->db = NULL;
}

static void rocks_close(bc_store *store)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;

    close_db(rocks);
    if (rocks->write)
        bc_rocks_share(rocks);
    for (size_t i = 0; i < BC_ROCKS_HANDLE_N; i++)
        if (rocks->options[i])
            rocksdb_options_destroy(rocks->options[i]);
    rocksdb_readoptions_destroy(rocks->read);
    rocksdb_readoptions_destroy(rocks->walk);
    rocksdb_writeoptions_destroy(rocks->write_synced);
    rocksdb_writeoptions_destroy(rocks->write_unsynced);
    rocksdb_envoptions_destroy(rocks->env);
    free(rocks->path);
    free(rocks->folder);
    free(rocks);
}

static const char *aside(const bc_store *store)
{
    return ((const struct bc_rocks *)store)->folder;
}

/* For reading: the families that are asked for. */
static char *try_reader(struct bc_rocks *rocks, bool all)
{
    const char *names[BC_ROCKS_HANDLE_N];
    const rocksdb_options_t *options[BC_ROCKS_HANDLE_N];
    rocksdb_column_family_handle_t *handles[BC_ROCKS_HANDLE_N] = { 0 };
    size_t n = 0, at = 0;
    char *text = NULL;

    for (size_t i = 0; i < BC_ROCKS_HANDLE_N; i++)
        if (all || i != BC_LEARNING) {
            names[n] = family_names[i];
            options[n++] = rocks->options[i];
        }
    rocks->db = rocksdb_open_for_read_only_column_families(rocks->options[0], rocks->path, (int)n,
                                                           names, options, handles, 0, &text);
    for (size_t i = 0; i < BC_ROCKS_HANDLE_N; i++)
        rocks->handles[i] = all || i != BC_LEARNING ? handles[at++] : NULL;
    return text;
}

/* A ledger of an older build has no family that is not always opened. */
static char *open_families(struct bc_rocks *rocks, bool all)
{
    char *text = try_reader(rocks, all);

    if (!text || !all || !strstr(text, "olumn family not found"))
        return text;
    rocksdb_free(text);
    return try_reader(rocks, false);
}

static bc_status open_reader(struct bc_rocks *rocks, bool all, struct bc_err *err)
{
    struct bc_buf before = { 0 }, after = { 0 };
    char *text = NULL;
    bc_status rc = BC_E_DAMAGED;

    for (int try = 0; try < OPEN_TRIES; try++) {
        const struct timespec pause = { .tv_nsec = OPEN_PAUSE_NS };

        list_folder(rocks->path, &before);
        text = open_families(rocks, all);
        list_folder(rocks->path, &after);
        if (bc_str_eq(bc_buf_str(&before), bc_buf_str(&after))) {
            rc = text ? bc_rocks_fail_open(err, text) : BC_OK;
            goto out;
        }
        if (text)
            rocksdb_free(text);
        text = NULL;
        close_db(rocks);
        (void)nanosleep(&pause, NULL);
    }
    (void)bc_err_set(err, BC_E_IO, "cannot open the database: its files keep changing");
    rc = BC_E_IO;
out:
    bc_buf_release(&before);
    bc_buf_release(&after);
    return rc;
}

static bc_status open_writer(struct bc_rocks *rocks, struct bc_err *err)
{
    char *text = NULL;

    rocks->db = rocksdb_open_column_families(
        rocks->options[0], rocks->path, BC_ROCKS_HANDLE_N, family_names,
        (const rocksdb_options_t *const *)rocks->options, rocks->handles, &text);
    if (text)
        return bc_rocks_fail_open(err, text);
    bc_rocks_share(rocks); /* the next writer may be another user, even if this one is killed */
    return BC_OK;
}

static const struct bc_store_ops rocks_ops = {
    .close = rocks_close,
    .aside = aside,
    .get = bc_rocks_get,
    .write = bc_rocks_write,
    .settle = bc_rocks_settle,
    .clear = bc_rocks_clear,
    .iter_open = bc_rocks_iter_open,
    .iter_next = bc_rocks_iter_next,
    .iter_free = bc_rocks_iter_free,
    .stays = bc_rocks_stays,
    .size_before = bc_rocks_size_before,
    .bulk_open = bc_rocks_bulk_open,
    .bulk_add = bc_rocks_bulk_add,
    .bulk_finish = bc_rocks_bulk_finish,
    .bulk_ingest = bc_rocks_bulk_ingest,
    .bulk_free = bc_rocks_bulk_free,
};

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return bc_strdup(BC_STR("."));
    return bc_strdup((struct bc_str){ path, slash == path ? 1 : (size_t)(slash - path) });
}

static bc_status open_store(bc_store **out, const char *path, bool write, bool create, bool all,
                            struct bc_err *err)
{
    struct bc_rocks *rocks = bc_calloc(1, sizeof(*rocks));
    bc_status rc;

    rocks->base.ops = &rocks_ops;
    rocks->write = write;
    rocks->path = bc_strdup(bc_str_of(path));
    rocks->folder = folder_of(path);
    for (size_t i = 0; i < BC_ROCKS_HANDLE_N; i++)
        rocks->options[i] = make_options((enum bc_family)i, write, create);
    rocks->read = rocksdb_readoptions_create();
    rocks->walk = rocksdb_readoptions_create();
    rocksdb_readoptions_set_fill_cache(rocks->walk, 0);
    rocksdb_readoptions_set_readahead_size(rocks->walk, 1 << 20);
    rocks->write_synced = rocksdb_writeoptions_create();
    rocksdb_writeoptions_set_sync(rocks->write_synced, 1);
    rocks->write_unsynced = rocksdb_writeoptions_create();
    rocks->env = rocksdb_envoptions_create();
    rc = bc_rocks_check_files(rocks, err);
    if (rc == BC_OK && write)
        rc = bc_rocks_tidy(rocks, err);
    if (rc == BC_OK)
        rc = write ? open_writer(rocks, err) : open_reader(rocks, all, err);
    if (rc < 0) {
        rocks_close(&rocks->base);
        return rc;
    }
    *out = &rocks->base;
    return BC_OK;
}

bc_status bc_store_rocksdb(bc_store **out, const char *path, bool write, bool create,
                           struct bc_err *err)
{
    return open_store(out, path, write, create, false, err);
}

bc_status bc_store_rocksdb_all(bc_store **out, const char *path, struct bc_err *err)
{
    return open_store(out, path, false, false, true, err);
}
