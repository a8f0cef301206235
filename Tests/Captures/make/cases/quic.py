"""QUIC and DTLS, as real programs speak them."""

import sys

from case import case, version_of
from network import CERTIFICATE, Network, certificate

CLIENT = "10.20.1.11"
SERVER = "203.0.113.10"
NAME = "update.fortiguard.net"
FORTINET = "fortinet/update.fortiguard.net"

SERVE = """
import asyncio, sys
from aioquic.asyncio import serve
from aioquic.quic.configuration import QuicConfiguration
async def main():
    configuration = QuicConfiguration(is_client=False, alpn_protocols=["h3"])
    configuration.load_cert_chain(sys.argv[1], sys.argv[2])
    tickets = {}
    await serve("203.0.113.10", int(sys.argv[3]), configuration=configuration, retry=sys.argv[4] == "retry",
                session_ticket_handler=lambda ticket: tickets.update({ticket.ticket: ticket}),
                session_ticket_fetcher=tickets.get)
    print("ready", flush=True)
    await asyncio.Future()
asyncio.run(main())
"""

CALL = """
import asyncio, ssl
from aioquic.asyncio import connect
from aioquic.quic.configuration import QuicConfiguration
async def main():
    configuration = QuicConfiguration(
        alpn_protocols={protocols}, server_name="{name}", verify_mode=ssl.CERT_NONE,
        supported_versions=[{version}], original_version={version})
    tickets = []
    for number in range({times}):
        if tickets:
            configuration.session_ticket = tickets[-1]
        async with connect("203.0.113.10", {port}, configuration=configuration, session_ticket_handler=tickets.append,
                           wait_connected=number == 0) as client:
            _, writer = await client.create_stream()
            writer.write(b"x" * 100)
            await asyncio.sleep(0.3)
asyncio.run(main())
"""


def aioquic():
    from importlib.metadata import version
    return "aioquic " + version("aioquic")


def call(c, network, port=443, retry=False, version=1, times=1, protocols=("h3",)):
    key = network.scratch / "server"
    server = network.start(network.server, sys.executable, "-c", SERVE, f"{key}.crt", f"{key}.key", port,
                           "retry" if retry else "no", log="aioquic")
    network.wait(lambda: "ready" in (network.scratch / "aioquic").read_text() or server.poll() is not None, "aioquic")
    network.python(CLIENT, CALL.format(
        name=NAME, port=port, times=times, protocols=list(protocols), version=hex(version)))
    c.quic(NAME, CLIENT, SERVER, times, port, version=hex(version))
    c.alert("opened", "notice", FORTINET, NAME, CLIENT, SERVER, port)
    c.made_with(aioquic())


@case("quic-hello-from-aioquic", "A client of aioquic opens a vendor's update server over QUIC, version 1.")
def version1(c):
    with Network(c) as network:
        call(c, network)


@case("quic-on-an-odd-port", "The same on UDP port 8853: QUIC is known by its content.")
def odd_port(c):
    with Network(c) as network:
        call(c, network, port=8853)


@case("quic-version-2", "QUIC version 2 has other keys, and other numbers for its packet types (RFC 9369).")
def version2(c):
    with Network(c) as network:
        call(c, network, version=0x6B3343CF)


@case("quic-retry-changes-the-keys", "The server wants proof of the client's address first (Retry): the client says its "
      "hello again, with keys from the server's identifier. It counts once.")
def retry(c):
    with Network(c) as network:
        call(c, network, retry=True)


@case("quic-with-early-data", "A client that has been there before sends 0-RTT packets beside its Initial: two connections, each from a port of its own.")
def early(c):
    with Network(c) as network:
        call(c, network, times=2)


@case("quic-hello-over-two-datagrams", "The client offers so many protocols that its hello needs two datagrams.")
def two_datagrams(c):
    with Network(c) as network:
        call(c, network, protocols=["h3"] + [f"a-protocol-with-a-long-name-{number:03}" for number in range(60)])


def s_client(c, network, *options, key=None, name=NAME, hosts=(CERTIFICATE,), version="1.2"):
    key = key or network.scratch / "server"
    network.start(network.server, "openssl", "s_server", "-accept", f"{SERVER}:4433", "-cert", f"{key}.crt", "-key",
                  f"{key}.key", "-quiet", *options, log="openssl")
    network.wait(lambda: ":4433 " in network._listening(), "openssl")
    network.run(CLIENT, "timeout", "3", "openssl", "s_client", "-connect", f"{SERVER}:4433",
                *(("-servername", name) if name else ("-noservername",)), *[o for o in options if o != "-listen"],
                check=False, input=b"")
    if name:
        c.dtls(name, CLIENT, SERVER, version=version)
    for host in hosts:
        c.certificate(host, CLIENT, SERVER, port=4433, transport="udp")
    c.alert("opened", "notice", FORTINET, NAME, CLIENT, SERVER, 4433)
    c.made_with("OpenSSL " + version_of("openssl", "version"))


@case("dtls-hello-from-openssl", "`openssl s_client -dtls1_2` opens a vendor's update server.")
def dtls12(c):
    with Network(c) as network:
        s_client(c, network, "-dtls1_2")


@case("dtls-hello-verify-request", "The server answers the first hello with a cookie (`openssl s_server -listen`); the "
      "client sends its hello again. It counts once.")
def verify(c):
    with Network(c) as network:
        s_client(c, network, "-dtls1_2", "-listen")


@case("dtls-hello-in-fragments", "`openssl s_client -mtu 256` cuts a hello with a long protocol name into fragments.")
def fragments(c):
    with Network(c) as network:
        s_client(c, network, "-dtls1_2", "-mtu", "256", "-alpn", "p" * 200)


@case("certificate-names-the-server-of-a-nameless-dtls-hello", "`openssl s_client -dtls1_2 -noservername -mtu 256`: "
      "the client names nobody, the server's certificate comes in fragments and names a vendor's hosts.")
def nameless(c):
    with Network(c) as network:
        names = ["update.fortiguard.net", "*.fortinet.com"] + [f"host-{n}.example.com" for n in range(30)]
        key = certificate(network.scratch, "vendor", "/O=Fortinet, Inc./OU=FortiGuard/CN=update.fortiguard.net",
                          "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names))
        s_client(c, network, "-dtls1_2", "-mtu", "256", key=key, name=None, hosts=names)
