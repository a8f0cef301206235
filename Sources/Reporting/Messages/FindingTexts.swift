import Monitoring

// What findings, hosts, countries and silence say.
extension Phrase {
    static let vendorNote = Phrase(
        en: "Bytes are counted by the length of IP packets. First and last seen are of all time, counts of the period.",
        zh: "字节数按 IP 数据包长度统计。首次和最近发现时间取自全部台账，数量取自本期。")
    static let noFindings = Phrase(en: "No findings in this period.", zh: "本期未发现相关通信。")
    static let noContacts = Phrase(en: "No vendor was contacted in this period.", zh: "本期未连接任何厂商端点。")

    static let daysPicture = Phrase(en: "Bytes sent by day and vendor", zh: "每日发送字节数（按厂商）")
    static func daysSummary(_ total: UInt64, peak: Phrase, _ bytes: UInt64) -> Phrase {
        Phrase(
            en: "\(Formats.bytes(total)) were sent in all; the most on \(peak.en): \(Formats.bytes(bytes)).",
            zh: "共发送 \(Formats.bytes(total))；最多的一天是\(peak.zh)，为 \(Formats.bytes(bytes))。")
    }
    static func columnDays(_ days: Int) -> Phrase {
        Phrase(en: "Each column is \(days) days.", zh: "每根柱表示 \(days) 天。")
    }
    static let otherVendors = Phrase(en: "other vendors", zh: "其他厂商")

    static let matrixPicture = Phrase(en: "Hosts by vendors", zh: "主机与厂商对照")
    static func matrixSummary(hosts: Int, of all: Int, vendors: Int) -> Phrase {
        Phrase(
            en:
                "The worst finding of each host and vendor, and the bytes sent; \(plural(hosts, "host", "hosts")) of \(Formats.count(all)), \(plural(vendors, "vendor", "vendors")). The table below says the same by host.",
            zh:
                "每台主机对各厂商最严重的发现项及发送字节数；共 \(Formats.count(all)) 台主机，图中列出 \(Formats.count(hosts)) 台、\(Formats.count(vendors)) 家厂商。下表按主机列出相同内容。"
        )
    }

    static let countryPicture = Phrase(en: "Bytes sent by country or territory", zh: "各国家/地区发送字节数")
    static let countrySummary = Phrase(
        en: "The table below has the same numbers.", zh: "下表列出相同数据。")
    static let countryNote = Phrase(
        en:
            "Location by a geo database; it may be wrong. Of servers that are marked as uncertain (anycast or a content delivery network) nobody can tell where the machine stands that answers.",
        zh: "归属地依据 IP 地理库，可能有误差。标注“位置不确定”的服务器使用任播或内容分发网络，应答设备的实际位置无法确定。")
    static func homeNote(_ list: String) -> Phrase {
        Phrase(en: "Home is \(list); every other known place is overseas.", zh: "境内范围：\(list)；其他已知地点均为境外。")
    }
    static let uncertain = Phrase(en: "uncertain: anycast or CDN", zh: "位置不确定：任播或内容分发网络")
    static func sharedBy(_ owner: String) -> Phrase {
        Phrase(en: "shared by many tenants: \(owner)", zh: "多租户共享：\(owner)")
    }
    static let sharedOnly = Phrase(en: "shared by many tenants", zh: "多租户共享")

    static let findingsNote = Phrase(
        en:
            "The worst come first. One finding is one host, vendor, product and country. Counts of evidence are of all time.",
        zh: "按严重程度由高到低排列。每个发现项对应一台主机、一家厂商、一个产品和一个国家/地区。证据次数取自全部台账。")
    static func findingsUntold(_ count: Int) -> Phrase {
        Phrase(
            en:
                "\(plural(count, "more finding is", "more findings are")) not told one by one here: the CSV and JSON formats have all.",
            zh: "另有 \(Formats.count(count)) 个发现项未在此逐一列出，完整清单见 CSV 和 JSON 格式。")
    }
    static let overview = Phrase(en: "All findings at a glance", zh: "发现项一览")
    static let evidence = Phrase(en: "Evidence", zh: "证据")
    static let destinations = Phrase(en: "Servers that were reached", zh: "已连接的服务器")
    static let amounts = Phrase(en: "Amount", zh: "传输量")
    static func amount(_ tally: Tally) -> Phrase {
        Phrase(
            en:
                "\(plural(tally.flows, "flow", "flows")), \(Formats.bytes(tally.bytesOut)) sent, of them \(Formats.bytes(tally.applicationBytesOut)) application data, \(Formats.bytes(tally.bytesIn)) received; \(plural(tally.lookups, "look-up", "look-ups"))",
            zh:
                "流 \(Formats.count(tally.flows)) 条，发送 \(Formats.bytes(tally.bytesOut))（其中应用数据 \(Formats.bytes(tally.applicationBytesOut))），接收 \(Formats.bytes(tally.bytesIn))；域名查询 \(Formats.count(tally.lookups)) 次"
        )
    }
    static let seen = Phrase(en: "Seen", zh: "发现时间")
    static func seen(_ first: Timestamp, _ last: Timestamp, days: Int) -> Phrase {
        let (from, to) = (minute(first), minute(last))
        return Phrase(
            en: "\(from.en) to \(to.en); on \(plural(days, "day", "days")) of the period",
            zh: "\(from.zh) 至 \(to.zh)；本期共 \(Formats.count(days)) 天")
    }
    static let rhythm = Phrase(en: "Rhythm", zh: "通信节律")
    static func beat(_ interval: Double, _ jitter: Double) -> Phrase {
        let (every, give) = (duration(interval), duration(jitter))
        let isRegular = jitter <= interval / 10
        return Phrase(
            en: "every \(every.en), give or take \(give.en)\(isRegular ? ": as regular as a program" : "")",
            zh: "每 \(every.zh)一次，偏差 \(give.zh)\(isRegular ? "：规律性强，符合程序自动通信" : "")")
    }
    static let confidenceNote = Phrase(
        en: "weak evidence: to be verified on the host", zh: "证据较弱：待核实发现，需在主机上确认")
    static let contradictions = Phrase(en: "Contradiction", zh: "相互矛盾")
    static func contradicts(_ vendor: Phrase) -> Phrase {
        Phrase(en: "speaks for another vendor: \(vendor.en)", zh: "指向另一厂商：\(vendor.zh)")
    }
    static let contradictionNote = Phrase(
        en: "some evidence speaks for another vendor; this lowers the confidence", zh: "部分证据指向另一厂商，置信度因此降低")
    static let quietMark = Phrase(en: "gone quiet", zh: "已静默")
    static func moreItems(_ count: Int) -> Phrase {
        Phrase(en: "and \(Formats.count(count)) more", zh: "另有 \(Formats.count(count)) 项")
    }
    static let severalProducts = Phrase(en: "not told which", zh: "未区分产品")

    static let noQuiet = Phrase(en: "Nothing has gone quiet.", zh: "没有已静默的发现项。")
    static func quietNote(_ days: Int32, _ level: Double) -> Phrase {
        Phrase(
            en:
                "Silent at the end of the period for \(plural(days, "day", "days")) or longer. A silence counts as reliable where at least \(Formats.percent(level)) of the time since was watched. The sensor cannot know whether a host was switched on: confirm the removal on the host.",
            zh: "截至期末连续 \(days) 天及以上无通信。此后监测时间占比不低于 \(Formats.percent(level))，静默才视为可信。探针无法得知主机是否开机：请在主机上确认产品已卸载。")
    }
    static let reliable = Phrase(en: "well watched", zh: "监测充分")
    static let unreliable = Phrase(en: "not proven", zh: "监测不足")

    static let noExceptions = Phrase(en: "No finding of the period is an exception.", zh: "本期没有属于例外的发现项。")
    static let exceptionNote = Phrase(
        en:
            "Agreed to by the organisation: recorded like all others, and without alerts. They are not part of the numbers above.",
        zh: "经本单位批准：照常记录，但不产生告警，且不计入以上数字。")
    static let unlimited = Phrase(en: "no end", zh: "无期限")
}
