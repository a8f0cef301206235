import GRDB

/// The tables of a ledger, version by version.
enum Schema {
    /// Marks the file as ours in its header (`PRAGMA application_id`): "SEAW".
    static let applicationID = 0x5345_4157

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in try database.execute(sql: first) }
        return migrator
    }

    /// Numbers stand for texts wherever they repeat: a year of a large house has millions of days. Times are nanoseconds
    /// since 1970, days and hours count from there, in UTC. Severities and confidences are 0 and up, the worse or surer
    /// the higher.
    private static let first = """
        CREATE TABLE host (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, identity TEXT NOT NULL, address TEXT NOT NULL,
            mac TEXT, name TEXT, name_source TEXT, owner TEXT, site TEXT, last_seen INTEGER NOT NULL) STRICT;
        CREATE TABLE vendor (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, aliases TEXT NOT NULL,
            headquarters TEXT NOT NULL, version TEXT NOT NULL) STRICT;
        CREATE TABLE endpoint (id INTEGER PRIMARY KEY, key TEXT NOT NULL, version TEXT NOT NULL,
            vendor INTEGER NOT NULL REFERENCES vendor, label TEXT, kind TEXT NOT NULL, subject TEXT NOT NULL, product TEXT,
            category TEXT NOT NULL, confidence TEXT NOT NULL, ports TEXT NOT NULL, region TEXT, sources TEXT NOT NULL,
            note TEXT, shared INTEGER NOT NULL, UNIQUE (key, version)) STRICT;
        CREATE TABLE recording (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
            program TEXT NOT NULL, packs TEXT NOT NULL, digest TEXT NOT NULL, geography TEXT, first_packet INTEGER,
            last_packet INTEGER) STRICT;
        CREATE TABLE finding (id INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES host,
            vendor INTEGER NOT NULL REFERENCES vendor, product TEXT NOT NULL, country TEXT NOT NULL,
            exception TEXT NOT NULL, approved_by TEXT, until TEXT, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            severity INTEGER NOT NULL, contacts INTEGER NOT NULL, starts TEXT NOT NULL, change INTEGER NOT NULL,
            UNIQUE (host, vendor, product, country, exception)) STRICT;
        CREATE INDEX finding_change ON finding (change);
        CREATE TABLE day (finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, number INTEGER NOT NULL,
            recording INTEGER NOT NULL REFERENCES recording, severity INTEGER NOT NULL, lookups INTEGER NOT NULL,
            flows INTEGER NOT NULL, bytes_out INTEGER NOT NULL, bytes_in INTEGER NOT NULL, packets_out INTEGER NOT NULL,
            packets_in INTEGER NOT NULL, application_out INTEGER NOT NULL, PRIMARY KEY (finding, number, recording)
            ) STRICT, WITHOUT ROWID;
        CREATE TABLE evidence (finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE,
            endpoint INTEGER NOT NULL REFERENCES endpoint, method TEXT NOT NULL, value TEXT NOT NULL,
            recording INTEGER NOT NULL REFERENCES recording, contradicts INTEGER NOT NULL, count INTEGER NOT NULL,
            first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            PRIMARY KEY (finding, endpoint, method, value, recording)) STRICT, WITHOUT ROWID;
        CREATE TABLE destination (finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, address TEXT NOT NULL,
            recording INTEGER NOT NULL REFERENCES recording, country TEXT, system INTEGER, organization TEXT,
            uncertain INTEGER NOT NULL, shared_by TEXT, basis TEXT, flows INTEGER NOT NULL, bytes_out INTEGER NOT NULL,
            bytes_in INTEGER NOT NULL, packets_out INTEGER NOT NULL, packets_in INTEGER NOT NULL,
            application_out INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            PRIMARY KEY (finding, address, recording)) STRICT, WITHOUT ROWID;
        CREATE TABLE alert (key TEXT PRIMARY KEY, time INTEGER NOT NULL, action TEXT NOT NULL, severity INTEGER NOT NULL,
            finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX alert_time ON alert (time);
        CREATE TABLE hour (number INTEGER NOT NULL, recording INTEGER NOT NULL REFERENCES recording,
            \(HourColumns.names.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")),
            PRIMARY KEY (number, recording)) STRICT, WITHOUT ROWID;
        """
}
