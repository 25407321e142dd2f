"""Real gRPC peers (python3-grpcio) with generic handlers: messages are bytes, no generated code.

    peers.py server            serves on a free port, prints "serving PORT SILENT", until its standard input ends; at the
                               second port somebody listens and never says a word
    peers.py client PORT NAME  makes the calls of one check through the proxy at PORT, prints "ok" or fails
"""
import base64
import concurrent.futures
import http.client
import socket
import struct
import subprocess
import sys
import threading

import grpc

SERVICE = "sluice.test.Peer"
BIG = 4 * 1024 * 1024
OPTIONS = [
    ("grpc.max_receive_message_length", 8 * BIG),
    ("grpc.max_send_message_length", 8 * BIG),
    ("grpc.max_metadata_size", 64 * 1024),
    ("grpc.enable_http_proxy", 0),
]


# ---- the server --------------------------------------------------------------------------------------------------------

cancelled = threading.Semaphore(0)


def echo(request, context):
    context.send_initial_metadata((("x-initial", "one"), ("x-bytes-bin", b"\x00\xff\xfe")))
    context.set_trailing_metadata((("x-trailing", "two"), ("x-last-bin", b"\x80\x00")))
    return request


def metadata(request, context):
    return "\n".join(f"{key}={value!r}" for key, value in context.invocation_metadata()).encode()


def fail(request, context):
    """A status without a message: Trailers-Only."""
    context.set_trailing_metadata((("x-why", "because"),))
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, request.decode())


def wait(request, context):
    """Answers only once the call is over."""
    over = threading.Event()
    context.add_callback(over.set)
    over.wait(60)
    cancelled.release()
    return b""


def count_cancelled(request, context):
    return b"yes" if cancelled.acquire(timeout=30) else b"no"


def remaining(request, context):
    return str(context.time_remaining()).encode()


def produce(request, context):
    size, count = (int(part) for part in request.split())
    for i in range(count):
        yield bytes([i % 251]) * size


def produce_and_fail(request, context):
    yield b"one"
    yield b"two"
    context.abort(grpc.StatusCode.DATA_LOSS, "half \u20ac way")


def total(requests, context):
    return str(sum(len(request) for request in requests)).encode()


def converse(requests, context):
    for request in requests:
        yield b"re: " + request


def serve():
    unary = grpc.unary_unary_rpc_method_handler
    handlers = {
        "Echo": unary(echo),
        "Metadata": unary(metadata),
        "Fail": unary(fail),
        "Wait": unary(wait),
        "CountCancelled": unary(count_cancelled),
        "Remaining": unary(remaining),
        "Produce": grpc.unary_stream_rpc_method_handler(produce),
        "ProduceAndFail": grpc.unary_stream_rpc_method_handler(produce_and_fail),
        "Total": grpc.stream_unary_rpc_method_handler(total),
        "Converse": grpc.stream_stream_rpc_method_handler(converse),
    }
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=64), options=OPTIONS)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    silent = socket.create_server(("127.0.0.1", 0))
    print(f"serving {port} {silent.getsockname()[1]}", flush=True)
    sys.stdin.read()
    server.stop(None)


# ---- the checks --------------------------------------------------------------------------------------------------------


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r:.300}, got {actual!r:.300}")


def expect_error(call, code, details=None):
    try:
        call()
    except grpc.RpcError as error:
        expect(error.code(), code)
        if details is not None:
            expect(error.details(), details)
        return error
    raise AssertionError(f"expected {code}, but the call succeeded")


def frame(message, flag=0):
    return struct.pack(">BI", flag, len(message)) + message


def frames(body):
    found = []
    while body:
        flag, length = struct.unpack(">BI", body[:5])
        found.append((flag, body[5 : 5 + length]))
        body = body[5 + length :]
    return found


def decode_pieces(text):
    """Base64 in pieces, each of which may be padded."""
    return b"".join(base64.b64decode(text[i : i + 4], validate=True) for i in range(0, len(text), 4))


class Checks:
    def __init__(self, port, authority="peer.test"):
        self.port = port
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=OPTIONS + [("grpc.default_authority", authority)])
        self.unary = lambda name, service=SERVICE: self.channel.unary_unary(f"/{service}/{name}")

    def unary_call(self):
        call = self.unary("Echo")
        response, state = call.with_call(b"hello", timeout=30)
        expect(response, b"hello")
        expect(state.code(), grpc.StatusCode.OK)
        initial = dict(state.initial_metadata())
        trailing = dict(state.trailing_metadata())
        expect((initial["x-initial"], initial["x-bytes-bin"]), ("one", b"\x00\xff\xfe"))
        expect((trailing["x-trailing"], trailing["x-last-bin"]), ("two", b"\x80\x00"))

    def empty_messages(self):
        expect(self.unary("Echo")(b"", timeout=30), b"")
        expect(list(self.channel.unary_stream(f"/{SERVICE}/Produce")(b"0 3", timeout=30)), [b"", b"", b""])

    def many_calls_at_once(self):
        call = self.unary("Echo")
        futures = [call.future(str(i).encode() * 100, timeout=60) for i in range(500)]
        expect([future.result() for future in futures], [str(i).encode() * 100 for i in range(500)])

    def big_messages(self):
        message = bytes(range(256)) * (BIG // 256)
        for _ in range(3):
            expect(self.unary("Echo")(message, timeout=60) == message, True)

    def compressed_messages(self):
        message = b"a" * 100_000
        call = self.channel.unary_unary(f"/{SERVICE}/Echo")
        expect(call(message, timeout=30, compression=grpc.Compression.Gzip) == message, True)

    def server_stream(self):
        responses = list(self.channel.unary_stream(f"/{SERVICE}/Produce")(b"1000 2000", timeout=60))
        expect(len(responses), 2000)
        expect(responses, [bytes([i % 251]) * 1000 for i in range(2000)])

    def slow_reader(self):
        stream = self.channel.unary_stream(f"/{SERVICE}/Produce")(b"1000000 30", timeout=60)
        first = next(stream)
        expect(self.unary("Echo")(b"between", timeout=30), b"between")
        expect(len(first) + sum(len(response) for response in stream), 30_000_000)

    def client_stream(self):
        expect(self.channel.stream_unary(f"/{SERVICE}/Total")((b"x" * i for i in range(1500)), timeout=60), str(sum(range(1500))).encode())

    def bidirectional_stream(self):
        # Each message is sent only when the answer to the one before has come: nothing may wait for more to come.
        turn = threading.Semaphore(1)

        def requests():
            for i in range(200):
                turn.acquire()
                yield str(i).encode()

        count = 0
        for response in self.channel.stream_stream(f"/{SERVICE}/Converse")(requests(), timeout=60):
            expect(response, f"re: {count}".encode())
            count += 1
            turn.release()
        expect(count, 200)

    def trailers_only(self):
        error = expect_error(lambda: self.unary("Fail")("not so: \u20ac 100%".encode(), timeout=30), grpc.StatusCode.FAILED_PRECONDITION, "not so: \u20ac 100%")
        expect(dict(error.trailing_metadata())["x-why"], "because")

    def status_after_messages(self):
        responses = []

        def read():
            for response in self.channel.unary_stream(f"/{SERVICE}/ProduceAndFail")(b"", timeout=30):
                responses.append(response)

        expect_error(read, grpc.StatusCode.DATA_LOSS, "half \u20ac way")
        expect(responses, [b"one", b"two"])

    def deadline(self):
        expect_error(lambda: self.unary("Wait")(b"", timeout=0.3), grpc.StatusCode.DEADLINE_EXCEEDED)
        expect(self.unary("CountCancelled")(b"", timeout=60), b"yes")

    def deadline_of_the_proxy(self):
        """The field without a deadline of the client's own, and a backend that knows none: only the proxy can end the call."""
        call = self.unary("Echo", "sluice.test.Silent")
        expect_error(lambda: call(b"", metadata=(("grpc-timeout", "300m"),)), grpc.StatusCode.DEADLINE_EXCEEDED, "the time limit of the request has passed")

    def deadline_is_passed_on(self):
        left = float(self.unary("Remaining")(b"", timeout=100))
        expect(90 < left <= 100, True)

    def cancellation(self):
        future = self.unary("Wait").future(b"", timeout=60)
        stream = self.channel.unary_stream(f"/{SERVICE}/Produce")(b"100000 100000", timeout=60)
        next(stream)
        stream.cancel()
        future.cancel()
        expect(self.unary("CountCancelled")(b"", timeout=60), b"yes")
        expect(self.unary("Echo")(b"after", timeout=30), b"after")

    def metadata(self):
        sent = (("x-a", "1"), ("x-a", "2"), ("x-empty", ""), ("x-raw-bin", bytes(range(256))), ("x-long", "v" * 6000))
        seen = self.unary("Metadata")(b"", timeout=30, metadata=sent).decode().splitlines()
        for key, value in sent:
            expect(f"{key}={value!r}" in seen, True)

    def huge_metadata(self):
        """More than the proxy takes: refused for itself, and the connection goes on."""
        expect_error(lambda: self.unary("Metadata")(b"", timeout=30, metadata=(("x-huge", "v" * 50_000),)), grpc.StatusCode.UNKNOWN)
        expect(self.unary("Echo")(b"after", timeout=30), b"after")

    def unknown_method(self):
        expect_error(lambda: self.unary("Nothing")(b"", timeout=30), grpc.StatusCode.UNIMPLEMENTED, "Method not found!")

    def no_route(self):
        expect_error(lambda: self.unary("Echo", "other.Service")(b"", timeout=30), grpc.StatusCode.UNIMPLEMENTED, "no route matches the request")

    def no_backend(self):
        expect_error(lambda: self.unary("Echo", "sluice.test.Unresolved")(b"", timeout=30), grpc.StatusCode.UNAVAILABLE, "the route has no usable backend")

    def dead_backend(self):
        expect_error(lambda: self.unary("Echo", "sluice.test.Dead")(b"", timeout=30), grpc.StatusCode.UNAVAILABLE, "no backend can be reached")

    def direct_response(self):
        expect_error(lambda: self.unary("Echo", "sluice.test.Closed")(b"", timeout=30), grpc.StatusCode.PERMISSION_DENIED, "closed for good")

    def web(self):
        """gRPC-Web over HTTP/1.1."""
        response = self.post("application/grpc-web+proto", "Produce", frame(b"3 2"))
        expect(response.getheader("content-type"), "application/grpc-web")
        found = frames(response.read())
        expect(found[:-1], [(0, bytes(3)), (0, b"\x01" * 3)])
        expect((found[-1][0], b"grpc-status: 0\r\n" in found[-1][1]), (0x80, True))

    def web_text(self):
        body = b"".join(base64.b64encode(frame(b"hello")[i : i + 2]) for i in range(0, 10, 2))
        response = self.post("application/grpc-web-text", "Echo", body)
        expect(response.getheader("content-type"), "application/grpc-web-text")
        expect((response.getheader("x-initial"), response.getheader("grpc-status")), ("one", None))
        message, trailers = frames(decode_pieces(response.read()))
        expect(message, (0, b"hello"))
        expect((trailers[0], b"x-trailing: two\r\n" in trailers[1]), (0x80, True))

    def web_error(self):
        ((flag, trailers),) = frames(self.post("application/grpc-web", "Fail", frame(b"not so")).read())
        expect((flag, sorted(trailers.splitlines())), (0x80, [b"grpc-message: not so", b"grpc-status: 9"]))

    def web_over_http2(self):
        """By curl, whose HTTP/2 is not gRPC's."""
        command = ["curl", "-sS", "--http2-prior-knowledge", "-H", "content-type: application/grpc-web", "-H", "host: peer.test"]
        command += ["--data-binary", "@-", f"http://127.0.0.1:{self.port}/{SERVICE}/Total"]
        body = subprocess.run(command, input=frame(b"x" * BIG) + frame(b"yz"), capture_output=True, check=True, timeout=60).stdout
        (total, (flag, trailers)) = frames(body)
        expect(total, (0, str(BIG + 2).encode()))
        expect((flag, b"grpc-status: 0\r\n" in trailers), (0x80, True))

    def post(self, content_type, method, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", f"/{SERVICE}/{method}", body, {"Host": "peer.test", "Content-Type": content_type, "X-Grpc-Web": "1"})
        response = connection.getresponse()
        expect(response.status, 200)
        return response


def main():
    if sys.argv[1] == "server":
        serve()
        return
    getattr(Checks(int(sys.argv[2])), sys.argv[3])()
    print("ok")


if __name__ == "__main__":
    main()
