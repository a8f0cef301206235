"""Writes the first inputs of the fuzz targets from the captures: seeds.py CAPTURES FOLDER.

Each target's folder gets at most a few thousand small files, in the form that the target reads.
"""
import hashlib
import pathlib
import struct
import sys

LINK_TYPES = {1: 0, 101: 1, 113: 2, 276: 3, 0: 4, 108: 5, 228: 6, 229: 7, 9: 9, 50: 10, 51: 11, 166: 12,
              104: 13, 107: 14, 100: 15, 105: 16, 127: 17, 192: 18, 239: 19}


def packets(path):
    """The (link type, bytes, wire length) of a classic pcap file; other formats have none."""
    data = path.read_bytes()
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}.get(data[:4])
    if order is None:
        return
    link = struct.unpack(order + "I", data[20:24])[0] & 0xFFFF
    place = 24
    while place + 16 <= len(data):
        captured, wire = struct.unpack(order + "II", data[place + 8:place + 16])
        yield link, data[place + 16:place + 16 + captured], wire
        place += 16 + captured


def write(folder, content):
    if len(content) <= 4096:
        (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


# In front of the stream: how it is cut. As one, into a few pieces, into many.
CUTS = (b"", b"\x07\x50\x03", b"\x01" * 20)
PROTOCOLS = {17: 0, 6: 1, 47: 2, 4: 3, 41: 4, 97: 5, 137: 6, 60: 7}
HOST_PORTS = {67: 1, 68: 2, 546: 3, 547: 4, 5353: 5, 137: 6}
PORTS = {443: 0, 53: 1, 25: 2, 3128: 3}


def ip(link, frame):
    """The (version, protocol, payload) of a plain frame; a seed needs no more than that."""
    if link == 1 and frame[12:14] == b"\x08\x00" and len(frame) > 34:
        return 4, frame[23], frame[14 + (frame[14] & 15) * 4:14 + int.from_bytes(frame[16:18], "big")]
    if link == 1 and frame[12:14] == b"\x86\xdd" and len(frame) > 54:
        return 6, frame[20], frame[54:54 + int.from_bytes(frame[18:20], "big")]
    return None


def streams(frames):
    """The first bytes of each direction of each TCP connection, with the port and whether the server sent them."""
    begun = {}
    for link, frame, _ in frames:
        header = ip(link, frame)
        if header is None or header[1] != 6 or len(header[2]) < 20:
            continue
        segment = header[2]
        source, destination, number = struct.unpack("!HHI", segment[:8])
        addresses = frame[26:34] if header[0] == 4 else frame[22:54]
        key = (addresses, source, destination)
        data = segment[(segment[12] >> 4) * 4:]
        if segment[13] & 2:
            begun[key] = (number + 1, bool(segment[13] & 16), {})
        elif key in begun and data:
            begun[key][2].setdefault((number - begun[key][0]) & 0xFFFFFFFF, data)
    for (_, source, destination), (_, is_server, parts) in begun.items():
        stream = b""
        for offset in sorted(parts):
            if offset == len(stream):
                stream += parts[offset]
        if stream:
            yield source if is_server else destination, is_server, stream[:4000]


def main():
    captures, out = map(pathlib.Path, sys.argv[1:])
    names = ("Packet", "DNS", "Fragments", "ClientHello", "Stream", "DTLSHello", "CRYPTO", "QUICHello", "Hosts")
    folders = {name: out / name for name in names}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(captures.glob("*/capture.*")):
        frames = list(packets(path))
        for link, frame, wire in frames:
            if link in LINK_TYPES:
                cut = min(max(wire - len(frame), 0), 0xFFFF)
                write(folders["Packet"], bytes([LINK_TYPES[link], cut >> 8, cut & 255]) + frame)
            # The payloads are found by their look: this is a seed, not a decoder.
            hello = frame.find(b"\x16\x03\x01")
            if hello > 0:
                for lengths in CUTS:
                    write(folders["ClientHello"], lengths + b"\x00" + frame[hello:])
                    # What CRYPTO frames carry has no record around it.
                    for name in ("QUICHello", "CRYPTO"):
                        write(folders[name], lengths + b"\x00" + frame[hello + 5:])
            hello = max(frame.find(b"\x16\xfe\xff\x00\x00"), frame.find(b"\x16\xfe\xfd\x00\x00"))
            if hello > 0 and frame[hello + 13:hello + 14] == b"\x01":
                for lengths in CUTS:
                    write(folders["DTLSHello"], lengths + b"\x00" + frame[hello + 25:])
            if link == 1 and frame[12:14] == b"\x08\x06":
                write(folders["Hosts"], b"\x00\x80" + frame[14:])
            header = ip(link, frame)
            if header is None:
                continue
            version, protocol, payload = header
            if protocol == 58:
                write(folders["Hosts"], b"\x07\x80" + payload)
            if protocol == 17 and (choice := HOST_PORTS.get(int.from_bytes(payload[2:4], "big"))):
                write(folders["Hosts"], bytes([choice, 0x80]) + payload[8:])
            if version == 4 and protocol == 17:
                write(folders["DNS"], payload[8:])
            if protocol in PROTOCOLS and payload:
                choice = PROTOCOLS[protocol] + (16 if version == 6 else 0)
                write(folders["Fragments"], bytes([choice]) + b"\x02\x03\x01\x00" + payload)
        for port, is_server, stream in streams(frames):
            for lengths in CUTS:
                choice = PORTS.get(port, 0) + (4 if is_server else 0)
                write(folders["Stream"], bytes([choice]) + lengths + b"\x00" + stream)


main()
