#!/usr/bin/env python3
"""Damages captures at random and runs Seaward on them: it must not crash, hang or grow.

Usage: mutate.py [--seconds N] [--seed N] [--only NUMBER] [--keep FOLDER] BINARY [CAPTURES...]

CAPTURES are capture files, or folders that are searched for them: Tests/Captures, and the corpus where there is one, if
none is given. Record headers stay right, so that the damage reaches
the decoders and does not end in libpcap; one capture in ten is damaged as a file instead. A failure prints the seed and
the number of the run: with --seed and --only it can be run again.
"""

import argparse
import os
import random
import struct
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from program import run

PROJECT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("SEAWARD_CORPUS", PROJECT / "../shared/corpus"))
# One pack, the smallest: loading all of them takes longer than a run.
RULES = min((PROJECT / "Rules").glob("*.yaml"), key=lambda file: file.stat().st_size)
PACKETS = 200  # of one run: many small runs find more than a few large ones
LARGEST = 65_535
PCAP_MAGICS = {b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">", b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<"}
SECTION_HEADER, INTERFACE, ENHANCED_PACKET = 0x0A0D0D0A, 1, 6


@dataclass
class Capture:
    link_type: int
    packets: list = field(default_factory=list)


def read_pcap(data):
    order = PCAP_MAGICS[data[:4]]
    capture = Capture(struct.unpack_from(order + "I", data, 20)[0] & 0xFFFF)
    offset = 24
    while offset + 16 <= len(data):
        length = struct.unpack_from(order + "I", data, offset + 8)[0]
        capture.packets.append(data[offset + 16:offset + 16 + length])
        offset += 16 + length
    return capture


def read_pcapng(data):
    """The packets of the first link type; the others cannot go into the pcap that is written."""
    order, offset, interfaces, capture = "<", 0, [], None
    while offset + 12 <= len(data):
        if data[offset:offset + 4] == b"\x0a\x0d\x0d\x0a":
            order, interfaces = ("<" if data[offset + 8:offset + 12] == b"\x4d\x3c\x2b\x1a" else ">"), []
        kind, length = struct.unpack_from(order + "II", data, offset)
        if length < 12:
            break
        if kind == INTERFACE:
            interfaces.append(struct.unpack_from(order + "H", data, offset + 8)[0])
            capture = capture or Capture(interfaces[0])
        elif kind == ENHANCED_PACKET:
            interface, _, _, size = struct.unpack_from(order + "IIII", data, offset + 8)
            if interface < len(interfaces) and interfaces[interface] == capture.link_type:
                capture.packets.append(data[offset + 28:offset + 28 + size])
        offset += length
    return capture


def read_capture(path):
    data = path.read_bytes()
    if data[:4] in PCAP_MAGICS:
        return read_pcap(data)
    if data[:4] == b"\x0a\x0d\x0d\x0a":
        return read_pcapng(data)
    return None


def write_pcap(capture, chance):
    """Packets whose end was cut off say so in half of the cases, as a snap length does."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, capture.link_type)]
    for number, packet in enumerate(capture.packets):
        original = len(packet) + (chance.randrange(1500) if chance.random() < 0.05 else 0)
        parts += [struct.pack("<IIII", 1_768_438_800 + number // 1000, number % 1000 * 1000, len(packet), original), packet]
    return b"".join(parts)


def flip(packet, chance, _):
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        packet[chance.randrange(len(packet))] ^= 1 << chance.randrange(8)


def overwrite(packet, chance, _):
    """Lengths, counts and offsets like to break at these values."""
    start = chance.randrange(len(packet))
    value = chance.choice((b"\0", b"\1", b"\x7f", b"\x80", b"\xff", b"\xc0\x0c", b"\xc0\0", b"\0\0", b"\xff\xff", b"\0\0\0\0"))
    packet[start:start + len(value)] = value


def cut(packet, chance, _):
    del packet[chance.randrange(len(packet)):]


def remove(packet, chance, _):
    start = chance.randrange(len(packet))
    del packet[start:start + chance.randrange(1, 40)]


def insert(packet, chance, _):
    start = chance.randrange(len(packet) + 1)
    packet[start:start] = chance.randbytes(chance.choice((1, 2, 4, 16, 300)))


def graft(packet, chance, packets):
    """The end of another packet in place of this one's."""
    other = chance.choice(packets)
    packet[chance.randrange(len(packet)):] = other[chance.randrange(len(other) + 1):]


MUTATIONS = (flip, flip, overwrite, overwrite, cut, remove, insert, graft)


def damage_packets(capture, chance):
    start = chance.randrange(max(1, len(capture.packets) - PACKETS // 2))
    packets = [bytearray(packet) for packet in capture.packets[start:start + PACKETS]]
    for _ in range(1 + chance.randrange(len(packets) + 1)):
        packet = chance.choice(packets)
        if packet:
            chance.choice(MUTATIONS)(packet, chance, packets)
            del packet[LARGEST:]
    for _ in range(chance.randrange(4)):  # doubled, lost, and out of order
        index = chance.randrange(len(packets))
        packets.insert(chance.randrange(len(packets) + 1), bytearray(packets[index]))
        if len(packets) > 2 and chance.random() < 0.5:
            del packets[chance.randrange(len(packets))]
    return write_pcap(Capture(capture.link_type, packets), chance)


def damage_file(path, chance):
    data = bytearray(path.read_bytes()[:200_000])
    for _ in range(chance.randrange(1, 20)):
        chance.choice((flip, overwrite, cut) if chance.random() < 0.1 else (flip, overwrite))(data, chance, [data])
        data = data or bytearray(1)
    return bytes(data)


def find_captures(paths):
    files = []
    for path in paths:
        files += sorted(path.rglob("*.*cap*")) if path.is_dir() else [path]
    captures = [(file, capture) for file in files if file.is_file() and (capture := read_capture(file)) and capture.packets]
    return captures or sys.exit(f"mutate: no captures in {', '.join(map(str, paths))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this run alone, whatever the time")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where captures go that broke something")
    parser.add_argument("binary")
    parser.add_argument("captures", nargs="*", type=Path)
    options = parser.parse_args()

    captures = find_captures(options.captures or [PROJECT / "Tests/Captures", CORPUS])
    keep = options.keep or Path(tempfile.mkdtemp(prefix="seaward-mutate."))
    keep.mkdir(parents=True, exist_ok=True)
    print(f"mutate: seed {options.seed}, {len(captures)} captures", flush=True)
    number, failures, started, peak = options.only or 0, 0, time.monotonic(), 0.0
    while True:
        chance = random.Random(f"{options.seed} {number}")
        path, capture = chance.choice(captures)
        damaged = damage_file(path, chance) if chance.random() < 0.1 else damage_packets(capture, chance)
        file = keep / f"{number}.pcap"
        file.write_bytes(damaged)
        runs = (run(options.binary, "names", "--format", "json", str(file)),
                run(options.binary, "replay", "--format", "json", "--rules", str(RULES), str(file)))
        peak = max(peak, *(each.memory_mib for each in runs))
        complaints = [complaint for each in runs for complaint in each.complaints()]
        if complaints:
            failures += 1
            print(f"run {number}, from {path.name}:", *complaints, sep="\n  ", flush=True)
        else:
            file.unlink()
        number += 1
        if options.only is not None or time.monotonic() - started >= options.seconds:
            break
    if not any(keep.iterdir()):
        keep.rmdir()
    print(f"mutate: {number - (options.only or 0)} damaged captures, {failures} failures, peak {peak:.0f} MiB")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
