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


def main():
    captures, out = map(pathlib.Path, sys.argv[1:])
    folders = {name: out / name for name in ("Packet", "DNS", "ClientHello", "QUICHello")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(captures.glob("*/capture.*")):
        for link, frame, wire in packets(path):
            if link in LINK_TYPES:
                cut = min(max(wire - len(frame), 0), 0xFFFF)
                write(folders["Packet"], bytes([LINK_TYPES[link], cut >> 8, cut & 255]) + frame)
            # The payloads are found by their look: this is a seed, not a decoder.
            hello = frame.find(b"\x16\x03\x01")
            if hello > 0:
                for lengths in (b"", b"\x07\x50\x03", b"\x01" * 20):
                    write(folders["ClientHello"], lengths + b"\x00" + frame[hello:])
                    # What CRYPTO frames carry has no record around it.
                    write(folders["QUICHello"], lengths + b"\x00" + frame[hello + 5:])
            if link == 1 and len(frame) > 42 and frame[12:14] == b"\x08\x00" and frame[23] == 17:
                write(folders["DNS"], frame[42:])


main()
