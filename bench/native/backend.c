// The upstream of every benchmark: one thread, one edge-triggered epoll loop, whole responses prepared at start.
// It has to cost much less than any proxy in front of it, because it shares a core with the load generator.
//
// usage: backend PORT NAME [ADDRESS]    ADDRESS: IPv4, by default 127.0.0.1
//   /      100 bytes that begin with NAME        /10k   10 KiB        /1m   1 MiB
//   /head  the request head as it arrived, so that a script can see what a proxy added
// Request bodies need Content-Length and are read and dropped; chunked requests get 501.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INPUT_BYTES = 16384, EVENTS = 256 };

typedef struct {
    char *bytes;
    size_t length;
} Response;

typedef struct {
    int fd;
    bool close_after;     // the request said Connection: close
    size_t body_left;     // request body bytes still to be dropped
    Response answer;      // what follows once the body is through
    const char *out;      // unsent rest of the response
    size_t out_left;
    char *own;            // response made for this request alone (/head)
    size_t used;          // bytes in input
    char input[INPUT_BYTES];
} Connection;

static Response small, medium, large, not_found, not_implemented;

static Response prepare(const char *status, size_t body_bytes, const char *start) {
    char head[512];
    int head_bytes = snprintf(head, sizeof head,
        "HTTP/1.1 %s\r\nServer: backend\r\nDate: Mon, 02 Mar 2026 09:00:00 GMT\r\nContent-Type: text/plain\r\n"
        "Content-Length: %zu\r\nETag: \"5f3c-61a2b9\"\r\nCache-Control: no-store\r\n\r\n", status, body_bytes);
    Response response = { malloc(head_bytes + body_bytes + 1), head_bytes + body_bytes };
    if (!response.bytes) {
        perror("malloc");
        exit(1);
    }
    memcpy(response.bytes, head, head_bytes);
    memset(response.bytes + head_bytes, '.', body_bytes);
    size_t start_bytes = strlen(start);
    memcpy(response.bytes + head_bytes, start, start_bytes < body_bytes ? start_bytes : body_bytes);
    return response;
}

static bool named(const char *line, size_t length, const char *name) {
    size_t name_length = strlen(name);
    return length > name_length && line[name_length] == ':' && strncasecmp(line, name, name_length) == 0;
}

// Reads one complete head of `length` bytes: what to answer, and how long the request body is.
static void read_head(Connection *c, char *head, size_t length) {
    char *end = head + length - 2; // the last CRLF ends the head
    c->body_left = 0;
    bool chunked = false;
    char *line = memchr(head, '\n', length);
    for (line++; line < end;) {
        char *newline = memchr(line, '\n', end - line);
        size_t line_bytes = newline - line;
        switch (*line | 0x20) {
        case 'c':
            if (named(line, line_bytes, "content-length"))
                c->body_left = strtoul(line + sizeof "content-length:" - 1, NULL, 10);
            else if (named(line, line_bytes, "connection"))
                c->close_after = memmem(line, line_bytes, "close", 5) != NULL;
            break;
        case 't':
            chunked |= named(line, line_bytes, "transfer-encoding");
            break;
        }
        line = newline + 1;
    }

    char *path = memchr(head, ' ', length);
    path = path ? path + 1 : head;
    if (chunked) {
        c->answer = not_implemented;
        c->close_after = true;
    } else if (path[0] == '/' && path[1] == ' ')
        c->answer = small;
    else if (strncmp(path, "/10k ", 5) == 0)
        c->answer = medium;
    else if (strncmp(path, "/1m ", 4) == 0)
        c->answer = large;
    else if (strncmp(path, "/head ", 6) == 0) {
        c->answer = prepare("200 OK", length, "");
        memcpy(c->answer.bytes + c->answer.length - length, head, length);
        c->own = c->answer.bytes;
    } else
        c->answer = not_found;
}

// Takes the next request out of the input. False when it is not complete yet.
static bool take_request(Connection *c) {
    if (!c->answer.bytes) {
        char *end = memmem(c->input, c->used, "\r\n\r\n", 4);
        if (!end)
            return false;
        size_t head_bytes = end + 4 - c->input;
        read_head(c, c->input, head_bytes);
        c->used -= head_bytes;
        memmove(c->input, c->input + head_bytes, c->used);
    }
    size_t dropped = c->body_left < c->used ? c->body_left : c->used;
    c->body_left -= dropped;
    c->used -= dropped;
    memmove(c->input, c->input + dropped, c->used);
    if (c->body_left)
        return false;
    c->out = c->answer.bytes;
    c->out_left = c->answer.length;
    c->answer = (Response){ 0 };
    return true;
}

// Works until the socket would block. False when the connection is over.
static bool serve(Connection *c) {
    for (;;) {
        while (c->out_left) {
            ssize_t sent = send(c->fd, c->out, c->out_left, MSG_NOSIGNAL);
            if (sent < 0)
                return errno == EAGAIN;
            c->out += sent;
            c->out_left -= sent;
            if (c->out_left)
                continue;
            free(c->own);
            c->own = NULL;
            if (c->close_after)
                return false;
        }
        if (c->used && take_request(c))
            continue;
        if (c->used == INPUT_BYTES)
            return false; // a head larger than the input: no benchmark sends one
        ssize_t received = recv(c->fd, c->input + c->used, INPUT_BYTES - c->used, 0);
        if (received <= 0)
            return received < 0 && errno == EAGAIN;
        c->used += received;
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
    }
}

int main(int count, char **arguments) {
    struct in_addr host = { htonl(INADDR_LOOPBACK) };
    if (count < 3 || count > 4 || (count == 4 && inet_pton(AF_INET, arguments[3], &host) != 1)) {
        fprintf(stderr, "usage: backend PORT NAME [ADDRESS]\n");
        return 2;
    }
    small = prepare("200 OK", 100, arguments[2]);
    medium = prepare("200 OK", 10 * 1024, arguments[2]);
    large = prepare("200 OK", 1024 * 1024, arguments[2]);
    not_found = prepare("404 Not Found", 0, "");
    not_implemented = prepare("501 Not Implemented", 0, "");

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr = host
    };
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL };
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0
        || epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) < 0) {
        perror("backend");
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
                free(c->own);
                free(c);
            }
        }
    }
}
