#!/usr/bin/env python3
"""Prints the country of each address of standard input by files of ranges (the arguments), '-' for none.

It keeps every range of every file, asks nothing of their order, and takes the range around the address."""
import bisect
import ipaddress
import sys


def number(text):
    return (6, int(ipaddress.IPv6Address(text))) if ":" in text else (4, int(text))


rows = []
for path in sys.argv[1:]:
    for line in open(path):
        if not line.startswith("#") and line.strip():
            first, last, country = line.strip().split(",")
            rows.append((number(first), number(last), country))
rows.sort()
starts = [row[0] for row in rows]
for line in sys.stdin:
    address = ipaddress.ip_address(line.strip())
    wanted = (address.version, int(address))
    index = bisect.bisect_right(starts, wanted) - 1
    hit = index >= 0 and rows[index][1] >= wanted
    print(rows[index][2] if hit and rows[index][2] not in ("??", "ZZ", "AP") else "-")
