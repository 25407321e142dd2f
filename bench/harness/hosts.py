"""The hostnames of generated routes, the same for every proxy and for bench/native/load.lua."""


def host(index):
    return f"route-{index}.example.com"
