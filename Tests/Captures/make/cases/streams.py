"""What stands in front of a hello, and names beside it: STARTTLS, proxies, requests in the clear, certificates."""

import pathlib
import sys

from case import case, version_of
from network import CERTIFICATE, RESOLVER, Network, certificate

CLIENT, SERVER, PROXY = "10.20.1.11", "203.0.113.10", "203.0.113.80"
SCRIPT = pathlib.Path(__file__).parents[1] / "starttls.py"


def openssl():
    return "OpenSSL " + version_of("openssl", "version")


def curl():
    return "curl " + version_of("curl", "--version")


def starttls(c, protocols):
    with Network(c, tls_ports=(4433,)) as network:
        key = certificate(network.scratch, "talker")
        for protocol, port in protocols.items():
            network.start(network.server, sys.executable, SCRIPT, protocol, SERVER, port, key, log=protocol)
            network.wait(lambda: f":{port} " in network._listening(), protocol)
        for protocol, port in protocols.items():
            name = f"{protocol}.example.com"
            network.run(CLIENT, "openssl", "s_client", "-connect", f"{SERVER}:{port}", "-servername", name,
                        "-starttls", protocol, input=b"", timeout=20)
            c.tls(name, CLIENT, SERVER, port=port)
            c.certificate(CERTIFICATE, CLIENT, SERVER, port=port)
    c.made_with(openssl(), "Python " + version_of("python3", "--version"))


@case("starttls-of-mail-and-files", "`openssl s_client -starttls` to SMTP, IMAP, POP3 and FTP: lines of text, and a hello behind them. The servers are a script (`make/starttls.py`) with TLS 1.2, whose certificate shows as well.")
def lines(c):
    starttls(c, {"smtp": 25, "imap": 143, "pop3": 110, "ftp": 21})


@case("starttls-of-directories-and-databases", "`openssl s_client -starttls` to LDAP, XMPP, PostgreSQL and MySQL: binary requests and XML, and a hello behind them. The servers are a script (`make/starttls.py`) with TLS 1.2, whose certificate shows as well.")
def binary(c):
    starttls(c, {"ldap": 389, "xmpp": 5222, "postgres": 5432, "mysql": 3306})


@case("starttls-of-news-and-mail-filters", "`openssl s_client -starttls` to NNTP and ManageSieve. The servers are a script (`make/starttls.py`) with TLS 1.2, whose certificate shows as well.")
def talk(c):
    starttls(c, {"nntp": 119, "sieve": 4190})


@case("starttls-of-irc", "`openssl s_client -starttls irc`. The server is a script (`make/starttls.py`) with TLS 1.2, whose certificate shows as well.")
def irc(c):
    starttls(c, {"irc": 6667})
    c.tshark_differs("its IRC dissector does not hand the stream over to TLS behind STARTTLS, so it shows no name.")


WEB = {"www.example.com": [SERVER], "api.example.net": [SERVER]}


def web(network):
    """A server on port 80 that keeps connections open."""
    (network.scratch / "web.conf").write_text(f"""
        daemon off; pid {network.scratch}/web.pid; error_log {network.scratch}/web.log; events {{}}
        http {{ access_log off; server {{ listen {SERVER}:80; location / {{ return 200 "hello\\n"; }} }} }}""")
    network.start(network.server, "nginx", "-c", network.scratch / "web.conf", "-e", network.scratch / "web.log")
    network.wait(lambda: f"{SERVER}:80 " in network._listening(), "nginx on port 80")


@case("http-requests-on-one-connection", "curl asks one server for two hosts over one connection: every request names its own. Bodies stand between them.")
def keep_alive(c):
    with Network(c) as network:
        web(network)
        network.run(CLIENT, "curl", "-s", "-d", "GET / HTTP/1.1 is no request in a body", f"http://{SERVER}/a",
                    "-H", "Host: WWW.Example.com:80", "-o", "/dev/null", "--next", "-s", f"http://{SERVER}/b",
                    "-H", "Host: api.example.net", "-o", "/dev/null")
    c.http("www.example.com", CLIENT, SERVER)
    c.http("api.example.net", CLIENT, SERVER)
    c.made_with(curl())


@case("http-proxy-with-and-without-a-tunnel", "curl by a proxy (tinyproxy): a request with an absolute target, and HTTP CONNECT with TLS 1.2 inside. The proxy's certificate is the server's own.")
def tinyproxy(c):
    with Network(c, names=WEB) as network:
        web(network)
        (network.scratch / "tiny.conf").write_text(f"Port 3128\nListen {PROXY}\nUser root\nGroup root\nTimeout 10\nPidFile \"{network.scratch}/tiny.pid\"\n")
        network.resolve_on_server()
        network.start(network.server, "tinyproxy", "-d", "-c", network.scratch / "tiny.conf")
        network.wait(lambda: f"{PROXY}:3128 " in network._listening(), "tinyproxy")
        network.run(CLIENT, "curl", "-s", "-o", "/dev/null", "-x", f"http://{PROXY}:3128", "http://api.example.net/")
        network.run(CLIENT, "curl", "-sk", "-o", "/dev/null", "--tls-max", "1.2", "-x", f"http://{PROXY}:3128", "https://www.example.com/")
    c.http("api.example.net", CLIENT, PROXY, port=3128)
    c.connect("www.example.com", CLIENT, PROXY)
    c.http("www.example.com", CLIENT, PROXY, port=3128)
    c.tls("www.example.com", CLIENT, PROXY, port=3128)
    c.certificate(CERTIFICATE, CLIENT, PROXY, port=3128)
    c.made_with(curl(), "tinyproxy " + version_of("tinyproxy", "-v"))


@case("socks-4a-and-5-with-tls-inside", "curl by SOCKS proxies: version 5 without a password (Dante) and with one (microsocks), and 4A (a script, `make/starttls.py`, with TLS 1.2; Dante refuses 4A). The proxy is told the name, and TLS follows.")
def socks(c):
    with Network(c, names=WEB) as network:
        (network.scratch / "danted.conf").write_text(f"""
            logoutput: stderr
            internal: {PROXY} port = 1080
            external: {SERVER}
            socksmethod: none
            user.privileged: root
            user.unprivileged: root
            client pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 }}
            socks pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 }}\n""")
        for address in (PROXY, SERVER):  # Dante wants its addresses on an interface
            network._ip("-n", network.server, "addr", "add", f"{address}/32", "dev", "lo")
        network.resolve_on_server()
        network.start(network.server, "danted", "-f", network.scratch / "danted.conf")
        network.start(network.server, "microsocks", "-i", PROXY, "-p", "1081", "-u", "me", "-P", "secret")
        network.start(network.server, sys.executable, SCRIPT, "socks4a", PROXY, 1082, certificate(network.scratch, "talker"))
        network.wait(lambda: all(f"{PROXY}:{port} " in network._listening() for port in (1080, 1081, 1082)), "the proxies")
        for port, *options in ((1080, "--socks5-hostname", f"{PROXY}:1080"), (1081, "--socks5-hostname", f"me:secret@{PROXY}:1081"),
                               (1082, "--socks4a", f"{PROXY}:1082")):
            network.run(CLIENT, "curl", "-sk", "-o", "/dev/null", *options, "https://www.example.com/", check=port != 1082)
            c.socks("www.example.com", CLIENT, PROXY, port=port)
            c.tls("www.example.com", CLIENT, PROXY, port=port)
    c.certificate(CERTIFICATE, CLIENT, PROXY, port=1082)
    c.decode_as = ["tcp.port==1081,socks", "tcp.port==1082,socks"]
    c.made_with(curl(), "Dante " + version_of("danted", "-v"), "microsocks")


@case("proxy-protocol-in-front-of-tls", "HAProxy on the client puts the PROXY protocol, version 1 and then 2, in front of what curl sends to nginx.")
def haproxy(c):
    with Network(c, tls_ports=(4433,)) as network:
        key = certificate(network.scratch, "proxied")
        (network.scratch / "proxied.conf").write_text(f"""
            daemon off; pid {network.scratch}/proxied.pid; error_log {network.scratch}/proxied.log; events {{}}
            http {{ access_log off; server {{ listen {SERVER}:443 ssl proxy_protocol;
                ssl_certificate {key}.crt; ssl_certificate_key {key}.key; location / {{ return 200 "hello\\n"; }} }} }}""")
        network.start(network.server, "nginx", "-c", network.scratch / "proxied.conf", "-e", network.scratch / "proxied.log")
        (network.scratch / "haproxy.cfg").write_text(f"""
defaults
    mode tcp
    timeout connect 5s
    timeout client 5s
    timeout server 5s
listen one
    bind 127.0.0.1:8441
    server s {SERVER}:443 send-proxy
listen two
    bind 127.0.0.1:8442
    server s {SERVER}:443 send-proxy-v2
""")
        network.start(network.space(CLIENT), "haproxy", "-db", "-f", network.scratch / "haproxy.cfg")
        network.wait(lambda: f"{SERVER}:443 " in network._listening() and ":8442 " in network._listening(network.space(CLIENT)), "HAProxy")
        for number in (1, 2):
            name = f"version-{number}.example.com"
            network.run(CLIENT, "curl", "-sk", "-o", "/dev/null", "--resolve", f"{name}:844{number}:127.0.0.1", f"https://{name}:844{number}/")
            c.tls(name, CLIENT, SERVER)
            c.certificate(CERTIFICATE, CLIENT, SERVER)
    c.made_with(curl(), "HAProxy " + version_of("haproxy", "-v"))


@case("certificate-names-the-server-of-a-nameless-hello", "`openssl s_client -tls1_2 -noservername`: the client names nobody, the certificate names a vendor's hosts, in a chain that spans segments and records.")
def nameless(c):
    with Network(c, tls_ports=(4433,)) as network:
        names = ["update.fortiguard.net", "*.fortinet.com"] + [f"host-{n}.example.com" for n in range(30)]
        key = certificate(network.scratch, "vendor", "/O=Fortinet, Inc./OU=FortiGuard/CN=update.fortiguard.net", "-addext",
                          "subjectAltName=" + ",".join(f"DNS:{name}" for name in names))
        network.start(network.server, "openssl", "s_server", "-accept", f"{SERVER}:443", "-cert", f"{key}.crt", "-key",
                      f"{key}.key", "-tls1_2", "-quiet", "-max_send_frag", "600")
        network.wait(lambda: f"{SERVER}:443 " in network._listening(), "openssl s_server")
        network.run(CLIENT, "openssl", "s_client", "-connect", f"{SERVER}:443", "-tls1_2", "-noservername", input=b"")
    for name in names:
        c.certificate(name, CLIENT, SERVER)
    c.alert("opened", "notice", "fortinet/update.fortiguard.net", "update.fortiguard.net", CLIENT, SERVER, 443)
    c.made_with(openssl())


@case("dns-over-a-tcp-connection-that-stays", "dnspython sends 90 queries to dnsmasq over one TCP connection, ten at a time without waiting for answers.")
def stays(c):
    names = [f"host-{n}.example.com" for n in range(90)]
    with Network(c, names={name: ["192.0.2.104"] for name in names}) as network:
        network.python(CLIENT, f"""
import socket, dns.message, dns.query
connection = socket.create_connection(("{RESOLVER}", 53))
connection.settimeout(5)
for batch in range(9):
    queries = [dns.message.make_query(f"host-{{n}}.example.com", "A") for n in range(batch * 10, batch * 10 + 10)]
    wires = [query.to_wire() for query in queries]
    connection.sendall(b"".join(len(wire).to_bytes(2, "big") + wire for wire in wires))
    for _ in queries: dns.query.receive_tcp(connection)
connection.close()""")
    for name in names:
        c.dns(name, CLIENT, RESOLVER, 1, ["192.0.2.104"], transport="tcp")
    import dns.version
    c.made_with("dnspython " + dns.version.version)
