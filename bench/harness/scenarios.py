"""What is measured, and what it must reach."""

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    path: str = "/"
    connections: int = 64
    body_bytes: int = 0
    new_connection: bool = False
    #: Concurrent requests on each HTTP/2 connection; 0 is HTTP/1.1.
    streams: int = 0
    #: gRPC calls: HTTP/2 on both sides.
    grpc: bool = False
    #: HTTPS, HTTP/2 by ALPN where there are streams.
    tls: bool = False
    #: A TLS connection per request: "full" or "resumed" handshakes.
    handshake: Optional[str] = None
    #: No HTTP at all: what stream_load does over TCP, or "udp". Pieces of body_bytes.
    stream: Optional[str] = None
    #: What is counted.
    unit: str = "request"
    #: More header fields of the requests, as pairs of name and value (HTTP/1.1).
    fields: tuple = ()
    routes: int = 1
    response_bytes: int = 100
    #: Most CPU per request, as a share of the better peer's, with what runs differ by where the target is to be on a par. None: no target.
    target: Optional[float] = None
    #: Least rate, as a share of the better peer's, less what runs differ by. None: the rate is only reported.
    rate_target: Optional[float] = None
    #: Scenarios of one family are measured in the same rounds, so that they can be compared with each other.
    family: str = ""

    @property
    def udp(self):
        return self.stream == "udp"


HTTP1 = [
    Scenario("small", "GET, 100 B, 64 connections, 1 HTTPRoute", family="small"),
    Scenario("small-1000", "the same, 1,000 HTTPRoutes", routes=1000, target=0.85, family="small"),
    Scenario("small-5000", "the same, 5,000 HTTPRoutes", routes=5000, family="small"),
    Scenario("10k", "GET, 10 KiB", path="/10k", response_bytes=10240, target=0.90, family="10k"),
    Scenario("1m", "GET, 1 MiB, 16 connections", path="/1m", connections=16, response_bytes=1048576, target=1.0, family="1m"),
    Scenario("post", "POST, 1 KiB", body_bytes=1024, target=0.85, family="post"),
    Scenario("newconn", "GET, 100 B, a new connection per request", new_connection=True, target=0.95, family="newconn"),
]

H2 = [
    Scenario("h2-16x8", "GET, 100 B, 16 connections with 8 streams each", connections=16, streams=8, target=0.60, family="h2"),
    Scenario("h2-64x1", "GET, 100 B, 64 connections with one stream each", streams=1, target=0.75, family="h2"),
]

GRPC = [
    Scenario("grpc-16x8", "unary calls, 100 B messages, 16 connections with 8 streams each", connections=16, streams=8, grpc=True,
             target=0.60, family="grpc"),
    Scenario("grpc-64x1", "unary calls, 100 B messages, 64 connections with one stream each", streams=1, grpc=True, family="grpc"),
]

TLS = [
    Scenario("tls", "TLS 1.3, HTTP/1.1, GET, 100 B, 64 connections", tls=True, target=0.90, family="tls"),
    Scenario("tls-h2-16x8", "TLS 1.3, HTTP/2, 16 connections with 8 streams each", connections=16, streams=8, tls=True, target=0.60,
             family="tls-h2"),
    Scenario("tls-h2-64x1", "TLS 1.3, HTTP/2, 64 connections with one stream each", streams=1, tls=True, family="tls-h2"),
    Scenario("tls-full", "a full handshake (ECDSA P-256) per request, 32 in flight", connections=32, tls=True, handshake="full", target=1.05,
             family="handshake"),
    Scenario("tls-resumed", "a resumed handshake per request, 32 in flight", connections=32, tls=True, handshake="resumed", target=1.0,
             family="handshake"),
]

#: "On a par": what two measurements of one and the same program differ by on the quiet machine, where load and backend set the pace.
SAME_RATE, SAME_COST = 0.95, 1.05

TCP = [
    Scenario("tcp-down", "to the client in writes of 64 KiB, 16 connections", stream="down", unit="MB", connections=16, body_bytes=65536,
             target=SAME_COST, rate_target=SAME_RATE, family="tcp-bulk"),
    Scenario("tcp-up", "to the backend in writes of 64 KiB, 16 connections", stream="up", unit="MB", connections=16, body_bytes=65536,
             target=SAME_COST, rate_target=SAME_RATE, family="tcp-bulk"),
    Scenario("tcp-both", "both ways at once in writes of 64 KiB, 8 connections", stream="both", unit="MB", connections=8, body_bytes=65536,
             target=SAME_COST, rate_target=SAME_RATE, family="tcp-bulk"),
    Scenario("tcp-connect", "a new connection for 100 B there and back, 32 in flight", stream="connect", unit="connection", connections=32,
             body_bytes=100, target=SAME_COST, rate_target=SAME_RATE, family="tcp-connect"),
    Scenario("tcp-ping", "100 B there and back, 64 connections", stream="ping", unit="round trip", body_bytes=100, family="tcp-ping"),
]

UDP = [
    Scenario("udp", "datagrams of 100 B there and back, 32 client sockets with 4 in flight each", stream="udp", unit="packet", connections=32,
             body_bytes=100, target=1.0, family="udp"),
]

#: What access logs, traces and metrics add to this: see telemetry.py.
TELEMETRY = [Scenario("telemetry", "GET, 100 B, 64 connections, 1 HTTPRoute", family="telemetry")]

#: What policies add to this: see policies.py, which has the fields as well.
POLICIES = [Scenario("policies", "GET, 100 B, 64 connections, 1 HTTPRoute", family="policies")]

GROUPS = {"http1": HTTP1, "h2": H2, "grpc": GRPC, "tls": TLS, "tcp": TCP, "udp": UDP, "telemetry": TELEMETRY, "policies": POLICIES}
TITLES = {
    "http1": "CPU per request, HTTP/1.1",
    "h2": "CPU per request, HTTP/2 in cleartext to HTTP/1.1",
    "grpc": "CPU per request, gRPC (HTTP/2 in cleartext on both sides)",
    "tls": "CPU per request, TLS 1.3 to HTTP/1.1 in cleartext",
    "tcp": "TCP relays",
    "udp": "UDP relays",
    "policies": "What policies cost",
    "telemetry": "What access logs, traces and metrics cost",
}

#: CPU per request may grow by less than this share from 1 to 5,000 HTTPRoutes.
ROUTING_GROWTH = 0.10
