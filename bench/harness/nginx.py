"""nginx as a peer: one process unless stated otherwise, upstream keep-alive, X-Forwarded-For and -Proto, no access log."""

import re
import subprocess

from harness import net, tls
from harness.hosts import host
from harness.processes import CORES

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


def with_openssl(binary):
    """Its version and that of the OpenSSL it runs with."""
    text = subprocess.run([binary, "-V"], capture_output=True, text=True).stderr
    found = re.search(r"running with OpenSSL (\S+)", text) or re.search(r"built with OpenSSL (\S+)", text)
    return f"{version(binary)} (OpenSSL {found[1]})" if found else version(binary)


def version(binary):
    text = subprocess.run([binary, "-v"], capture_output=True, text=True).stderr
    return re.search(r"nginx/(\S+)", text)[1]


def _tls(certificate, tuned):
    """For the http block: a certificate and its key."""
    if not certificate:
        return ""
    return f"""\
    ssl_certificate {certificate[0]};
    ssl_certificate_key {certificate[1]};
    ssl_protocols {tls.VERSION};
    ssl_conf_command Ciphersuites {tls.CIPHER};
    ssl_ecdh_curve {tls.GROUP};
    ssl_session_tickets on;
    {"ssl_buffer_size 4k;" if tuned else ""}
"""


def configuration(folder, ports, backend_port, routes, tuned, has, grpc, h2_in_listen, workers, certificate, log):
    """ports: (port, whether it speaks HTTP/2) pairs. routes 0: one server for every host. Otherwise one server with its server_name per route, and 404 for the rest."""
    temporary = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi") if kind in ("client_body", "proxy") or has(kind))
    location = "location / { grpc_pass grpc://backend; }" if grpc else "location / { proxy_pass http://backend; }"
    servers = ""
    for port, h2 in ports:
        listen = f"listen 127.0.0.1:{port}" + (" ssl" if certificate else "") + (" http2" if h2 and h2_in_listen else "")
        also = " http2 on;" if h2 and not h2_in_listen else ""
        if routes:
            servers += f"    server {{ {listen} default_server;{also} return 404; }}\n" + "".join(
                f"    server {{ {listen};{also} server_name {host(i)}; {location} }}\n" for i in range(routes))
        else:
            servers += f"    server {{ {listen};{also} {location} }}\n"
    return f"""\
daemon off;
master_process {"off" if workers == 1 else "on"};
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{
    worker_connections 12000;
    {"multi_accept on;" if tuned else ""}
}}
http {{
    {log}
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
{TUNED if tuned else ""}
{_tls(certificate, tuned)}
{servers}}}
"""


def start(processes, name, binary, core, backend_port, routes=0, tuned=False, h2=False, grpc=False, certificate=None, log="access_log off;"):
    """Returns (process, port). With a certificate (files of it and its key) the port speaks TLS. log: directives."""
    [port] = net.free_ports(1)
    return _start(processes, name, binary, core, [(port, h2)], backend_port, routes, tuned, grpc, certificate=certificate, log=log), port


def start_both(processes, name, binary, backend_port):
    """As many workers as cores, for HTTP/1.1, and for HTTP/2 on a port of its own. Returns (process, port, HTTP/2 port)."""
    port, h2_port = net.free_ports(2)
    return _start(processes, name, binary, None, [(port, False), (h2_port, True)], backend_port, workers=len(CORES)), port, h2_port


def _start(processes, name, binary, core, ports, backend_port, routes=0, tuned=False, grpc=False, workers=1, certificate=None,
           log="access_log off;"):
    folder = processes.folder / name
    folder.mkdir()
    build = subprocess.run([binary, "-V"], capture_output=True, text=True).stderr
    text = configuration(
        folder, ports, backend_port, routes, tuned, lambda module: f"without-http_{module}_module" not in build, grpc,
        h2_in_listen=tuple(map(int, version(binary).split("."))) < (1, 25, 1), workers=workers, certificate=certificate, log=log)
    (folder / "nginx.conf").write_text(text)
    process = processes.start(name, [binary, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"], core=core)
    net.wait_until(lambda: all(net.listens(port) for port, _ in ports), f"listening of {name}", 20, lambda: processes.check(process))
    return process
