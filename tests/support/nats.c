#include "tests/support/nats.h"

#include "tests/support/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <netinet/in.h>

enum { PATIENT_MS = 30000, PAUSE_MS = 10 };

static const char *const places[] = { "/usr/sbin/nats-server", "/usr/bin/nats-server",
                                      "/usr/local/bin/nats-server" };

static const char *program(void)
{
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return NULL;
}

bool nats_is_here(void)
{
    if (!program())
        print_message("skipped: there is no program nats-server\n");
    return program();
}

/* --- ports --- */

static struct sockaddr_in loopback(unsigned port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

/* One that nobody has; it stays free of others for as long as `*fd` is open. */
static unsigned free_port(int *fd)
{
    struct sockaddr_in at = loopback(0);
    socklen_t len = sizeof(at);

    *fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(*fd >= 0);
    assert_int_equal(bind(*fd, (const struct sockaddr *)&at, len), 0);
    assert_int_equal(getsockname(*fd, (struct sockaddr *)&at, &len), 0);
    return ntohs(at.sin_port);
}

void nats_prepare(struct nats_servers *servers, size_t n, const char *scheme)
{
    int held[2 * NATS_SERVERS_MAX];

    *servers = (struct nats_servers){ .n = n };
    folder_make(servers->folder);
    for (size_t i = 0; i < n; i++) {
        const size_t len = strlen(servers->urls);

        servers->port[i] = free_port(&held[2 * i]);
        servers->route[i] = free_port(&held[2 * i + 1]);
        (void)snprintf(servers->urls + len, sizeof(servers->urls) - len, "%s%s://127.0.0.1:%u",
                       i ? "," : "", scheme, servers->port[i]);
    }
    for (size_t i = 0; i < 2 * n; i++)
        close(held[i]);
}

/* --- the processes --- */

static void configure(const struct nats_servers *servers, size_t i, const char *path)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "listen: 127.0.0.1:%u\nserver_name: s%zu\n", servers->port[i], i);
    bc_buf_printf(&text, "jetstream { store_dir: \"%s/js%zu\" }\n", servers->folder, i);
    if (servers->n > 1) {
        bc_buf_printf(&text, "cluster { name: test, listen: 127.0.0.1:%u, routes: [",
                      servers->route[i]);
        for (size_t k = 0; k < servers->n; k++)
            bc_buf_printf(&text, "%s nats://127.0.0.1:%u", k ? "," : "", servers->route[k]);
        bc_buf_printf(&text, " ] }\n");
    }
    bc_buf_printf(&text, "%s\n", servers->more);
    file_write(path, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void become_server(const char *config, const char *log)
{
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execl(program(), "nats-server", "-c", config, (char *)NULL);
    _exit(127);
}

static bool answers(unsigned port)
{
    const struct sockaddr_in at = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool open_now = connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0;

    close(fd);
    return open_now;
}

static void fail_with_log(const char *log)
{
    struct bc_buf text = { 0 };

    file_read(&text, log);
    bc_buf_add_byte(&text, '\0');
    fail_msg("nats-server did not come up:\n%s", text.at);
}

static void begin(struct nats_servers *servers, size_t i)
{
    char config[FOLDER_PATH + 16], log[FOLDER_PATH + 16];

    (void)snprintf(config, sizeof(config), "%s/s%zu.conf", servers->folder, i);
    (void)snprintf(log, sizeof(log), "%s/s%zu.log", servers->folder, i);
    configure(servers, i, config);
    servers->pid[i] = fork();
    assert_true(servers->pid[i] >= 0);
    if (servers->pid[i] == 0)
        become_server(config, log);
}

static void await(struct nats_servers *servers, size_t i)
{
    const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
    char log[FOLDER_PATH + 16];

    (void)snprintf(log, sizeof(log), "%s/s%zu.log", servers->folder, i);
    for (int waited = 0; !answers(servers->port[i]); waited += PAUSE_MS) {
        if (waited > PATIENT_MS || waitpid(servers->pid[i], NULL, WNOHANG) == servers->pid[i])
            fail_with_log(log);
        (void)nanosleep(&pause, NULL);
    }
}

void nats_start(struct nats_servers *servers, const char *more)
{
    servers->more = bc_strdup(bc_str_of(more ? more : ""));
    for (size_t i = 0; i < servers->n; i++)
        begin(servers, i);
    for (size_t i = 0; i < servers->n; i++)
        await(servers, i);
}

void nats_again(struct nats_servers *servers, size_t i)
{
    begin(servers, i);
    await(servers, i);
}

void nats_kill(struct nats_servers *servers, size_t i)
{
    if (servers->pid[i] <= 0)
        return;
    (void)kill(servers->pid[i], SIGKILL);
    (void)waitpid(servers->pid[i], NULL, 0);
    servers->pid[i] = 0;
}

void nats_freeze(struct nats_servers *servers, size_t i, bool frozen)
{
    int status;

    assert_int_equal(kill(servers->pid[i], frozen ? SIGSTOP : SIGCONT), 0);
    if (!frozen)
        return;
    /* All its threads have stopped only when that is said. */
    assert_int_equal(waitpid(servers->pid[i], &status, WUNTRACED), servers->pid[i]);
    assert_true(WIFSTOPPED(status));
}

/* --- raw bytes --- */

/* One line, without its end; "PING"s are passed over. */
static void read_line(FILE *from, char *out, size_t size)
{
    do {
        assert_non_null(fgets(out, (int)size, from));
        out[strcspn(out, "\r\n")] = '\0';
    } while (strcmp(out, "PING") == 0);
}

void nats_ask(const struct nats_servers *servers, size_t i, const char *subject, const char *reply,
              const char *text, struct bc_buf *out)
{
    const struct sockaddr_in at = loopback(servers->port[i]);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char line[4096];
    FILE *stream;
    size_t len;

    assert_int_equal(connect(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
    stream = fdopen(fd, "r+");
    assert_non_null(stream);
    read_line(stream, line, sizeof(line)); /* INFO */
    (void)fprintf(stream,
                  "CONNECT {\"verbose\":false,\"protocol\":1,\"headers\":true,"
                  "\"no_responders\":true}\r\nSUB answer 1\r\nPUB %s %s %zu\r\n%s\r\nPING\r\n",
                  subject, reply ? reply : "answer", strlen(text), text);
    (void)fflush(stream);
    do /* the pong, then the answer, in any order */
        read_line(stream, line, sizeof(line));
    while (strcmp(line, "PONG") == 0 && !reply);
    if (!reply) {
        len = strtoul(strrchr(line, ' '), NULL, 10);
        assert_int_equal(fread(bc_buf_room(out, len), 1, len, stream), len);
        out->len += len;
        bc_buf_add_byte(out, '\0');
        out->len--;
    }
    (void)fclose(stream);
}

void nats_stop(struct nats_servers *servers)
{
    for (size_t i = 0; i < servers->n; i++)
        nats_kill(servers, i);
    free(servers->more);
    folder_remove(servers->folder);
}
