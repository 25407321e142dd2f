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
    routes: int = 1
    response_bytes: int = 100
    #: Most CPU per request, as a share of the better peer's. None: no target of its own.
    target: Optional[float] = None
    #: Scenarios of one family are measured in the same rounds, so that they can be compared with each other.
    family: str = ""


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

GROUPS = {"http1": HTTP1, "h2": H2, "grpc": GRPC}
TITLES = {
    "http1": "CPU per request, HTTP/1.1",
    "h2": "CPU per request, HTTP/2 in cleartext to HTTP/1.1",
    "grpc": "CPU per request, gRPC (HTTP/2 in cleartext on both sides)",
}

#: CPU per request may grow by less than this share from 1 to 5,000 HTTPRoutes.
ROUTING_GROWTH = 0.10
