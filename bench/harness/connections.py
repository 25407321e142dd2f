"""What TCP connections have carried, told by the kernel (sock_diag(7)): of any process, without asking it."""

import socket
import struct

NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, DUMP_REQUEST = 4, 20, 0x301
NLMSG_ERROR, NLMSG_DONE = 2, 3
ESTABLISHED, INET_DIAG_INFO = 1, 2
#: Where struct tcp_info has tcpi_bytes_acked, and where an answer's attributes begin.
BYTES_ACKED, ATTRIBUTES = 120, 72


def sent_bytes(port):
    """{the other side's port: bytes that it has acknowledged} of every open IPv4 connection that was accepted at this port."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as kernel:
        wanted = struct.pack("=BBBxI", socket.AF_INET, socket.IPPROTO_TCP, 1 << (INET_DIAG_INFO - 1), 1 << ESTABLISHED)
        request = wanted + struct.pack(">HH", port, 0) + bytes(36) + b"\xff" * 8
        kernel.send(struct.pack("=IHHII", 16 + len(request), SOCK_DIAG_BY_FAMILY, DUMP_REQUEST, 1, 0) + request)
        return dict(_connections(kernel, port))


def _connections(kernel, port):
    while True:
        data = kernel.recv(1 << 18)
        while len(data) >= 16:
            length, kind = struct.unpack("=IH", data[:6])
            if kind == NLMSG_DONE:
                return
            if kind == NLMSG_ERROR:
                raise OSError(-struct.unpack("=i", data[16:20])[0], "the kernel does not tell about TCP connections")
            source, other = struct.unpack(">HH", data[20:24])
            if source == port:
                yield other, _acknowledged(data[16 + ATTRIBUTES:length])
            data = data[_aligned(length):]


def _acknowledged(attributes):
    while len(attributes) >= 4:
        length, kind = struct.unpack("=HH", attributes[:4])
        if kind == INET_DIAG_INFO:
            return struct.unpack("=Q", attributes[4 + BYTES_ACKED:12 + BYTES_ACKED])[0]
        attributes = attributes[_aligned(length):]
    return 0


def _aligned(length):
    return (length + 3) & ~3
