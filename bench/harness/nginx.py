"""nginx as a peer: one process, upstream keep-alive, X-Forwarded-For and -Proto, no access log."""

import re
import subprocess

from harness import net
from harness.hosts import host

# The cheapest of the settings that were tried: buffers that take a large response in few reads, and request bodies
# passed on as they come.
TUNED = """
    proxy_buffer_size 128k;
    proxy_buffers 4 1m;
    proxy_busy_buffers_size 1m;
    proxy_request_buffering off;
    client_header_buffer_size 4k;
    reset_timedout_connection on;
"""


def version(binary):
    text = subprocess.run([binary, "-v"], capture_output=True, text=True).stderr
    return re.search(r"nginx/(\S+)", text)[1]


def configuration(folder, port, backend_port, routes, tuned, has, h2, grpc, h2_in_listen):
    """routes 0: one server for every host. Otherwise one server with its server_name per route, and 404 for the rest."""
    temporary = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi") if kind in ("client_body", "proxy") or has(kind))
    location = "location / { grpc_pass grpc://backend; }" if grpc else "location / { proxy_pass http://backend; }"
    listen = f"listen 127.0.0.1:{port}" + (" http2" if h2 and h2_in_listen else "")
    if routes:
        servers = f"    server {{ {listen} default_server; return 404; }}\n" + "".join(
            f"    server {{ {listen}; server_name {host(i)}; {location} }}\n" for i in range(routes))
    else:
        servers = f"    server {{ {listen}; {location} }}\n"
    return f"""\
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{
    worker_connections 20000;
    {"multi_accept on;" if tuned else ""}
}}
http {{
    access_log off;
    keepalive_requests 1000000000;
    keepalive_timeout 300s;
    server_names_hash_max_size 32768;
    server_names_hash_bucket_size 128;
{temporary}
    upstream backend {{
        server 127.0.0.1:{backend_port};
        keepalive 256;
        keepalive_requests 1000000000;
    }}
    proxy_http_version 1.1;
    proxy_max_temp_file_size 0;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    grpc_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    grpc_set_header X-Forwarded-Proto $scheme;
    {"http2 on;" if h2 and not h2_in_listen else ""}
{TUNED if tuned else ""}
{servers}}}
"""


def start(processes, name, binary, core, backend_port, routes=0, tuned=False, h2=False, grpc=False):
    """Returns (process, port)."""
    [port] = net.free_ports(1)
    folder = processes.folder / name
    folder.mkdir()
    build = subprocess.run([binary, "-V"], capture_output=True, text=True).stderr
    text = configuration(
        folder, port, backend_port, routes, tuned, lambda module: f"without-http_{module}_module" not in build, h2, grpc,
        h2_in_listen=tuple(map(int, version(binary).split("."))) < (1, 25, 1))
    (folder / "nginx.conf").write_text(text)
    process = processes.start(name, [binary, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"], core=core)
    net.wait_until(lambda: net.listens(port), f"listening of {name}", 20, lambda: processes.check(process))
    return process, port
