#!/usr/bin/env python3
"""Writes the MaxMind files of this folder; see README.md. Takes `pip install mmdb_writer==0.2.5`."""
import pathlib
import time

from mmdb_writer import MMDBWriter
from netaddr import IPSet

folder = pathlib.Path(__file__).parent
# 2026-11-01T00:00:00Z, so that the same bytes come out each time.
time.time = lambda: 1793491200


def write(name, kind, rows, version=6):
    writer = MMDBWriter(
        ip_version=version, ipv4_compatible=version == 6, database_type=kind, languages=["en"],
        description="Seaward test data", int_type="u32")
    for networks, record in rows:
        writer.insert_network(IPSet(networks), record)
    writer.to_db_file(str(folder / name))


def maxmind(code, key="country", **more):
    return {key: {"iso_code": code, "names": {"en": code}}, **more}


write("country.mmdb", "GeoLite2-Country", [
    (["192.0.2.0/25"], maxmind("CN")),
    (["192.0.2.128/25"], maxmind("US", traits={"is_anycast": True})),
    (["198.51.100.0/24"], maxmind("DE", key="registered_country")),
    (["203.0.113.0/24"], maxmind("cn")),
    (["2001:db8:1::/48"], maxmind("JP")),
    (["2001:db8:2::/48"], maxmind("ZZ")),
    (["10.0.0.0/8"], maxmind("FR")),
])
write("asn.mmdb", "DBIP-ASN-Lite (compat=GeoLite2-ASN)", [
    (["192.0.2.0/24"], {"autonomous_system_number": 64496, "autonomous_system_organization": "Example Networks"}),
    (["2001:db8::/32"], {"autonomous_system_number": 64497, "autonomous_system_organization": "Bei\x1bspiel \u202eNetz"}),
    (["198.51.100.0/24"], {"autonomous_system_number": 64498, "autonomous_system_organization": "n" * 250}),
])
write("ipinfo.mmdb", "ipinfo bundle_location_lite.mmdb", [
    (["192.0.2.0/24"], {
        "country": "United States", "country_code": "US", "asn": "AS64496", "as_name": "Example Networks"}),
    (["198.51.100.0/24"], {"country": "SG", "asn": "AS64499", "name": "Example Asia", "is_anycast": True}),
    (["203.0.113.0/24"], {"country": "Nowhere", "asn": "64500"}),
])
write("country-v4.mmdb", "", [(["192.0.2.0/24"], maxmind("BR"))], version=4)
