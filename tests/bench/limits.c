/* bench_limits DATABASE SCRATCH - what this machine and RocksDB allow at most, over a ledger's
 * bytes.
 *
 * DATABASE is a ledger's, of which the family `log` is read; SCRATCH is an empty folder. The
 * records go round in portions, so that any ledger fits in memory, and only the work itself is
 * timed:
 *
 *     log ──scan──> portion, 64 MiB ──┬─> memory   each word added up
 *                                     ├─> sha256   each record
 *                                     ├─> file     write, and fsync at the end
 *                                     ├─> sst      a table file, ingested at the end
 *                                     └─> batches  the first ones, a thousand at a time, synced
 *
 * Prints a line for each: name, bytes, records, wall and cpu seconds of all threads. */
#include "ledger/base/mem.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <rocksdb/c.h>

enum { PORTION = 64 << 20, BLOCK = 64 << 10, BATCHES = 20, BATCH = 1000, KEY = 8, PATH = 4096 };

enum work { SCAN, MEMORY, SHA256, FILE_SYNCED, SST, BATCHES_SYNCED, WORK_N };

static const char *const work_names[WORK_N] = {
    "scan", "memory", "sha256", "file", "sst", "batches"
};

struct cost {
    uint64_t bytes, records;
    double wall, cpu;
};

struct portion {
    struct bc_buf bytes;
    size_t *lens, n, cap;
    uint64_t first; /* records before it */
};

struct bench {
    rocksdb_t *scratch;
    rocksdb_options_t *options;
    rocksdb_sstfilewriter_t *writer;
    EVP_MD_CTX *hash;
    EVP_MD *sha256;
    int file;
    char sst_path[PATH];
    unsigned batches;
    struct cost costs[WORK_N];
    double wall_begin, cpu_begin;
};

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "bench_limits: %s: %s\n", what, why);
    exit(1);
}

static void check(const char *what, char *why)
{
    if (why)
        stop(what, why);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double wall_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu_now(void)
{
    struct rusage use;

    (void)getrusage(RUSAGE_SELF, &use);
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

static void begin(struct bench *bench)
{
    bench->wall_begin = wall_now();
    bench->cpu_begin = cpu_now();
}

static void end(struct bench *bench, enum work work, uint64_t bytes, uint64_t records)
{
    struct cost *cost = &bench->costs[work];

    cost->wall += wall_now() - bench->wall_begin;
    cost->cpu += cpu_now() - bench->cpu_begin;
    cost->bytes += bytes;
    cost->records += records;
}

static void key_of(char key[KEY], uint64_t seq)
{
    for (int i = 0; i < KEY; i++)
        key[i] = (char)(seq >> (8 * (KEY - 1 - i)));
}

/* False at the end of the log. */
static bool fill(struct portion *portion, rocksdb_iterator_t *it)
{
    char *why = NULL;

    portion->first += portion->n;
    portion->n = portion->bytes.len = 0;
    for (; rocksdb_iter_valid(it) && portion->bytes.len < PORTION; rocksdb_iter_next(it)) {
        size_t len;
        const char *value = rocksdb_iter_value(it, &len);

        bc_buf_add(&portion->bytes, value, len);
        BC_GROW(portion->lens, portion->n, portion->cap);
        portion->lens[portion->n++] = len;
    }
    rocksdb_iter_get_error(it, &why);
    check("reading the log", why);
    return portion->n > 0;
}

static void read_memory(const struct portion *portion)
{
    static volatile uint64_t kept;
    uint64_t sum = 0, word;

    for (size_t i = 0; i + sizeof(word) <= portion->bytes.len; i += sizeof(word)) {
        memcpy(&word, portion->bytes.at + i, sizeof(word));
        sum += word;
    }
    kept = sum; /* so that the reading is not optimised away */
    (void)kept;
}

static void hash(struct bench *bench, const struct portion *portion)
{
    const char *at = portion->bytes.at;
    unsigned char digest[EVP_MAX_MD_SIZE];

    for (size_t i = 0; i < portion->n; at += portion->lens[i++])
        if (EVP_DigestInit_ex2(bench->hash, bench->sha256, NULL) != 1 ||
            EVP_DigestUpdate(bench->hash, at, portion->lens[i]) != 1 ||
            EVP_DigestFinal_ex(bench->hash, digest, NULL) != 1)
            stop("SHA-256", "refused");
}

static void write_file(const struct bench *bench, const struct portion *portion)
{
    for (size_t done = 0; done < portion->bytes.len;) {
        ssize_t n = write(bench->file, portion->bytes.at + done, portion->bytes.len - done);

        if (n < 0) {
            perror("bench_limits: writing a file");
            exit(1);
        }
        done += (size_t)n;
    }
}

static void write_sst(const struct bench *bench, const struct portion *portion)
{
    const char *at = portion->bytes.at;
    char key[KEY], *why = NULL;

    for (size_t i = 0; i < portion->n; at += portion->lens[i++]) {
        key_of(key, portion->first + i + 1);
        rocksdb_sstfilewriter_put(bench->writer, key, KEY, at, portion->lens[i], &why);
        check("writing a table file", why);
    }
}

/* The thousands of the first portion, each made and then written at once. */
static void write_batches(struct bench *bench, const struct portion *portion)
{
    rocksdb_writeoptions_t *synced = rocksdb_writeoptions_create();
    const char *at = portion->bytes.at;
    char key[KEY], *why = NULL;

    rocksdb_writeoptions_set_sync(synced, 1);
    for (size_t i = 0; i + BATCH <= portion->n && bench->batches < BATCHES; bench->batches++) {
        rocksdb_writebatch_t *batch = rocksdb_writebatch_create();
        const char *from = at;

        begin(bench);
        for (size_t stop_at = i + BATCH; i < stop_at; at += portion->lens[i++]) {
            key_of(key, (UINT64_C(1) << 62) + i);
            rocksdb_writebatch_put(batch, key, KEY, at, portion->lens[i]);
        }
        rocksdb_write(bench->scratch, synced, batch, &why);
        check("writing a batch", why);
        end(bench, BATCHES_SYNCED, (uint64_t)(at - from), BATCH);
        rocksdb_writebatch_destroy(batch);
    }
    rocksdb_writeoptions_destroy(synced);
}

static void pass(struct bench *bench, const struct portion *portion)
{
    begin(bench);
    read_memory(portion);
    end(bench, MEMORY, portion->bytes.len, portion->n);
    begin(bench);
    hash(bench, portion);
    end(bench, SHA256, portion->bytes.len, portion->n);
    begin(bench);
    write_file(bench, portion);
    end(bench, FILE_SYNCED, portion->bytes.len, portion->n);
    begin(bench);
    write_sst(bench, portion);
    end(bench, SST, portion->bytes.len, portion->n);
    write_batches(bench, portion);
}

/* What makes the written last. */
static void finish(struct bench *bench)
{
    rocksdb_ingestexternalfileoptions_t *options = rocksdb_ingestexternalfileoptions_create();
    const char *paths[] = { bench->sst_path };
    char *why = NULL;

    rocksdb_ingestexternalfileoptions_set_move_files(options, 1);
    begin(bench);
    if (fsync(bench->file) != 0) {
        perror("bench_limits: syncing a file");
        exit(1);
    }
    end(bench, FILE_SYNCED, 0, 0);
    begin(bench);
    rocksdb_sstfilewriter_finish(bench->writer, &why);
    check("finishing a table file", why);
    rocksdb_ingest_external_file(bench->scratch, paths, 1, options, &why);
    check("ingesting a table file", why);
    end(bench, SST, 0, 0);
    rocksdb_ingestexternalfileoptions_destroy(options);
}

static rocksdb_options_t *make_options(void)
{
    rocksdb_options_t *options = rocksdb_options_create();
    rocksdb_block_based_table_options_t *table = rocksdb_block_based_options_create();

    rocksdb_block_based_options_set_block_size(table, BLOCK);
    rocksdb_options_set_block_based_table_factory(options, table);
    rocksdb_block_based_options_destroy(table);
    rocksdb_options_set_compression(options, rocksdb_lz4_compression);
    rocksdb_options_set_create_if_missing(options, 1);
    return options;
}

static void open_scratch(struct bench *bench, const char *folder)
{
    rocksdb_envoptions_t *env = rocksdb_envoptions_create();
    char path[PATH], *why = NULL;

    bench->options = make_options();
    if (snprintf(path, sizeof(path), "%s/db", folder) >= PATH - 16)
        stop(folder, "too long a path");
    bench->scratch = rocksdb_open(bench->options, path, &why);
    check(path, why);
    (void)snprintf(bench->sst_path, sizeof(bench->sst_path), "%s/log.sst", folder);
    bench->writer = rocksdb_sstfilewriter_create(env, bench->options);
    rocksdb_sstfilewriter_open(bench->writer, bench->sst_path, &why);
    check(bench->sst_path, why);
    rocksdb_envoptions_destroy(env);
    (void)snprintf(path, sizeof(path), "%s/file", folder);
    bench->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (bench->file < 0) {
        perror(path);
        exit(1);
    }
    bench->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    bench->hash = EVP_MD_CTX_new();
    if (!bench->sha256 || !bench->hash)
        stop("SHA-256", "not there");
}

static void close_scratch(struct bench *bench)
{
    EVP_MD_CTX_free(bench->hash);
    EVP_MD_free(bench->sha256);
    (void)close(bench->file);
    rocksdb_sstfilewriter_destroy(bench->writer);
    rocksdb_close(bench->scratch);
    rocksdb_options_destroy(bench->options);
}

/* Reads the log through, a portion at a time. */
static void walk(struct bench *bench, rocksdb_t *db, rocksdb_column_family_handle_t *log)
{
    rocksdb_readoptions_t *read = rocksdb_readoptions_create();
    struct portion portion = { 0 };
    rocksdb_iterator_t *it;
    bool more;

    rocksdb_readoptions_set_fill_cache(read, 0);
    rocksdb_readoptions_set_readahead_size(read, 2 << 20);
    it = rocksdb_create_iterator_cf(db, read, log);
    rocksdb_iter_seek_to_first(it);
    (void)bc_buf_room(&portion.bytes, PORTION + BLOCK); /* its pages' cost is nobody's */
    memset(portion.bytes.at, 0, PORTION);
    do {
        begin(bench);
        more = fill(&portion, it);
        end(bench, SCAN, portion.bytes.len, portion.n);
        if (more)
            pass(bench, &portion);
    } while (more);
    rocksdb_iter_destroy(it);
    rocksdb_readoptions_destroy(read);
    bc_buf_release(&portion.bytes);
    free(portion.lens);
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "default", "log" };
    struct bench bench = { 0 };
    rocksdb_column_family_handle_t *handles[2] = { 0 };
    const rocksdb_options_t *options[2];
    rocksdb_t *db;
    char *why = NULL;

    if (argc != 3) {
        fprintf(stderr, "usage: bench_limits DATABASE SCRATCH\n");
        return 2;
    }
    open_scratch(&bench, argv[2]);
    options[0] = options[1] = bench.options;
    db = rocksdb_open_for_read_only_column_families(bench.options, argv[1], 2, names, options,
                                                    handles, 0, &why);
    check(argv[1], why);
    walk(&bench, db, handles[1]);
    if (bench.costs[SCAN].records == 0)
        stop(argv[1], "there is nothing in its log");
    finish(&bench);
    for (int i = 0; i < WORK_N; i++)
        printf("%s\t%llu\t%llu\t%.6f\t%.6f\n", work_names[i],
               (unsigned long long)bench.costs[i].bytes, (unsigned long long)bench.costs[i].records,
               bench.costs[i].wall, bench.costs[i].cpu);
    for (int i = 0; i < 2; i++)
        rocksdb_column_family_handle_destroy(handles[i]);
    rocksdb_close(db);
    close_scratch(&bench);
    return fflush(stdout) == 0 ? 0 : 1;
}
