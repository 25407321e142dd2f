// The gRPC upstream of the benchmarks: HTTP/2 in cleartext (RFC 9113), one thread, one edge-triggered epoll loop. Every request
// gets the same unary answer: response head, one message, trailers with grpc-status 0. Request heads are not decoded, so
// nothing here depends on how a proxy compresses them.
//
// usage: grpc_backend PORT MESSAGE_BYTES
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INPUT_BYTES = 65536, OUTPUT_BYTES = 1 << 20, EVENTS = 256, WAITING = 4096, FRAME_HEAD = 9, UPDATE_AFTER = 16384 };
enum { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION };
enum { END_STREAM = 1, ACK = 1, END_HEADERS = 4 };

static const char PREFACE[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

typedef struct {
    int fd;
    bool preface_seen;
    bool ends_stream;       // the head that is still being received ends its request
    int64_t window;         // bytes of DATA that the peer takes on this connection
    uint32_t unacknowledged; // bytes of DATA received since the last WINDOW_UPDATE
    uint32_t waiting[WAITING]; // streams whose answer waits for the window
    unsigned first, count;
    size_t used, out_start, out_end;
    unsigned char input[INPUT_BYTES];
    unsigned char output[OUTPUT_BYTES];
} Connection;

static unsigned char answer[8192];
static size_t answer_bytes, message_bytes;
static size_t stream_ids[3]; // where the stream identifier stands in each of the three frames

static uint32_t read32(const unsigned char *p) { return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]; }

static void write32(unsigned char *p, uint32_t value) {
    p[0] = value >> 24, p[1] = value >> 16, p[2] = value >> 8, p[3] = value;
}

static unsigned char *frame_head(unsigned char *p, size_t length, int type, int flags, uint32_t stream) {
    p[0] = length >> 16, p[1] = length >> 8, p[2] = length, p[3] = type, p[4] = flags;
    write32(p + 5, stream);
    return p + FRAME_HEAD;
}

// A literal field without indexing and without Huffman coding (RFC 7541 6.2.2).
static unsigned char *literal(unsigned char *p, const char *name, const char *value) {
    *p++ = 0;
    *p++ = strlen(name);
    p = (unsigned char *)stpcpy((char *)p, name);
    *p++ = strlen(value);
    return (unsigned char *)stpcpy((char *)p, value);
}

static unsigned char *add_frame(unsigned char *at, int number, int type, int flags, const unsigned char *payload, size_t length) {
    stream_ids[number] = at + 5 - answer;
    at = frame_head(at, length, type, flags, 0);
    memcpy(at, payload, length);
    return at + length;
}

static void prepare(size_t bytes) {
    unsigned char payload[4096], *end = payload, *at = answer;
    message_bytes = 5 + bytes;
    *end++ = 0x88; // :status 200
    end = literal(end, "content-type", "application/grpc");
    end = literal(end, "grpc-accept-encoding", "identity,deflate,gzip");
    at = add_frame(at, 0, HEADERS, END_HEADERS, payload, end - payload);
    memset(payload, '.', message_bytes);
    payload[0] = 0;
    write32(payload + 1, bytes);
    at = add_frame(at, 1, DATA, 0, payload, message_bytes);
    end = literal(payload, "grpc-status", "0");
    at = add_frame(at, 2, HEADERS, END_HEADERS | END_STREAM, payload, end - payload);
    answer_bytes = at - answer;
}

static unsigned char *reserve(Connection *c, size_t bytes) {
    if (c->out_end + bytes > OUTPUT_BYTES)
        return NULL;
    unsigned char *at = c->output + c->out_end;
    c->out_end += bytes;
    return at;
}

static bool write_answer(Connection *c, uint32_t stream) {
    unsigned char *at = reserve(c, answer_bytes);
    if (!at)
        return false;
    memcpy(at, answer, answer_bytes);
    for (int i = 0; i < 3; i++)
        write32(at + stream_ids[i], stream);
    c->window -= message_bytes;
    return true;
}

static bool reply(Connection *c, uint32_t stream) {
    if (c->window >= (int64_t)message_bytes && c->count == 0)
        return write_answer(c, stream);
    if (c->count == WAITING)
        return false;
    c->waiting[(c->first + c->count++) % WAITING] = stream;
    return true;
}

static bool reply_to_waiting(Connection *c) {
    while (c->count && c->window >= (int64_t)message_bytes) {
        if (!write_answer(c, c->waiting[c->first]))
            return false;
        c->first = (c->first + 1) % WAITING;
        c->count--;
    }
    return true;
}

static bool handle(Connection *c, int type, int flags, uint32_t stream, const unsigned char *payload, size_t length) {
    unsigned char *at;
    switch (type) {
    case DATA:
        c->unacknowledged += length;
        if (c->unacknowledged >= UPDATE_AFTER) {
            if (!(at = reserve(c, FRAME_HEAD + 4)))
                return false;
            write32(frame_head(at, 4, WINDOW_UPDATE, 0, 0), c->unacknowledged);
            c->unacknowledged = 0;
        }
        return !(flags & END_STREAM) || reply(c, stream);
    case HEADERS:
        c->ends_stream = flags & END_STREAM;
        return !c->ends_stream || !(flags & END_HEADERS) || reply(c, stream);
    case CONTINUATION:
        return !c->ends_stream || !(flags & END_HEADERS) || reply(c, stream);
    case SETTINGS:
        if (flags & ACK)
            return true;
        if (!(at = reserve(c, FRAME_HEAD)))
            return false;
        frame_head(at, 0, SETTINGS, ACK, 0);
        return true;
    case PING:
        if (flags & ACK || length != 8)
            return true;
        if (!(at = reserve(c, FRAME_HEAD + 8)))
            return false;
        memcpy(frame_head(at, 8, PING, ACK, 0), payload, 8);
        return true;
    case WINDOW_UPDATE:
        if (stream == 0 && length == 4)
            c->window += read32(payload) & 0x7fffffff;
        return reply_to_waiting(c);
    default:
        return true;
    }
}

// Takes every complete frame out of the input. False on what no benchmark sends.
static bool take_frames(Connection *c) {
    size_t at = 0;
    if (!c->preface_seen) {
        if (c->used < sizeof PREFACE - 1)
            return memcmp(c->input, PREFACE, c->used) == 0;
        if (memcmp(c->input, PREFACE, sizeof PREFACE - 1))
            return false;
        c->preface_seen = true;
        at = sizeof PREFACE - 1;
        unsigned char *settings = reserve(c, FRAME_HEAD + 6);
        settings = frame_head(settings, 6, SETTINGS, 0, 0);
        memcpy(settings, "\0\3\0\0\3\350", 6); // MAX_CONCURRENT_STREAMS 1000
    }
    while (c->used - at >= FRAME_HEAD) {
        const unsigned char *p = c->input + at;
        size_t length = (size_t)p[0] << 16 | p[1] << 8 | p[2];
        if (length > 16384)
            return false;
        if (c->used - at < FRAME_HEAD + length)
            break;
        if (!handle(c, p[3], p[4], read32(p + 5) & 0x7fffffff, p + FRAME_HEAD, length))
            return false;
        at += FRAME_HEAD + length;
    }
    c->used -= at;
    memmove(c->input, c->input + at, c->used);
    return true;
}

static bool flush(Connection *c) {
    while (c->out_start < c->out_end) {
        ssize_t sent = send(c->fd, c->output + c->out_start, c->out_end - c->out_start, MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN;
        c->out_start += sent;
    }
    c->out_start = c->out_end = 0;
    return true;
}

// Works until the socket would block. False when the connection is over.
static bool serve(Connection *c) {
    for (;;) {
        ssize_t received = recv(c->fd, c->input + c->used, INPUT_BYTES - c->used, 0);
        if (received <= 0)
            return received < 0 && errno == EAGAIN && flush(c);
        c->used += received;
        if (!take_frames(c) || !flush(c))
            return false;
    }
}

static void accept_all(int listener, int epoll) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        Connection *c = calloc(1, sizeof *c);
        struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
        if (!c || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
            free(c);
            close(fd);
            continue;
        }
        c->fd = fd;
        c->window = 65535;
    }
}

int main(int count, char **arguments) {
    if (count != 3 || atoi(arguments[2]) < 0 || atoi(arguments[2]) > 4000) {
        fprintf(stderr, "usage: grpc_backend PORT MESSAGE_BYTES (at most 4000)\n");
        return 2;
    }
    prepare(atoi(arguments[2]));

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
    };
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL };
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0
        || epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) < 0) {
        perror("grpc_backend");
        return 1;
    }

    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            Connection *c = events[i].data.ptr;
            if (!c)
                accept_all(listener, epoll);
            else if (!serve(c)) {
                close(c->fd);
                free(c);
            }
        }
    }
}
