"""The newest nginx, HAProxy, testssl.sh and kubectl: Debian's development distribution unpacked beside the system, which stays as it is.

Programs run with the C library and OpenSSL that they were built for, through that library's own loader.
"""

import os
import re
import shutil
import stat
import subprocess
import time
from pathlib import Path

from harness import packages, paths
from harness.failure import Failure

SUITE = "sid"
PACKAGES = ["haproxy", "nginx", "libnginx-mod-stream"]
PROGRAMS = ["nginx", "haproxy"]
#: What was fetched longer ago is looked for again.
SECONDS = 7 * 24 * 3600
WAY_OUT = "Compare with the installed ones (--peers installed), or name your own with --nginx FILE and --haproxy FILE."


def add_options(parser):
    parser.add_argument("--peers", choices=["newest", "installed"], default="newest",
                        help="nginx and haproxy: the newest of Debian, fetched beside the system, or those on PATH (default: %(default)s)")
    parser.add_argument("--nginx", metavar="FILE", help="this nginx instead")
    parser.add_argument("--haproxy", metavar="FILE", help="this haproxy instead")


def chosen(options):
    """Paths of nginx and haproxy as the command line asks for them."""
    given = [options.nginx, options.haproxy]
    if None in given:
        others = newest() if options.peers == "newest" else [packages.need(name)[0] for name in PROGRAMS]
        given = [file or other for file, other in zip(given, others)]
    return [packages.executable(file) for file in given]


def is_newest(options):
    """Whether both peers are fetched beside the system."""
    return options.peers == "newest" and not options.nginx and not options.haproxy


def newest():
    """Paths of nginx and haproxy as programs to start."""
    found = [paths.PEERS / name for name in PROGRAMS]
    try:
        _keep_fresh("nginx and HAProxy", paths.PEERS, PACKAGES, _wrap_programs)
    except Failure as failure:
        raise Failure(f"{failure}\n{WAY_OUT}") from failure
    return found


def testssl():
    """The newest testssl.sh as (program, environment for it): it is a script, and needs nothing but bash and OpenSSL."""
    _keep_fresh("testssl.sh", paths.TESTSSL, ["testssl.sh"], None)
    root = paths.TESTSSL / "root"
    return packages.executable(root / "usr" / "bin" / "testssl"), {"TESTSSL_INSTALL_DIR": str(root / "etc" / "testssl")}


def kubectl():
    """The newest kubectl as a program to start."""
    _keep_fresh("kubectl", paths.KUBECTL, ["kubernetes-client"], _wrap_kubectl)
    return packages.executable(paths.KUBECTL / "kubectl")


def _keep_fresh(what, folder, names, finish):
    """Fetches packages when they were never fetched, or a week ago; without `finish`, without what they depend on."""
    complete = (folder / "root").exists()
    if complete and time.time() - folder.stat().st_mtime < SECONDS:
        return
    print(f"fetching the newest {what} ({SUITE})", flush=True)
    try:
        _fetch(folder, names, finish)
    except Failure as failure:
        if not complete:
            raise
        print(f"note: what was fetched before is used again: {str(failure).splitlines()[0]}", flush=True)


def _fetch(folder, names, finish):
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for part in ("parts", "lists/partial", "cache/archives/partial"):
        (fresh / part).mkdir(parents=True)
    (fresh / "status").touch()
    (fresh / "parts" / "newest.sources").write_text(_source())
    apt = ["apt-get", "-qq", *(argument for option in _options(fresh) for argument in ("-o", option))]
    _run([*apt, "update"])
    archives = fresh / "cache" / "archives"
    if finish:
        _run([*apt, "install", "-y", "--download-only", *names])
    else:
        _run([*apt, "download", *names], archives)
    root = fresh / "root"
    for archive in sorted(archives.glob("*.deb")):
        _run(["dpkg-deb", "-x", archive, root])
    for part in ("parts", "lists", "cache"):
        shutil.rmtree(fresh / part)
    (fresh / "status").unlink()
    if finish:
        finish(fresh, folder)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    os.utime(folder)


def _wrap_programs(fresh, folder):
    for name in PROGRAMS:
        _wrap(fresh / name, fresh / "root", folder / "root")


def _wrap_kubectl(fresh, folder):
    _wrap(fresh / "kubectl", fresh / "root", folder / "root", "bin")


def _options(folder):
    """An apt of its own: no installed packages, so that every library comes along, and nothing of the system is written."""
    return [
        "Dir::Etc::sourcelist=/dev/null", f"Dir::Etc::sourceparts={folder}/parts", f"Dir::State={folder}", f"Dir::State::lists={folder}/lists",
        f"Dir::State::status={folder}/status", f"Dir::State::extended_states={folder}/extended_states", f"Dir::Cache={folder}/cache",
        "APT::Install-Recommends=false", "APT::Sandbox::User=", "Debug::NoLocking=true", "Dir::Log=/dev/null",
    ]


def _source():
    """The system's own Debian repository, with another suite."""
    if not packages.find("apt-get") or not packages.find("dpkg-deb"):
        raise Failure("the newest peers are fetched with apt-get and dpkg-deb, which this system lacks.")
    repository = _repository()
    if not repository:
        packages.update()
        repository = _repository()
    if not repository:
        raise Failure("apt has no repository of Debian among its sources, which is where the newest peers are fetched from.")
    uri, keyring = repository
    return f"Types: deb\nURIs: {uri}\nSuites: {SUITE}\nComponents: main\n" + (f"Signed-By: {keyring}\n" if keyring else "")


def _repository():
    form = "$(LABEL)\t$(COMPONENT)\t$(REPO_URI)\t$(SIGNED_BY)"
    listed = _run(["apt-get", "indextargets", "--format", form, "Created-By: Packages"])
    for line in listed.splitlines():
        label, component, uri, keyring = line.split("\t")
        if label == "Debian" and component == "main":
            return uri, "" if keyring.startswith("$") else keyring  # apt leaves a field that it does not know as it is
    return None


def _wrap(file, unpacked, root, place="sbin"):
    """A script that starts a program of usr/`place` by its own loader. `root` is where `unpacked` will be."""
    libraries = next(unpacked.glob("usr/lib/*/libc.so.6"), None)
    loader = libraries and next(libraries.parent.glob("ld-linux*.so.*"), None)
    program = unpacked / "usr" / place / file.name
    if not loader or not program.exists():
        raise Failure(f"the packages of {SUITE} hold no {'loader' if program.exists() else program.name} where it was expected.")
    path = libraries.parent.relative_to(unpacked)
    file.write_text(f'#!/bin/sh\nexec "{root / path / loader.name}" --argv0 {file.name} --library-path "{root / path}" '
                    f'"{root / "usr" / place / file.name}" "$@"\n')
    file.chmod(file.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def stream_module(nginx_file, build):
    """The file with nginx's stream module; None when it is part of the program. `build` is what `nginx -V` says."""
    if "--with-stream=dynamic" not in build:
        if "--with-stream" in build:
            return None
        raise Failure(f"{nginx_file} was built without its stream module.\n{WAY_OUT}")
    modules = re.search(r"--modules-path=(\S+)", build)[1]
    root = paths.PEERS / "root" if nginx_file.parent == paths.PEERS else Path("/")
    file = root / modules.lstrip("/") / "ngx_stream_module.so"
    if not file.exists() and str(nginx_file) == packages.find("nginx"):
        packages.install(["libnginx-mod-stream"])
    if not file.exists():
        raise Failure(f"nginx's stream module is not at {file}.\n{WAY_OUT}")
    return file


def _run(command, folder=None):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        raise Failure(f"'{' '.join(str(part) for part in command[:1])} {command[-1]}' failed: {(done.stderr or done.stdout).strip()[-800:]}")
    return done.stdout
