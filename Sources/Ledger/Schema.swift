import GRDB

/// The tables of a ledger, version by version. What a version has made is never edited: ledgers out there have it.
enum Schema {
    /// Marks the file as ours in its header (`PRAGMA application_id`): "SEAW".
    static let applicationID = 0x5345_4157

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in try database.execute(sql: first) }
        return migrator
    }

    /// Numbers stand for what repeats: a year of a large house has millions of days. Times are nanoseconds since 1970,
    /// days and hours count from there, in UTC. Severities are 0 and up, the worse the higher. Addresses of servers are
    /// 4 or 16 bytes, network byte order.
    ///
    /// Days come first in their key: what is written today lies together, and old days leave whole pages behind.
    /// Foreign keys are declared where the table is sorted by them, else each removal would search all of it; `check`
    /// looks at the others.
    private static let first = """
        CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 0), change INTEGER NOT NULL) STRICT;
        INSERT INTO state VALUES (0, 0);
        CREATE TABLE text (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE host (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, identity TEXT NOT NULL, address TEXT NOT NULL,
            mac TEXT, name TEXT, name_source TEXT, owner TEXT, site TEXT, last_seen INTEGER NOT NULL) STRICT;
        CREATE TABLE vendor (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, aliases TEXT NOT NULL,
            headquarters TEXT NOT NULL, version TEXT NOT NULL) STRICT;
        CREATE TABLE endpoint (id INTEGER PRIMARY KEY, key TEXT NOT NULL, version TEXT NOT NULL,
            vendor INTEGER NOT NULL REFERENCES vendor, label TEXT, kind TEXT NOT NULL, subject TEXT NOT NULL, product TEXT,
            category TEXT NOT NULL, confidence TEXT NOT NULL, ports TEXT NOT NULL, region TEXT, sources TEXT NOT NULL,
            note TEXT, shared INTEGER NOT NULL, UNIQUE (key, version)) STRICT;
        CREATE TABLE place (id INTEGER PRIMARY KEY, country TEXT, system INTEGER, organization TEXT,
            uncertain INTEGER NOT NULL, operator TEXT, basis TEXT) STRICT;
        CREATE INDEX place_values ON place (system, country, operator, basis);
        CREATE TABLE recording (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
            program TEXT NOT NULL, packs TEXT NOT NULL, digest TEXT NOT NULL, geography TEXT, first_packet INTEGER,
            last_packet INTEGER) STRICT;
        CREATE TABLE finding (id INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES host,
            vendor INTEGER NOT NULL REFERENCES vendor, product TEXT NOT NULL, country TEXT NOT NULL,
            exception TEXT NOT NULL, approved_by TEXT, until TEXT, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            severity INTEGER NOT NULL, contacts INTEGER NOT NULL, starts BLOB NOT NULL, change INTEGER NOT NULL,
            UNIQUE (host, vendor, product, country, exception)) STRICT;
        CREATE INDEX finding_change ON finding (change);
        CREATE TABLE day (number INTEGER NOT NULL, finding INTEGER NOT NULL, recording INTEGER NOT NULL,
            severity INTEGER NOT NULL, lookups INTEGER NOT NULL, flows INTEGER NOT NULL, bytes_out INTEGER NOT NULL,
            bytes_in INTEGER NOT NULL, packets_out INTEGER NOT NULL, packets_in INTEGER NOT NULL,
            application_out INTEGER NOT NULL, PRIMARY KEY (number, finding, recording)) STRICT, WITHOUT ROWID;
        CREATE TABLE evidence (finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, endpoint INTEGER NOT NULL,
            method INTEGER NOT NULL, value INTEGER NOT NULL, recording INTEGER NOT NULL, contradicts INTEGER NOT NULL,
            count INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            PRIMARY KEY (finding, endpoint, method, value, recording)) STRICT, WITHOUT ROWID;
        CREATE TABLE destination (finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, address BLOB NOT NULL,
            recording INTEGER NOT NULL, place INTEGER NOT NULL, flows INTEGER NOT NULL, bytes_out INTEGER NOT NULL,
            bytes_in INTEGER NOT NULL, packets_out INTEGER NOT NULL, packets_in INTEGER NOT NULL,
            application_out INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            PRIMARY KEY (finding, address, recording)) STRICT, WITHOUT ROWID;
        CREATE TABLE alert (key TEXT PRIMARY KEY, time INTEGER NOT NULL, action TEXT NOT NULL, severity INTEGER NOT NULL,
            finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX alert_time ON alert (time);
        CREATE INDEX alert_finding ON alert (finding);
        CREATE TABLE repeat (day INTEGER NOT NULL, finding INTEGER NOT NULL, severity INTEGER NOT NULL,
            hours INTEGER NOT NULL, PRIMARY KEY (day, finding, severity)) STRICT, WITHOUT ROWID;
        CREATE TABLE hour (number INTEGER NOT NULL, recording INTEGER NOT NULL REFERENCES recording,
            seconds_up INTEGER NOT NULL, packets INTEGER NOT NULL, bytes INTEGER NOT NULL, kernel_drops INTEGER NOT NULL,
            interface_drops INTEGER NOT NULL, sequence_gaps INTEGER NOT NULL, copies INTEGER NOT NULL,
            limits_reached INTEGER NOT NULL, sightings_dropped INTEGER NOT NULL, flows INTEGER NOT NULL,
            one_way_flows INTEGER NOT NULL, named_flows INTEGER NOT NULL, named_bytes INTEGER NOT NULL,
            nameless_bytes INTEGER NOT NULL, encrypted_name_flows INTEGER NOT NULL, encrypted_dns_flows INTEGER NOT NULL,
            relay_flows INTEGER NOT NULL, nameless_encrypted_dns INTEGER NOT NULL,
            nameless_encrypted_name INTEGER NOT NULL, nameless_hello_without_name INTEGER NOT NULL,
            nameless_limit INTEGER NOT NULL, nameless_cut_by_snap_length INTEGER NOT NULL,
            nameless_started_before_capture INTEGER NOT NULL, nameless_no_data INTEGER NOT NULL,
            nameless_local INTEGER NOT NULL, nameless_neither_tcp_nor_udp INTEGER NOT NULL,
            nameless_other_protocol INTEGER NOT NULL, PRIMARY KEY (number, recording)) STRICT, WITHOUT ROWID;
        """
}
