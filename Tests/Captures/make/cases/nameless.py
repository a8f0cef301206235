"""Flows that show no name."""

from case import case, version_of
from frames import Flow, Timeline, datagram, scapy_version
from network import Network

UPDATE, FORTINET = "update.fortiguard.net", "fortinet/update.fortiguard.net"
CLIENT, OTHER, SERVER = "10.20.1.11", "10.20.1.12", "203.0.113.10"

SPEAK = """
import socket
with socket.create_connection(("{server}", {port}), timeout=5) as connection:
    connection.sendall(b"a protocol that nobody knows, and that names nobody")
"""

LISTEN = """
import socket
with socket.create_server(("", {port})) as server:
    print("ready", flush=True)
    while True:
        connection, _ = server.accept()
        while connection.recv(1000):
            pass
"""


@case("a-flow-without-a-name-after-its-look-up", """
    A client looks a vendor's name up and opens a connection to the address, in a protocol that names nobody: the look-up
    names the flow. Another client opens the same address without a look-up of its own: nobody knows whom it is after, and
    `names` does not show it.
""")
def looked_up(c):
    with Network(c, clients=[CLIENT, OTHER], names={UPDATE: [SERVER]}) as network:
        network.start(network.server, "python3", "-c", LISTEN.format(port=541), log="listener")
        network.wait(lambda: "ready" in (network.scratch / "listener").read_text(), "listener")
        network.lookup(CLIENT, UPDATE, "v4")
        for client in (CLIENT, OTHER):
            network.python(client, SPEAK.format(server=SERVER, port=541))
        c.resolved(UPDATE, CLIENT, SERVER, port=541)
    c.alert("opened", "info", FORTINET, UPDATE, CLIENT, "192.0.2.53", 53)
    c.alert("opened", "notice", FORTINET, UPDATE, CLIENT, SERVER, 541)
    c.made_with("Python " + version_of("python3", "--version"), "dnsmasq " + version_of("dnsmasq", "--version"))


@case("flows-into-a-published-range", """
    A host opens TLS without a server name to an address of Cato Networks, sends IPsec (UDP 4500) to another, and somebody
    from a third opens our server: the first two are contacts by address, the last is none. `names`, which uses no packs,
    shows nothing.
""")
def published(c):
    timeline = Timeline()
    Flow(timeline, client=CLIENT, server="113.30.128.9", dport=1337).open().data(0, b"\x00\x01\x02\x03" * 8).close(32)
    for _ in range(6):
        datagram(timeline, CLIENT, "159.117.225.20", 4500, 4500, b"\x00\x00\x12\x34" + bytes(96))
    Flow(timeline, client="113.30.128.77", server="10.20.0.80").open().data(0, b"\x00\x01\x02\x03" * 8).close(32)
    timeline.write(c.capture)
    # Both belong to one finding: the same client, vendor and country, and no product.
    c.alert("opened", "notice", "cato-networks/113.30.128.0/20", None, CLIENT, "113.30.128.9", 1337)
    c.made_with(scapy_version())
