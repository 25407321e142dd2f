"""The hostnames of generated routes, the same for every proxy and for bench/native/load.lua."""

#: What wrk connects to with TLS, and therefore the server name that it sends.
WRK_HOST = "localhost"


def host(index):
    return f"route-{index}.example.com"
