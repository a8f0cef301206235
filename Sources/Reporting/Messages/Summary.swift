import Monitoring

// The top of a report: the answer.
extension Phrase {
    static let title = Phrase(en: "Egress monitoring report", zh: "外联监测报告")
    static let subtitle = Phrase(
        en:
            "Which of our hosts still talk to the vendors' cloud, to which country, how much, since when, and how do we know?",
        zh: "哪些内网主机仍在与相关厂商的云端通信？去往哪里、传输多少、自何时起、依据是什么？")
    static let summary = Phrase(en: "Summary", zh: "摘要")

    static let period = Phrase(en: "Period", zh: "监测期间")
    static let latest = Phrase(en: "Ledger up to", zh: "台账截至")
    static let selected = Phrase(en: "Selection", zh: "筛选范围")
    static let everything = Phrase(
        en: "everything in the ledger: all vendors, hosts and countries", zh: "台账全部内容：所有厂商、主机和国家/地区")
    static let homeCountry = Phrase(en: "Home", zh: "境内范围")
    static let utc = Phrase(en: "days and times in UTC", zh: "日期和时间均为 UTC")

    static func headline(_ outcome: Report.Outcome, hosts: Int, vendors: Int) -> Phrase {
        switch outcome {
        case .contacted:
            Phrase(
                en: "\(plural(hosts, "host", "hosts")) contacted \(plural(vendors, "vendor", "vendors"))",
                zh: "\(Formats.count(hosts)) 台主机连接了 \(Formats.count(vendors)) 家厂商的端点")
        case .lookedUp:
            Phrase(
                en: "No vendor was contacted, but \(plural(hosts, "host", "hosts")) looked up names of vendors",
                zh: "未连接任何厂商端点，但有 \(Formats.count(hosts)) 台主机查询了厂商域名")
        case .clean:
            Phrase(en: "Clean: no findings in this period", zh: "本期未发现相关通信")
        case .unproven:
            Phrase(
                en: "No findings, but the period cannot be called clean",
                zh: "本期未观测到相关通信，但覆盖不足，不能判定为“未发现”")
        }
    }

    /// Whether the period may be called clean, in one sentence.
    static func cleanliness(_ outcome: Report.Outcome) -> Phrase {
        switch outcome {
        case .contacted:
            Phrase(en: "May the period be called clean? No: vendors were contacted.", zh: "本期能否判定为“未发现”：不能，已有主机连接厂商端点。")
        case .lookedUp:
            Phrase(
                en: "May the period be called clean? No: software that looks up such a name is probably still there.",
                zh: "本期能否判定为“未发现”：不能，查询此类域名的软件很可能仍在使用。")
        case .clean:
            Phrase(
                en: "May the period be called clean? Yes: coverage reaches the stated level in every respect.",
                zh: "本期能否判定为“未发现”：可以，监测覆盖情况各项均达到要求。")
        case .unproven:
            Phrase(
                en: "May the period be called clean? No: the sensor did not see enough, for these reasons:",
                zh: "本期能否判定为“未发现”：不能，监测覆盖不足，原因如下：")
        }
    }

    static let cleanLimit = Phrase(
        en: "A clean result covers only what the sensor could see.", zh: "未发现并不代表不存在；结论仅限于探针的可见范围。")
    static let selectionLimit = Phrase(
        en: "This report covers a selection; it says nothing about what was not selected.",
        zh: "本报告仅针对筛选范围，不涉及范围以外的内容。")

    static func vendorsContacted(_ list: Phrase) -> Phrase {
        Phrase(en: "Contacted were \(list.en).", zh: "被连接的厂商：\(list.zh)。")
    }

    static func vendorHosts(_ vendor: Phrase, _ hosts: Int) -> Phrase {
        Phrase(
            en: "\(vendor.en) (by \(plural(hosts, "host", "hosts")))",
            zh: "\(vendor.zh)（\(Formats.count(hosts)) 台主机）")
    }

    static func sentOverseas(_ bytes: UInt64, application: UInt64, _ list: Phrase) -> Phrase {
        Phrase(
            en:
                "\(Formats.bytes(bytes)) were sent overseas, of them \(Formats.bytes(application)) application data: to \(list.en).",
            zh: "向境外发送 \(Formats.bytes(bytes))，其中应用数据 \(Formats.bytes(application))：\(list.zh)。")
    }

    static let nothingOverseas = Phrase(en: "Nothing was seen to go overseas.", zh: "未观测到向境外发送数据。")

    static func countryBytes(_ country: String, _ bytes: UInt64) -> Phrase {
        Phrase(en: "\(country) (\(Formats.bytes(bytes)))", zh: "\(country) \(Formats.bytes(bytes))")
    }

    static func sentUnknown(_ bytes: UInt64) -> Phrase {
        Phrase(
            en: "Another \(Formats.bytes(bytes)) went to places that no database knows.",
            zh: "另有 \(Formats.bytes(bytes)) 发往归属地未知的地址。")
    }

    static func critical(_ findings: Int, hosts: Int) -> Phrase {
        Phrase(
            en:
                "\(plural(findings, "finding is", "findings are")) critical, on \(plural(hosts, "host", "hosts")): data went overseas. These come first.",
            zh: "严重发现项 \(Formats.count(findings)) 个，涉及 \(Formats.count(hosts)) 台主机：已有数据发往境外，应优先处置。")
    }

    static let nothingCritical = Phrase(en: "No finding is critical.", zh: "无严重发现项。")

    static func lookedUpOnly(_ hosts: Int) -> Phrase {
        Phrase(
            en: "\(plural(hosts, "more host", "more hosts")) looked up names of vendors and contacted nothing.",
            zh: "另有 \(Formats.count(hosts)) 台主机仅查询厂商域名，未建立连接。")
    }

    static func excepted(_ findings: Int, overseas: UInt64) -> Phrase {
        Phrase(
            en:
                "\(plural(findings, "finding was", "findings were")) agreed to as exceptions and not counted here; they sent \(Formats.bytes(overseas)) overseas.",
            zh: "另有 \(Formats.count(findings)) 个发现项属已批准的例外，未计入以上数字；其向境外发送 \(Formats.bytes(overseas))。")
    }

    static func wentQuiet(_ findings: Int, hosts: Int, days: Int32) -> Phrase {
        Phrase(
            en:
                "\(plural(findings, "finding has", "findings have")) gone quiet, on \(plural(hosts, "host", "hosts")): silent for \(plural(days, "day", "days")) or longer.",
            zh: "\(Formats.count(findings)) 个发现项已静默，涉及 \(Formats.count(hosts)) 台主机：连续 \(days) 天及以上无通信。")
    }

    static func quietVendors(_ list: Phrase) -> Phrase {
        Phrase(en: "Silent on every host: \(list.en).", zh: "在所有主机上均已静默的厂商：\(list.zh)。")
    }

    static func coverageSentence(_ share: Double, isSufficient: Bool) -> Phrase {
        let share = Formats.percent(share)
        return isSufficient
            ? Phrase(
                en: "The sensor watched \(share) of the period, and coverage reaches the stated level.",
                zh: "探针监测了本期 \(share) 的时间，覆盖情况达到要求。")
            : Phrase(
                en:
                    "The sensor watched \(share) of the period. Coverage is below the stated level, so that there may be more than this report shows:",
                zh: "探针监测了本期 \(share) 的时间，覆盖情况未达到要求，实际情况可能多于本报告所列：")
    }

    static let figureHosts = Phrase(en: "hosts that contacted a vendor", zh: "连接厂商的主机数")
    static let figureVendors = Phrase(en: "vendors contacted", zh: "被连接的厂商数")
    static let figureOverseas = Phrase(en: "sent overseas", zh: "向境外发送")
    static let figureCritical = Phrase(en: "critical findings", zh: "严重发现项")
    static let figureQuiet = Phrase(en: "findings gone quiet", zh: "已静默的发现项")
    static let figureWatched = Phrase(en: "of the period watched", zh: "监测时间占比")

    static func moreRows(_ count: Int) -> Phrase {
        Phrase(
            en: "and \(Formats.count(count)) more: the CSV and JSON formats have all",
            zh: "另有 \(Formats.count(count)) 项，完整清单见 CSV 和 JSON 格式")
    }
}
