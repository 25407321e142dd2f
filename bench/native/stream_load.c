// Load on a relay of TCP or UDP in front of stream_backend. One thread, one epoll loop.
//
// usage: stream_load ping|connect|down|up|both|udp PORT SECONDS CONNECTIONS BYTES
//   ping     on each connection BYTES there and back, again and again
//   connect  a new connection for BYTES there and back
//   down     BYTES at a time from the backend, as fast as they come; up: to the backend; both: at once
//   udp      datagrams of BYTES there and back, some in flight on each of CONNECTIONS sockets
// Prints one line: RESULT {"count": …, "bytes": …, "errors": …, "microseconds": …, "p50": …, "p99": …}. count: answers and
// connections; bytes: of bulk transfers; errors: connections that ended early, and datagrams that got lost.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, MOST_BYTES = 1 << 20, MOST_SAMPLES = 1 << 22, IN_FLIGHT = 4, DATAGRAM_BYTES = 2048, LOST_AFTER_US = 200000 };

typedef struct {
    int fd;
    bool sent;          // the request, or the first byte of a transfer
    size_t received;    // bytes of an answer
    int in_flight;      // datagrams
    long long began;    // the request, or the last datagram that came
} Connection;

static enum { PING, CONNECT, DOWN, UP, BOTH, UDP } what;
static struct sockaddr_in address;
static int epoll;
static size_t bytes;
static char *payload;
static long long answers, transferred, errors;
static unsigned *samples;
static size_t sample_count;

static long long now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void sample(long long began, long long now) {
    if (sample_count < MOST_SAMPLES)
        samples[sample_count++] = now - began;
}

static void fatal(const char *doing) {
    perror(doing);
    exit(1);
}

static void begin(Connection *c) {
    *c = (Connection){ .began = now_us() };
    int on = 1, kind = what == UDP ? SOCK_DGRAM : SOCK_STREAM;
    c->fd = socket(AF_INET, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        fatal("stream_load: socket");
    if (what != UDP)
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS)
        fatal("stream_load: connect");
    // Bulk is level triggered, a little for each connection at a time.
    unsigned events = EPOLLIN | EPOLLOUT | (what == DOWN || what == UP || what == BOTH ? 0 : EPOLLET);
    struct epoll_event event = { .events = events, .data.ptr = c };
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) < 0)
        fatal("stream_load: epoll_ctl");
}

static void again(Connection *c, bool succeeded) {
    errors += !succeeded;
    close(c->fd);
    begin(c);
}

static bool blocked(ssize_t result) {
    return result < 0 && (errno == EAGAIN || errno == ENOTCONN);
}

// A request that fits into the socket's buffer, and its echo.
static void exchange(Connection *c) {
    for (;;) {
        if (!c->sent) {
            ssize_t sent = send(c->fd, payload, bytes, MSG_NOSIGNAL);
            if (blocked(sent))
                return;
            if (sent != (ssize_t)bytes) {
                again(c, false);
                return;
            }
            c->sent = true;
        }
        char input[65536];
        ssize_t received = recv(c->fd, input, sizeof input, 0);
        if (blocked(received))
            return;
        if (received > 0) {
            c->received += received;
            if (c->received < bytes || what == CONNECT)
                continue;
        }
        bool whole = c->received == bytes;
        if (whole) {
            long long now = now_us();
            answers++;
            sample(c->began, now);
            c->began = now;
        }
        if (what == CONNECT || !whole) {
            again(c, whole);
            return;
        }
        c->received = 0;
        c->sent = false;
    }
}

static void transfer(Connection *c, unsigned ready) {
    if (ready & (EPOLLERR | EPOLLHUP)) {
        again(c, false);
        return;
    }
    if (!c->sent) {
        if (!(ready & EPOLLOUT))
            return;
        if (send(c->fd, payload, 1, MSG_NOSIGNAL) != 1) {
            again(c, false);
            return;
        }
        c->sent = true;
        if (what == DOWN) {
            struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
            epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
        }
        return;
    }
    if (ready & EPOLLIN) {
        ssize_t received = recv(c->fd, NULL, MOST_BYTES, MSG_TRUNC); // taken without a copy: tcp(7)
        if (received <= 0 && !blocked(received)) {
            again(c, false);
            return;
        }
        if (received > 0)
            transferred += received;
    }
    if (what != DOWN && ready & EPOLLOUT) {
        ssize_t sent = send(c->fd, payload, bytes, MSG_NOSIGNAL);
        if (sent < 0 && !blocked(sent)) {
            again(c, false);
            return;
        }
        if (sent > 0)
            transferred += sent;
    }
}

static void send_datagrams(Connection *c, int count, long long now) {
    static char data[IN_FLIGHT][DATAGRAM_BYTES];
    struct iovec parts[IN_FLIGHT];
    struct mmsghdr messages[IN_FLIGHT];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < count; i++) {
        memcpy(data[i], &now, sizeof now);
        parts[i] = (struct iovec){ data[i], bytes };
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    int sent = sendmmsg(c->fd, messages, count, MSG_DONTWAIT);
    if (sent > 0)
        c->in_flight += sent;
}

static void datagrams(Connection *c) {
    static char data[IN_FLIGHT][DATAGRAM_BYTES];
    for (;;) {
        struct iovec parts[IN_FLIGHT];
        struct mmsghdr messages[IN_FLIGHT];
        memset(messages, 0, sizeof messages);
        for (int i = 0; i < IN_FLIGHT; i++) {
            parts[i] = (struct iovec){ data[i], DATAGRAM_BYTES };
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        int received = recvmmsg(c->fd, messages, IN_FLIGHT, MSG_DONTWAIT, NULL);
        long long now = now_us();
        for (int i = 0; i < received; i++) {
            long long began;
            memcpy(&began, data[i], sizeof began);
            if (messages[i].msg_len != bytes || began > now) {
                errors++; // not what was sent
                continue;
            }
            answers++;
            sample(began, now);
        }
        if (received > 0) {
            c->began = now;
            // One that was given up for lost may come after all.
            c->in_flight = c->in_flight > received ? c->in_flight - received : 0;
        }
        if (c->in_flight < IN_FLIGHT && (received > 0 || !c->sent)) {
            c->sent = true;
            send_datagrams(c, IN_FLIGHT - c->in_flight, now);
        }
        if (received < IN_FLIGHT)
            return;
    }
}

// Sockets on which nothing comes any more begin anew.
static void give_up_lost(Connection *all, int connections, long long now) {
    for (int i = 0; i < connections; i++) {
        if (now - all[i].began < LOST_AFTER_US)
            continue;
        errors += all[i].in_flight;
        all[i].in_flight = 0;
        all[i].began = now;
        send_datagrams(&all[i], IN_FLIGHT, now);
    }
}

static int by_size(const void *one, const void *other) {
    unsigned a = *(const unsigned *)one, b = *(const unsigned *)other;
    return a < b ? -1 : a > b;
}

int main(int count, char **arguments) {
    static const char *names[] = { "ping", "connect", "down", "up", "both", "udp" }, modes[] = "ecdub";
    size_t chosen = 0;
    while (count == 6 && chosen < 6 && strcmp(arguments[1], names[chosen]))
        chosen++;
    bytes = count == 6 ? strtoul(arguments[5], NULL, 10) : 0;
    if (count != 6 || chosen == 6 || bytes < sizeof(long long) || bytes > (chosen == UDP ? DATAGRAM_BYTES : MOST_BYTES)) {
        fprintf(stderr, "usage: stream_load ping|connect|down|up|both|udp PORT SECONDS CONNECTIONS BYTES\n");
        return 2;
    }
    what = chosen;
    int connections = atoi(arguments[4]);
    address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(atoi(arguments[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    payload = malloc(bytes);
    samples = malloc(MOST_SAMPLES * sizeof *samples);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    Connection *all = calloc(connections, sizeof *all);
    if (!payload || !samples || epoll < 0 || !all)
        fatal("stream_load");
    memset(payload, 'x', bytes);
    if (what != UDP)
        payload[0] = modes[chosen];

    long long start = now_us(), stop = start + atoll(arguments[3]) * 1000000, checked = start;
    for (int i = 0; i < connections; i++)
        begin(&all[i]);
    struct epoll_event events[EVENTS];
    for (long long now = start; now < stop && errors < 100000; now = now_us()) {
        int ready = epoll_wait(epoll, events, EVENTS, 50);
        for (int i = 0; i < ready; i++) {
            Connection *c = events[i].data.ptr;
            if (what == UDP)
                datagrams(c);
            else if (what == PING || what == CONNECT)
                exchange(c);
            else
                transfer(c, events[i].events);
        }
        if (what == UDP && now - checked > LOST_AFTER_US) {
            checked = now;
            give_up_lost(all, connections, now);
        }
    }
    long long took = now_us() - start;
    qsort(samples, sample_count, sizeof *samples, by_size);
    printf("RESULT {\"count\": %lld, \"bytes\": %lld, \"errors\": %lld, \"microseconds\": %lld, \"p50\": %u, \"p99\": %u}\n", answers, transferred,
           errors, took, sample_count ? samples[sample_count / 2] : 0, sample_count ? samples[sample_count * 99 / 100] : 0);
    return 0;
}
