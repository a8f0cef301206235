"""Clients, a gateway and a server in network namespaces, cut off from every other network.

    client ── inside bridge │ gateway │ outside ── server (every address of RFC 5737 and of 2001:db8::/32)

The capture is taken on the gateway's inside bridge, before any address translation could hide a client.
"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from case import version_of

ADDRESS_POOLS = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]
RESOLVER, RESOLVER6 = "192.0.2.53", "2001:db8:53::53"

counter = 0


class Network:
    """Use it in a `with` statement: everything that it started ends there."""

    def __init__(self, case, clients=("10.20.1.11",), names=None, aliases=None, filter="tcp or udp", capture=True,
                 tcpdump=(), dns_port=53, dnsmasq=(), tls_ports=(443,), curve="auto", seen_by=None, macs=None):
        self.case, self.clients, self.names = case, list(clients), names or {}
        self.aliases, self.filter, self.want_capture, self.tcpdump = aliases or {}, filter, capture, list(tcpdump)
        self.dns_port, self.dnsmasq, self.tls_ports, self.curve = dns_port, list(dnsmasq), tls_ports, curve
        self.macs = macs or {}  # of clients and of the gateway ("inside"); else the kernel makes them up
        self.seen_by = seen_by  # the client that captures; else the gateway does
        self.children, self.spaces, self.sniffer = [], [], None

    def __enter__(self):
        global counter
        counter += 1
        self.prefix = f"sw{os.getpid()}n{counter}"
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="seaward-captures-"))
        try:
            self._wire()
            self._serve()
            if self.want_capture:
                self._capture()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, *_):
        if self.sniffer and kind is None:
            time.sleep(0.4)  # the last acknowledgements
            self.sniffer.send_signal(signal.SIGINT)
            self.sniffer.wait(10)
            told = (self.scratch / "tcpdump").read_text()
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            child.wait(10)
        for space in self.spaces:
            subprocess.run(["ip", "netns", "del", space])
            shutil.rmtree(f"/etc/netns/{space}", ignore_errors=True)
        shutil.rmtree(self.scratch)
        if self.sniffer and kind is None and not re.search(r"^0 packets dropped by kernel", told, re.MULTILINE):
            raise RuntimeError(f"tcpdump lost packets\n{told}")

    # Clients' actions.

    def space(self, client):
        return f"{self.prefix}-c{self.clients.index(client)}"

    def run(self, client, *command, check=True, **options):
        """Runs a program as the client, with its own resolv.conf."""
        options = {"capture_output": True, "timeout": 60} | options
        done = subprocess.run(["ip", "netns", "exec", self.space(client), *map(str, command)], **options)
        if check and done.returncode:
            raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        time.sleep(0.05)
        return done

    def python(self, client, program):
        """A Python program as the client, with the packages of requirements.txt."""
        return self.run(client, sys.executable, "-c", program)

    def lookup(self, client, name, family="", resolver=RESOLVER):
        """A program asks libc: A and AAAA, or one of them. Told, with what the server answers."""
        self.run(client, "getent", f"ahosts{family}", name, check=False)
        self.tell_lookup(client, name, family, resolver)

    def tell_lookup(self, client, name, family="", resolver=RESOLVER):
        target = name
        while target in self.aliases:
            target = self.aliases[target]
        known = [a for a in self.names.get(target, ()) if not family or (":" in a) == (family == "v6")]
        client = self.address(client, "v6" if ":" in resolver else "v4")
        self.case.dns(name, client, resolver, 1 if family else 2, known, port=self.dns_port)

    def curl(self, client, name, *options, family="v4", port=443, resolver=RESOLVER):
        """curl looks the name up and opens it. Told both. For IPv6, too, its resolver asks for A and AAAA."""
        self.run(client, "curl", "-sk", "-o", "/dev/null", "-" + family[1], *options, f"https://{name}:{port}/")
        self.tell_lookup(client, name, "" if family == "v6" else family, resolver)
        address = next(a for a in self.names[name] if (":" in a) == (family == "v6"))
        self.case.tls(name, self.address(client, family), address, port=port)

    def moment(self):
        """The time between two actions."""
        time.sleep(0.05)
        return time.time()

    def address(self, client, family="v4"):
        return client if family == "v4" else client6(client)

    # The stage.

    def _ip(self, *words):
        subprocess.run(["ip", *words], check=True)

    def _add(self, name):
        space = f"{self.prefix}-{name}"
        self._ip("netns", "add", space)
        self.spaces.append(space)
        for setting in ("net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0",
                        "net.ipv6.conf.default.accept_ra=0", "net.ipv6.conf.default.router_solicitations=0",
                        "net.ipv4.tcp_fastopen=0x605"):
            subprocess.run(["ip", "netns", "exec", space, "sysctl", "-qw", setting], check=True)
        self._ip("-n", space, "link", "set", "lo", "up")
        return space

    def _mac(self, owner):
        return ["address", self.macs[owner]] if owner in self.macs else []

    def _plain(self, space, device):
        """Frames as they are on a wire: no super-packets, checksums filled in."""
        subprocess.run(["ip", "netns", "exec", space, "ethtool", "-K", device, "tx", "off", "tso", "off", "gso",
                        "off", "gro", "off"], capture_output=True)
        self._ip("-n", space, "link", "set", device, "up")

    def _wire(self):
        gateway, server = self.gateway, self.server = self._add("gw"), self._add("srv")
        self._ip("-n", gateway, "link", "add", "inside", *self._mac("inside"), "type", "bridge")
        self._plain(gateway, "inside")
        for address in ("10.20.0.1/16", "fd20::1/64"):
            self._ip("-n", gateway, "addr", "add", address, "dev", "inside")
        self._ip("link", "add", "outside", "netns", gateway, "type", "veth", "peer", "name", "gateway", "netns", server)
        self._plain(gateway, "outside")
        self._plain(server, "gateway")
        for space, device, mine in ((gateway, "outside", 1), (server, "gateway", 2)):
            self._ip("-n", space, "addr", "add", f"100.64.0.{mine}/30", "dev", device)
            self._ip("-n", space, "addr", "add", f"fe80::{mine}/64", "dev", device)
        for setting in ("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"):
            subprocess.run(["ip", "netns", "exec", gateway, "sysctl", "-qw", setting], check=True)
        for pool in ADDRESS_POOLS:
            self._ip("-n", gateway, "route", "add", pool, "via", "100.64.0.2")
            self._ip("-n", server, "route", "add", "local", pool, "dev", "lo")
        self._ip("-n", gateway, "route", "add", "2001:db8::/32", "via", "fe80::2", "dev", "outside")
        self._ip("-n", server, "route", "add", "local", "2001:db8::/32", "dev", "lo")
        for resolver in (f"{RESOLVER}/32", f"{RESOLVER6}/128"):  # dnsmasq wants its own addresses on an interface
            self._ip("-n", server, "addr", "add", resolver, "dev", "lo")
        self._ip("-n", server, "route", "add", "default", "via", "100.64.0.1")
        self._ip("-n", server, "route", "add", "default", "via", "fe80::1", "dev", "gateway")
        for number, client in enumerate(self.clients):
            space = self._add(f"c{number}")
            self._ip("link", "add", "eth0", *self._mac(client), "netns", space, "type", "veth", "peer", "name", f"port{number}", "netns", gateway)
            self._plain(space, "eth0")
            self._plain(gateway, f"port{number}")
            self._ip("-n", gateway, "link", "set", f"port{number}", "master", "inside")
            self._ip("-n", space, "addr", "add", f"{client}/16", "dev", "eth0")
            self._ip("-n", space, "addr", "add", f"{client6(client)}/64", "dev", "eth0")
            self._ip("-n", space, "route", "add", "default", "via", "10.20.0.1")
            self._ip("-n", space, "route", "add", "default", "via", "fd20::1")
            self.resolv_conf(client, RESOLVER)

    def resolv_conf(self, client, resolver):
        folder = pathlib.Path(f"/etc/netns/{self.space(client)}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "resolv.conf").write_text(f"nameserver {resolver}\noptions timeout:2 attempts:1\n")

    def resolve_on_server(self):
        """Programs on the server's side ask the resolver, too: a proxy looks its targets up."""
        folder = pathlib.Path(f"/etc/netns/{self.server}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "resolv.conf").write_text(f"nameserver {RESOLVER}\noptions timeout:2 attempts:1\n")

    def start(self, space, *command, log="log"):
        out = open(self.scratch / log, "ab")
        child = subprocess.Popen(["ip", "netns", "exec", space, *map(str, command)], stdin=subprocess.DEVNULL,
                                 stdout=out, stderr=out)
        self.children.append(child)
        return child

    def _serve(self):
        self.start_dnsmasq(self.server, self.records(), self.dns_port)
        key = certificate(self.scratch)
        blocks = "".join(f"listen {port} ssl http2 fastopen=16; listen [::]:{port} ssl http2 fastopen=16;\n" for port in self.tls_ports)
        (self.scratch / "nginx.conf").write_text(f"""
            daemon off; pid {self.scratch}/nginx.pid; error_log {self.scratch}/nginx.log; events {{}}
            http {{ access_log off; server {{
                {blocks}
                ssl_certificate {key}.crt; ssl_certificate_key {key}.key; ssl_protocols TLSv1.2 TLSv1.3;
                ssl_ecdh_curve {self.curve}; ssl_session_tickets off;
                location / {{ return 200 "hello\\n"; }}
            }} }}""")
        self.start(self.server, "nginx", "-c", self.scratch / "nginx.conf", "-e", self.scratch / "nginx.log")
        self.wait(lambda: all(f":{port} " in self._listening() for port in self.tls_ports), "nginx")
        self.case.made_with("dnsmasq " + version_of("dnsmasq", "--version"), "nginx " + version_of("nginx", "-v"))

    def records(self):
        options = [f"--host-record={name},{','.join(addresses)}" for name, addresses in self.names.items()]
        return options + [f"--cname={alias},{target}" for alias, target in self.aliases.items()] + self.dnsmasq

    def start_dnsmasq(self, space, options, port=53, address=None):
        bind = [f"--listen-address={address}"] if address else []
        self.start(space, "dnsmasq", "-k", "-C", "/dev/null", "-R", "-h", "--user=root", "--pid-file=", f"--port={port}",
                   "--local=/#/" if address is None else "--no-hosts",
                   "--log-facility=-", *bind, *options)
        self.wait(lambda: f":{port} " in self._listening(space), "dnsmasq")

    def _listening(self, space=None):
        return subprocess.run(["ip", "netns", "exec", space or self.server, "ss", "-Hlnut"], capture_output=True, text=True).stdout

    def _capture(self):
        device = [] if "-i" in self.tcpdump else ["-i", "inside"]
        output = self.case.capture
        child = self.sniffer = self.start(self.space(self.seen_by) if self.seen_by else self.gateway, "tcpdump", *device, "-s", "4096", "-B", "32768", "-U", "--immediate-mode", "-Z", "root", "-w", output,
                           *self.tcpdump, self.filter, log="tcpdump")
        self.wait(lambda: b"listening on" in (self.scratch / "tcpdump").read_bytes() or child.poll(), "tcpdump")
        self.case.made_with("tcpdump " + version_of("tcpdump", "--version"))

    def wait(self, condition, what):
        for _ in range(200):
            if condition():
                return
            time.sleep(0.05)
        logs = "\n".join(f.read_text(errors="replace") for f in self.scratch.iterdir() if f.is_file())
        raise RuntimeError(f"{what} did not start\n{logs}")


def client6(client):
    """The IPv6 address of a client: 10.20.1.11 has fd20::1:11."""
    return "fd20::" + ":".join(client.split(".")[2:]) if ":" not in client else client


# What TLS 1.2 shows of the certificate that every server here has.
SUBJECT = "a server of the tests"
CERTIFICATE = SUBJECT.replace(" ", "\\032")


def certificate(folder, name="server", subject=f"/CN={SUBJECT}", *options):
    base = folder / name
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "3650", "-subj", subject, *options, "-keyout", f"{base}.key", "-out", f"{base}.crt"],
                   check=True, capture_output=True)
    return base
