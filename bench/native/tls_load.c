// Load over TLS 1.3 with a new connection for every request: connect, handshake, GET, response to its end, close. One thread,
// one epoll loop, N connections in flight.
//
// usage: tls_load PORT HOST SECONDS CONNECTIONS full|resumed
//   full     a full handshake each time
//   resumed  each connection resumes the session of the one before it; the first of each is a full handshake
// Prints one line: RESULT {"requests": …, "resumed": …, "errors": …, "microseconds": …, "p50": …, "p99": …, "version": …,
// "cipher": …, "group": …, "tickets": …}. An error is anything but a whole response with status 200.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, INPUT_BYTES = 16384, MOST_SAMPLES = 1 << 20 };

typedef struct {
    int fd;
    SSL *ssl;
    SSL_SESSION *session; // of the connection before, to resume
    bool sent;            // the request is out
    size_t received;      // bytes of the response
    bool good;            // it began with status 200
    long long began;
} Connection;

static SSL_CTX *context;
static int epoll, slot;
static bool resume;
static const char *host;
static char request[1024];
static size_t request_bytes;
static struct sockaddr_in address;
static long long requests, resumed, errors, tickets;
static unsigned *samples;
static size_t sample_count;
static char version[32], cipher[64], group[64];

static long long now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void begin(Connection *c) {
    c->sent = c->good = false;
    c->received = 0;
    c->began = now_us();
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->ssl = SSL_new(context);
    if (c->fd < 0 || !c->ssl || !SSL_set_fd(c->ssl, c->fd)) {
        perror("tls_load");
        exit(1);
    }
    SSL_set_ex_data(c->ssl, slot, c);
    SSL_set_tlsext_host_name(c->ssl, host);
    SSL_set_connect_state(c->ssl);
    if (c->session)
        SSL_set_session(c->ssl, c->session);
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c };
    if ((connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) || epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) < 0) {
        perror("tls_load: connect");
        exit(1);
    }
}

static void end(Connection *c, bool succeeded) {
    if (succeeded) {
        requests++;
        resumed += SSL_session_reused(c->ssl);
        if (sample_count < MOST_SAMPLES)
            samples[sample_count++] = now_us() - c->began;
    } else {
        errors++;
        // What failed with a session may do so again.
        SSL_SESSION_free(c->session);
        c->session = NULL;
    }
    // Without it OpenSSL would call the session one that ended badly, and not resume it.
    SSL_set_shutdown(c->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(c->ssl);
    close(c->fd);
    ERR_clear_error();
}

static int new_session(SSL *ssl, SSL_SESSION *session) {
    tickets++;
    if (!resume)
        return 0;
    Connection *c = SSL_get_ex_data(ssl, slot);
    SSL_SESSION_free(c->session);
    c->session = session;
    return 1; // kept
}

static void note_parameters(SSL *ssl) {
    snprintf(version, sizeof version, "%s", SSL_get_version(ssl));
    snprintf(cipher, sizeof cipher, "%s", SSL_get_cipher_name(ssl));
    int id = SSL_get_negotiated_group(ssl);
    const char *name = SSL_group_to_name(ssl, id);
    snprintf(group, sizeof group, "%s", name ? name : "unknown");
}

// Works until the socket would block. 0: goes on; 1: done; -1: failed.
static int drive(Connection *c) {
    if (!c->sent) {
        int written = SSL_write(c->ssl, request, (int)request_bytes); // does the handshake first
        if (written <= 0) {
            int error = SSL_get_error(c->ssl, written);
            return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
        }
        c->sent = true;
        if (!version[0])
            note_parameters(c->ssl);
    }
    char input[INPUT_BYTES];
    for (;;) {
        int read = SSL_read(c->ssl, input, sizeof input);
        if (read <= 0) {
            int error = SSL_get_error(c->ssl, read);
            if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
                return 0;
            return error == SSL_ERROR_ZERO_RETURN && c->good && c->received > 100 ? 1 : -1;
        }
        if (c->received == 0)
            c->good = read > 12 && memcmp(input, "HTTP/1.1 200", 12) == 0;
        c->received += read;
    }
}

static int by_size(const void *one, const void *other) {
    unsigned a = *(const unsigned *)one, b = *(const unsigned *)other;
    return a < b ? -1 : a > b;
}

int main(int count, char **arguments) {
    if (count != 6 || (strcmp(arguments[5], "full") && strcmp(arguments[5], "resumed"))) {
        fprintf(stderr, "usage: tls_load PORT HOST SECONDS CONNECTIONS full|resumed\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    host = arguments[2];
    resume = strcmp(arguments[5], "resumed") == 0;
    int connections = atoi(arguments[4]);
    address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    request_bytes = snprintf(request, sizeof request,
        "GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\r\n"
        "Accept: text/html,application/json;q=0.9,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\n"
        "Cookie: session=6b1f0c9e2d7a4853b1f0c9e2d7a48536; theme=dark\r\nConnection: close\r\n\r\n", host);

    context = SSL_CTX_new(TLS_client_method());
    slot = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    samples = malloc(MOST_SAMPLES * sizeof *samples);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    Connection *all = calloc(connections, sizeof *all);
    if (!context || slot < 0 || !samples || epoll < 0 || !all || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)
        || !SSL_CTX_set1_groups_list(context, "X25519")) {
        fprintf(stderr, "tls_load: cannot begin\n");
        return 1;
    }
    // The chain is not looked at, which is work of this side alone; the signature of the handshake always is.
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, new_session);

    long long start = now_us(), stop = start + atoll(arguments[3]) * 1000000;
    for (int i = 0; i < connections; i++)
        begin(&all[i]);
    struct epoll_event events[EVENTS];
    while (now_us() < stop && errors < 1000) {
        int ready = epoll_wait(epoll, events, EVENTS, 100);
        for (int i = 0; i < ready; i++) {
            Connection *c = events[i].data.ptr;
            int result = drive(c);
            if (result == 0)
                continue;
            end(c, result > 0);
            begin(c);
        }
    }
    long long took = now_us() - start;
    qsort(samples, sample_count, sizeof *samples, by_size);
    printf("RESULT {\"requests\": %lld, \"resumed\": %lld, \"errors\": %lld, \"microseconds\": %lld, \"p50\": %u, \"p99\": %u, "
           "\"version\": \"%s\", \"cipher\": \"%s\", \"group\": \"%s\", \"tickets\": %lld}\n",
           requests, resumed, errors, took, sample_count ? samples[sample_count / 2] : 0, sample_count ? samples[sample_count * 99 / 100] : 0,
           version, cipher, group, tickets);
    return 0;
}
