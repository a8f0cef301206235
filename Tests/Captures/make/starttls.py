"""A server that says what many protocols say before TLS, and shows TLS 1.2: starttls.py PROTOCOL ADDRESS PORT KEY."""

import socket
import ssl
import sys

protocol, address, port, key = sys.argv[1:]

# What the server says, and how what it waits for then ends, or how many bytes it has; None: it waits for nothing.
LINE = b"\n"
TALKS = {
    "smtp": [(b"220 mail ESMTP\r\n", LINE), (b"250-mail\r\n250 STARTTLS\r\n", LINE), (b"220 go ahead\r\n", None)],
    "imap": [(b"* OK ready\r\n", LINE), (b"* CAPABILITY IMAP4rev1 STARTTLS\r\n. OK done\r\n", LINE), (b". OK go ahead\r\n", None)],
    "pop3": [(b"+OK ready\r\n", LINE), (b"+OK go ahead\r\n", None)],
    "ftp": [(b"220 ready\r\n", LINE), (b"234 go ahead\r\n", None)],
    "irc": [(b"", LINE), (b":irc 670 you :go ahead\r\n", None)],
    "nntp": [(b"200 ready\r\n", LINE), (b"101 list\r\nSTARTTLS\r\n.\r\n", LINE), (b"382 go ahead\r\n", None)],
    "sieve": [(b'"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK\r\n', LINE), (b"OK go ahead\r\n", None)],
    "ldap": [(b"", b"20037"), (bytes.fromhex("300c02010178070a010004000400"), None)],
    "xmpp": [
        (b"", b">"),
        (b"<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:client' version='1.0'>"
         b"<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>", b">"),
        (b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", None)],
    "postgres": [(b"", b"\x04\xd2\x16\x2f"), (b"S", None)],
    "mysql": [
        (bytes.fromhex("4a0000000a") + b"8.0.36\0" + bytes.fromhex("08000000") + b"saltsalt\0" + bytes.fromhex("ffff210200ff8115")
         + bytes(10) + b"saltsaltsalt\0" + b"mysql_native_password\0", 36), (b"", None)],
    # No STARTTLS, but the same kind of thing: a SOCKS 4A proxy that is the target itself.
    "socks4a": [(b"", b"www.example.com\0"), (b"\0\x5a" + bytes(6), None)],
}

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{key}.crt", f"{key}.key")
context.maximum_version = ssl.TLSVersion.TLSv1_2
listener = socket.create_server((address, int(port)))
while True:
    connection, _ = listener.accept()
    try:
        for words, end in TALKS[protocol]:
            connection.sendall(words)
            heard = b""
            while end and (len(heard) < end if isinstance(end, int) else not heard.endswith(end)):
                piece = connection.recv(1)  # not a byte of the hello, which may follow at once
                if not piece:
                    raise ConnectionError(heard)
                heard += piece
        with context.wrap_socket(connection, server_side=True) as inside:
            inside.recv(1)
    except (OSError, ConnectionError) as reason:
        print(protocol, reason, flush=True)
