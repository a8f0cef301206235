"""The hello of each TLS stack, as it really comes."""

import sys

from case import case, version_of
from network import CERTIFICATE, RESOLVER, Network

CLIENT = "10.20.1.11"
UPDATE = {"update.fortiguard.net": ["203.0.113.10"]}
SERVER = "203.0.113.10"
FORTINET = "fortinet/update.fortiguard.net"


def contact(c, network, *command, name="update.fortiguard.net", **options):
    """One connection to the vendor, without a look-up before it: one alert."""
    network.run(CLIENT, *command, **options)
    c.tls(name, CLIENT, SERVER)
    c.alert("opened", "notice", FORTINET, name, CLIENT, SERVER, 443)


def s_client(*options):
    return ["openssl", "s_client", "-connect", f"{SERVER}:443", "-servername", "update.fortiguard.net", *options]


def python(program):
    return [sys.executable, "-c", program]


def openssl():
    return "OpenSSL " + version_of("openssl", "version")


@case("tls-1-2-hello-from-openssl", "`openssl s_client -tls1_2` opens a vendor's update server, without a DNS look-up before it.")
def tls12(c):
    with Network(c) as network:
        contact(c, network, *s_client("-tls1_2"), input=b"")
    c.certificate(CERTIFICATE, CLIENT, SERVER)
    c.made_with(openssl())


@case("tls-1-3-hello-from-openssl", "`openssl s_client -tls1_3` opens a vendor's update server.")
def tls13(c):
    with Network(c) as network:
        contact(c, network, *s_client("-tls1_3"), input=b"")
    c.made_with(openssl())


@case("tls-hello-from-curl", "curl opens a vendor's update server by HTTP/2, its address given with `--resolve`.")
def curl(c):
    with Network(c) as network:
        contact(c, network, "curl", "-sk", "-o", "/dev/null", "--resolve", f"update.fortiguard.net:443:{SERVER}",
                "https://update.fortiguard.net/")
    c.made_with("curl " + version_of("curl", "--version"), openssl())


@case("tls-hello-from-gnutls", "`gnutls-cli` opens a vendor's update server.")
def gnutls(c):
    with Network(c) as network:
        contact(c, network, "gnutls-cli", "--insecure", "--sni-hostname", "update.fortiguard.net", SERVER, input=b"")
    c.made_with("GnuTLS " + version_of("gnutls-cli", "--version"))


@case("tls-hello-from-nss", "`tstclnt` of NSS, the library of Firefox, opens a vendor's update server.")
def nss(c):
    with Network(c) as network:
        contact(c, network, "tstclnt", "-h", SERVER, "-p", "443", "-a", "update.fortiguard.net", "-o", "-D", "-Q",
                check=False, input=b"")
    c.made_with("NSS " + version_of("dpkg-query", "-W", "libnss3-tools", pattern=r"(?<=:)[0-9.]+"))


@case("tls-hello-from-mbed-tls", "Mbed TLS, as small devices use it, opens a vendor's update server (python-mbedtls).")
def mbed(c):
    with Network(c) as network:
        contact(c, network, *python(f"""
import socket
from mbedtls import tls
context = tls.ClientContext(tls.TLSConfiguration(validate_certificates=False))
connection = context.wrap_socket(socket.create_connection(("{SERVER}", 443)), server_hostname="update.fortiguard.net")
connection.do_handshake()
connection.close()
"""))
    c.certificate(CERTIFICATE, CLIENT, SERVER)
    c.made_with("Mbed TLS " + version_of(*python("import mbedtls.version as v; print(v.version)")))


@case("tls-hello-from-s2n-spans-two-segments", "s2n-tls of the AWS tools (awscrt) opens a vendor's update server. Its hello carries an X25519MLKEM768 key share and does not fit into one segment.")
def s2n(c):
    with Network(c, names=UPDATE) as network:
        network.run(CLIENT, *python("""
from awscrt import io, http
options = io.TlsContextOptions(); options.verify_peer = False
tls = io.ClientTlsContext(options).new_connection_options(); tls.set_server_name("update.fortiguard.net")
group = io.EventLoopGroup(1)
bootstrap = io.ClientBootstrap(group, io.DefaultHostResolver(group))
http.HttpClientConnection.new(host_name="203.0.113.10", port=443, bootstrap=bootstrap, tls_connection_options=tls).result(20)
"""))
        c.tls("update.fortiguard.net", CLIENT, SERVER)
        c.alert("opened", "notice", FORTINET, "update.fortiguard.net", CLIENT, SERVER, 443)
    c.made_with("awscrt " + version_of(*python("import awscrt; print(awscrt.__version__)")))


@case("tls-hello-from-rustls-spans-two-segments",
      "rustls with aws-lc (primp) opens a vendor's update server. Its hello carries an X25519MLKEM768 key share of 1,216 bytes and does not fit into one segment.")
def rustls(c):
    with Network(c, names=UPDATE) as network:
        network.run(CLIENT, *python("import primp; primp.Client(verify=False, impersonate=None).get('https://update.fortiguard.net/')"))
        network.tell_lookup(CLIENT, "update.fortiguard.net")
        c.tls("update.fortiguard.net", CLIENT, SERVER)
        looked_up_and_contacted(c)
    c.made_with("primp " + version_of(*python("import importlib.metadata as m; print(m.version('primp'))")))


@case("tls-hello-from-openssl-3-6-spans-two-segments",
      "libcurl with OpenSSL 3.6 (pycurl) opens a vendor's update server. Its hello carries an X25519MLKEM768 key share and does not fit into one segment.")
def openssl36(c):
    with Network(c) as network:
        contact(c, network, *python(f"""
import pycurl
curl = pycurl.Curl()
curl.setopt(curl.URL, "https://update.fortiguard.net/")
curl.setopt(curl.RESOLVE, ["update.fortiguard.net:443:{SERVER}"])
curl.setopt(curl.SSL_VERIFYPEER, 0); curl.setopt(curl.SSL_VERIFYHOST, 0)
curl.setopt(curl.WRITEFUNCTION, lambda data: None)
curl.perform()
"""))
    c.made_with("OpenSSL " + version_of(*python("import pycurl; print(pycurl.version)"), pattern=r"(?<=OpenSSL/)[0-9.]+"))


@case("tls-hello-from-chrome-spans-two-segments",
      "BoringSSL with the settings of Chrome (curl_cffi): GREASE values, an ECH extension that is GREASE as well, shuffled extensions, and an X25519MLKEM768 key share, so that the hello does not fit into one segment. The name may lie in either.")
def chrome(c):
    with Network(c) as network:
        contact(c, network, *python(f"""
from curl_cffi import CurlOpt, requests
options = {{CurlOpt.RESOLVE: ["update.fortiguard.net:443:{SERVER}"]}}
requests.get("https://update.fortiguard.net/", impersonate="chrome", verify=False, curl_options=options)
"""))
    c.made_with("curl_cffi " + version_of(*python("import curl_cffi; print(curl_cffi.__version__)")))


@case("tls-hello-from-chrome-arrives-second-segment-first",
      "The capture of Chrome's hello over two segments, with the two segments exchanged: the second arrives first.")
def chrome_reordered(c):
    import frames

    chrome(c)
    packets = frames.read(c.capture)
    hello = [i for i, p in enumerate(packets) if frames.payload(p, to_port=443)][:2]
    first, second = hello
    moments = [packets[i].time for i in hello]
    packets[first], packets[second] = packets[second], packets[first]
    packets[first].time, packets[second].time = moments
    frames.write(c.capture, packets)
    c.made_with(frames.scapy_version())


@case("a-second-hello-after-a-retry-counts-once",
      "The server accepts only the curve P-384, for which `openssl s_client` sent no key share: HelloRetryRequest, and a second hello in the same flow. One connection, one count.")
def retry(c):
    with Network(c, curve="secp384r1") as network:
        contact(c, network, *s_client("-tls1_3", "-groups", "X25519:P-384"), input=b"")
    c.made_with(openssl())


@case("a-hello-without-a-server-name",
      "`openssl s_client -noservername`: a hello that names nobody, to an address that no one looked up.")
def nameless(c):
    with Network(c) as network:
        network.run(CLIENT, "openssl", "s_client", "-connect", f"{SERVER}:443", "-noservername", input=b"")
    c.no_alerts()
    c.coverage(named={}, without_name={"hello-without-name": 1}, sequence_gaps=0, copies=0)
    c.made_with(openssl())


@case("a-name-in-capital-letters", "`openssl s_client -servername UPDATE.FortiGuard.NET`: names have no case.")
def capitals(c):
    with Network(c) as network:
        network.run(CLIENT, "openssl", "s_client", "-connect", f"{SERVER}:443", "-servername", "UPDATE.FortiGuard.NET", input=b"")
    c.tls("update.fortiguard.net", CLIENT, SERVER)
    c.alert("opened", "notice", FORTINET, "update.fortiguard.net", CLIENT, SERVER, 443)
    c.tshark_differs("it keeps the letters as they were sent, `UPDATE.FortiGuard.NET`.", ("tls-sni", "UPDATE.FortiGuard.NET", 1))
    c.made_with(openssl())


@case("ten-connections-to-one-server", "curl opens a vendor's update server ten times: one name, count 10, one alert.")
def ten(c):
    with Network(c) as network:
        for _ in range(10):
            network.run(CLIENT, "curl", "-sk", "-o", "/dev/null", "--resolve", f"update.fortiguard.net:443:{SERVER}", "https://update.fortiguard.net/")
    c.tls("update.fortiguard.net", CLIENT, SERVER, count=10)
    c.alert("opened", "notice", FORTINET, "update.fortiguard.net", CLIENT, SERVER, 443)
    c.made_with("curl " + version_of("curl", "--version"), openssl())


def looked_up_and_contacted(c):
    from network import RESOLVER

    c.alert("opened", "info", FORTINET, "update.fortiguard.net", CLIENT, RESOLVER, 53)
    c.alert("opened", "notice", FORTINET, "update.fortiguard.net", CLIENT, SERVER, 443)


@case("a-hello-on-odd-ports",
      "curl opens an https server on the ports 8443, 22 and 65000. It is the bytes that make it TLS, not the port.")
def odd_ports(c):
    with Network(c, tls_ports=(8443, 22, 65000)) as network:
        for port in (8443, 22, 65000):
            network.run(CLIENT, "curl", "-sk", "-o", "/dev/null", "--resolve", f"update.fortiguard.net:{port}:{SERVER}",
                        f"https://update.fortiguard.net:{port}/")
            c.tls("update.fortiguard.net", CLIENT, SERVER, port=port)
    c.alert("opened", "notice", FORTINET, "update.fortiguard.net", CLIENT, SERVER, 8443)
    c.decode_as = ["tcp.port==22,tls", "tcp.port==65000,tls"]
    c.made_with("curl " + version_of("curl", "--version"), openssl())


@case("a-hello-on-the-syn",
      "TCP fast open: `curl --tcp-fastopen` sends the hello with the SYN itself (namespaces with net.ipv4.tcp_fastopen=0x605: no cookie is asked for).")
def fast_open(c):
    with Network(c) as network:
        contact(c, network, "curl", "-sk", "-o", "/dev/null", "--tcp-fastopen", "--resolve",
                f"update.fortiguard.net:443:{SERVER}", "https://update.fortiguard.net/")
    import frames

    syn = frames.read(c.capture)[0]
    assert frames.payload(syn, to_port=443), "no data on the SYN"
    c.made_with("curl " + version_of("curl", "--version"), openssl())


@case("a-hello-over-records-of-512-bytes",
      "`openssl s_client -max_send_frag 512` with many ALPN names: OpenSSL itself cuts the hello into several TLS records.")
def small_records(c):
    alpn = ",".join(f"protocol-number-{n:03}-of-many" for n in range(40))
    with Network(c) as network:
        contact(c, network, *s_client("-max_send_frag", "512", "-alpn", alpn), input=b"", check=False)
    c.made_with(openssl())


@case("ech-with-a-key-from-dns-and-ech-that-is-grease",
      "dnsmasq serves an HTTPS record with an address hint and a key for Encrypted ClientHello, whose public name is a vendor's. "
      "BoringSSL (curl_cffi) encrypts the true name with that key, so that the vendor's stands in front. Then it opens a "
      "name that has no such record: it sends the same extension, with random content.")
def ech(c):
    import base64

    hidden, front, plain = "hidden.example.com", "update.fortiguard.net", "www.example.com"
    contents = (bytes([42]) + b"\x00\x20" + b"\x00\x20" + bytes.fromhex(
        # The public key of RFC 7748, section 6.1.
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
        + b"\x00\x04\x00\x01\x00\x01" + b"\x40" + bytes([len(front)]) + front.encode() + b"\x00\x00")
    config = b"\xfe\x0d" + len(contents).to_bytes(2, "big") + contents
    keys = len(config).to_bytes(2, "big") + config
    data = b"\x00\x01\x00" + b"\x00\x04\x00\x04" + bytes([203, 0, 113, 10]) + b"\x00\x05" + len(keys).to_bytes(2, "big") + keys
    with Network(c, names={plain: [SERVER]}, dnsmasq=[f"--dns-rr={hidden},65,{data.hex()}"]) as network:
        for name, option in ((hidden, f'CurlOpt.ECH: "ecl:{base64.b64encode(keys).decode()}",'), (plain, "")):
            network.python(CLIENT, f"""
import dns.message, dns.query
dns.query.udp(dns.message.make_query("{name}", "HTTPS"), "{RESOLVER}", timeout=5)
""")
            network.run(CLIENT, *python(f"""
from curl_cffi import CurlOpt, requests
options = {{{option} CurlOpt.RESOLVE: ["{name}:443:{SERVER}"]}}
requests.get("https://{name}/", impersonate="chrome", verify=False, curl_options=options)
"""), check=False)
            c.dns(name, CLIENT, RESOLVER)
            if option:
                c.tell(address_hints=[SERVER])
                c.tls(front, CLIENT, SERVER)
                c.tell(ech="real", outer=True)
                c.alert("opened", "notice", "fortinet/update.fortiguard.net", front, CLIENT, SERVER, 443)
                c.alerts[-1] |= {"seaward.ech.kind": "real", "seaward.ech.outer_name": front}
            else:
                c.tls(plain, CLIENT, SERVER)
                c.tell(ech="grease")
    c.made_with("curl_cffi " + version_of(*python("import curl_cffi; print(curl_cffi.__version__)")),
                "dnspython " + version_of(*python("import dns.version; print(dns.version.version)")))
