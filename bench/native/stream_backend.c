// The upstream of the TCP and UDP benchmarks, on one port number for both. One thread, one epoll loop.
//
// usage: stream_backend PORT
// The first byte of a TCP connection says what it does:
//   e  sends back everything, the first byte included
//   c  sends back what came with it, and closes
//   d  sends without end
//   u  takes everything
//   b  sends without end and takes everything
// A datagram is sent back as it came.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, BLOCK_BYTES = 65536, ECHO_BYTES = 4096, BATCH = 64, DATAGRAM_BYTES = 2048, RECEIVE_BUFFER = 4 << 20 };

typedef struct {
    int fd;
    char mode;         // 0 until the first byte has come
    unsigned events;   // what epoll was asked for
    size_t waiting;    // bytes of an echo that are still to be sent
    char echo[ECHO_BYTES];
} Connection;

static char block[BLOCK_BYTES];

static bool blocked(ssize_t result) {
    return result < 0 && errno == EAGAIN;
}

static bool echo(Connection *c) {
    for (;;) {
        if (c->waiting) {
            ssize_t sent = send(c->fd, c->echo, c->waiting, MSG_NOSIGNAL);
            if (sent < 0)
                return blocked(sent);
            c->waiting -= sent;
            memmove(c->echo, c->echo + sent, c->waiting);
            if (c->mode == 'c' && !c->waiting)
                return false;
            continue;
        }
        ssize_t received = recv(c->fd, c->echo, sizeof c->echo, 0);
        if (received <= 0)
            return blocked(received);
        c->waiting = received;
    }
}

// A little each time: epoll is level triggered, and endless connections leave room for others.
static bool flow(Connection *c, unsigned ready) {
    if (c->mode != 'd' && ready & EPOLLIN) {
        // MSG_TRUNC: taken, without a copy that nobody looks at (tcp(7)).
        ssize_t received = recv(c->fd, NULL, 16 * BLOCK_BYTES, MSG_TRUNC);
        if (received <= 0 && !blocked(received))
            return false;
    }
    if (c->mode != 'u' && ready & EPOLLOUT) {
        ssize_t sent = send(c->fd, block, sizeof block, MSG_NOSIGNAL);
        if (sent < 0 && !blocked(sent))
            return false;
    }
    return true;
}

// False when the connection is over.
static bool serve(Connection *c, unsigned ready) {
    if (ready & (EPOLLERR | EPOLLHUP | EPOLLRDHUP))
        return false;
    if (!c->mode) {
        ssize_t received = recv(c->fd, &c->mode, 1, MSG_PEEK);
        if (received <= 0)
            return blocked(received);
    }
    return c->mode == 'e' || c->mode == 'c' ? echo(c) : flow(c, ready);
}

static unsigned wanted(const Connection *c) {
    switch (c->mode) {
    case 'd': return EPOLLOUT | EPOLLRDHUP;
    case 'b': return EPOLLOUT | EPOLLIN;
    default: return c->waiting ? EPOLLOUT : EPOLLIN;
    }
}

static void answer_datagrams(int fd) {
    static char input[BATCH][DATAGRAM_BYTES];
    static struct sockaddr_in from[BATCH];
    static struct iovec parts[BATCH];
    static struct mmsghdr messages[BATCH];
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            parts[i] = (struct iovec){ input[i], DATAGRAM_BYTES };
            messages[i].msg_hdr = (struct msghdr){ .msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &parts[i], .msg_iovlen = 1 };
        }
        int received = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
        if (received <= 0)
            return;
        for (int i = 0; i < received; i++)
            parts[i].iov_len = messages[i].msg_len;
        // What does not fit is lost, as datagrams may be.
        for (int sent = 0, done; sent < received; sent += done) {
            done = sendmmsg(fd, messages + sent, received - sent, MSG_DONTWAIT);
            if (done <= 0)
                break;
        }
        if (received < BATCH)
            return;
    }
}

static void accept_all(int listener, int epoll) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        Connection *c = malloc(sizeof *c);
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
        if (!c || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) {
            free(c);
            close(fd);
            continue;
        }
        c->fd = fd;
        c->mode = 0;
        c->waiting = 0;
        c->events = EPOLLIN;
    }
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: stream_backend PORT\n");
        return 2;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
    };
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int datagrams = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1, size = RECEIVE_BUFFER, epoll = epoll_create1(EPOLL_CLOEXEC);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(datagrams, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    static char of_listener, of_datagrams;
    struct epoll_event tcp = { .events = EPOLLIN, .data.ptr = &of_listener }, udp = { .events = EPOLLIN, .data.ptr = &of_datagrams };
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0
        || bind(datagrams, (struct sockaddr *)&address, sizeof address) < 0
        || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &tcp) < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, datagrams, &udp) < 0) {
        perror("stream_backend");
        return 1;
    }
    memset(block, 'x', sizeof block);
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr == &of_listener)
                accept_all(listener, epoll);
            else if (events[i].data.ptr == &of_datagrams)
                answer_datagrams(datagrams);
            else {
                Connection *c = events[i].data.ptr;
                if (!serve(c, events[i].events)) {
                    close(c->fd);
                    free(c);
                } else if (wanted(c) != c->events) {
                    struct epoll_event event = { .events = c->events = wanted(c), .data.ptr = c };
                    epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
                }
            }
        }
    }
}
