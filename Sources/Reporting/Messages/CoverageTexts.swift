// What the sensor could see, and how the report came about.
extension Phrase {
    static func name(_ spot: CoverageVerdict.BlindSpot) -> Phrase {
        switch spot {
        case .nothingRecorded: Phrase(en: "Nothing recorded", zh: "无任何记录")
        case .unwatchedTime: Phrase(en: "Time watched", zh: "监测时间占比")
        case .packetsLost: Phrase(en: "Packets dropped by kernel or interface", zh: "内核与网卡丢包")
        case .sequenceGaps: Phrase(en: "Gaps in TCP streams, by flow", zh: "TCP 序列缺口（相对流数）")
        case .oneWayFlows: Phrase(en: "Flows seen one way only", zh: "单向流")
        case .namelessFlows: Phrase(en: "Flows without a name", zh: "没有名称的流")
        case .namelessBytes: Phrase(en: "Bytes of flows without a name", zh: "没有名称的流的字节数")
        case .encryptedNames: Phrase(en: "Flows with Encrypted Client Hello", zh: "带加密客户端问候 (ECH) 的流")
        case .encryptedDNS: Phrase(en: "Flows to encrypted DNS", zh: "发往加密 DNS 的流")
        case .relays: Phrase(en: "Flows to relays that hide names", zh: "发往隐匿中继的流")
        case .limitsReached: Phrase(en: "Let go at a memory limit, by flow", zh: "达到内存上限而放弃（相对流数）")
        case .sightingsDropped: Phrase(en: "Sightings dropped", zh: "丢失的观测记录")
        }
    }

    /// Why a period cannot be called clean.
    static func reason(_ check: CoverageVerdict.Check) -> Phrase {
        let (share, allowed) = (Formats.percent(check.share), Formats.percent(check.allowed))
        let count = Formats.count(check.part)
        switch check.spot {
        case .nothingRecorded:
            return Phrase(en: "Nothing was recorded: not one packet was seen.", zh: "没有任何记录：未观测到一个数据包。")
        case .unwatchedTime:
            let (watched, level) = (watchedShare(check.share), watchedShare(check.allowed))
            return Phrase(
                en: "Only \(watched) of the period was watched; at least \(level) is asked for.",
                zh: "仅监测了本期 \(watched) 的时间，要求不低于 \(level)。")
        case .packetsLost:
            return Phrase(
                en: "\(share) of the packets were dropped before anybody could look at them; \(allowed) is allowed.",
                zh: "\(share) 的数据包在检查前已丢失，允许 \(allowed)。")
        case .sequenceGaps:
            return Phrase(
                en:
                    "TCP streams have gaps, \(share) of the number of flows; \(allowed) is allowed. Packets do not reach the sensor: look at the mirror port.",
                zh: "TCP 序列缺口为流数的 \(share)，允许 \(allowed)。部分数据包未到达探针：请检查镜像端口。")
        case .oneWayFlows:
            return Phrase(
                en:
                    "Of \(share) of the flows only one direction was seen; \(allowed) is allowed. The other may take another path.",
                zh: "\(share) 的流仅观测到单向，允许 \(allowed)。另一方向可能经由其他路径。")
        case .namelessFlows:
            return Phrase(
                en: "\(share) of the flows carry data and show no name; \(allowed) is allowed.",
                zh: "\(share) 的流传输了数据但没有名称，允许 \(allowed)。")
        case .namelessBytes:
            return Phrase(
                en: "\(share) of the bytes belong to flows without a name; \(allowed) is allowed.",
                zh: "\(share) 的字节属于没有名称的流，允许 \(allowed)。")
        case .encryptedNames:
            return Phrase(
                en: "\(share) of the flows may hide their name by Encrypted Client Hello; \(allowed) is allowed.",
                zh: "\(share) 的流可能以加密客户端问候 (ECH) 隐藏名称，允许 \(allowed)。")
        case .encryptedDNS:
            return Phrase(
                en: "\(share) of the flows go to encrypted DNS, which hides look-ups; \(allowed) is allowed.",
                zh: "\(share) 的流发往加密 DNS，域名查询被隐藏，允许 \(allowed)。")
        case .relays:
            return Phrase(
                en:
                    "\(share) of the flows go to relays, which hide look-ups and contacts alike; \(allowed) is allowed.",
                zh: "\(share) 的流发往隐匿中继，域名查询和连接均被隐藏，允许 \(allowed)。")
        case .limitsReached:
            return Phrase(
                en:
                    "Memory limits were reached \(count) times, \(share) of the number of flows; \(allowed) is allowed.",
                zh: "达到内存上限 \(count) 次，为流数的 \(share)，允许 \(allowed)。")
        case .sightingsDropped:
            return Phrase(
                en:
                    "\(plural(check.part, "sighting of a vendor was", "sightings of vendors were")) lost; none is allowed.",
                zh: "丢失 \(count) 条厂商观测记录，不允许丢失。")
        }
    }

    /// The measured value and the level of a check as a table shows them.
    static func measured(_ check: CoverageVerdict.Check) -> Phrase {
        switch check.spot {
        case .nothingRecorded: check.isPassed ? no : yes
        case .unwatchedTime: Phrase(watchedShare(check.share))
        case .sightingsDropped: Phrase(Formats.count(check.part))
        default:
            Phrase(
                en: "\(Formats.percent(check.share)) (\(Formats.count(check.part)))",
                zh: "\(Formats.percent(check.share))（\(Formats.count(check.part))）")
        }
    }

    static func allowed(_ check: CoverageVerdict.Check) -> Phrase {
        switch check.spot {
        case .nothingRecorded: no
        case .unwatchedTime:
            Phrase(en: "at least \(watchedShare(check.allowed))", zh: "不低于 \(watchedShare(check.allowed))")
        case .sightingsDropped: none
        default: Phrase(en: "up to \(Formats.percent(check.allowed))", zh: "不超过 \(Formats.percent(check.allowed))")
        }
    }

    private static func watchedShare(_ unwatched: Double) -> String { Formats.percent(1 - unwatched) }

    static let sufficient = Phrase(en: "sufficient", zh: "达到")
    static let insufficient = Phrase(en: "not sufficient", zh: "未达到")
    static func coverageVerdict(_ isSufficient: Bool) -> Phrase {
        isSufficient
            ? Phrase(
                en: "Coverage is sufficient in every respect: a silence in this period means something.",
                zh: "各项覆盖情况均达到要求：本期的静默具有参考意义。")
            : Phrase(
                en: "Coverage is not sufficient: what was not seen may have been there all the same.",
                zh: "覆盖情况未达到要求：未观测到的通信仍可能存在。")
    }
    static let verdictTable = Phrase(en: "Levels that coverage is held to", zh: "覆盖情况判定")
    static let coveragePicture = Phrase(en: "Share of each day that was watched", zh: "每日监测时间占比")
    static func coverageSummary(low: Int, of days: Int) -> Phrase {
        Phrase(
            en: "\(Formats.count(low)) of \(plural(days, "day is", "days are")) below the level.",
            zh: "共 \(Formats.count(days)) 天，其中 \(Formats.count(low)) 天低于要求。")
    }
    static func level(_ share: Double) -> Phrase {
        Phrase(en: "level \(Formats.percent(share))", zh: "要求 \(Formats.percent(share))")
    }
    static let coverageDays = Phrase(en: "Coverage by day", zh: "每日覆盖情况")
    static func coverageDaysRest(_ days: Int) -> Phrase {
        Phrase(
            en: "\(plural(days, "earlier day", "earlier days")) left out: the JSON format has all",
            zh: "更早的 \(Formats.count(days)) 天未列出，完整清单见 JSON 格式")
    }
    static let blankTable = Phrase(en: "Flows without a name", zh: "没有名称的流")
    static let blankNote = Phrase(
        en:
            "What no name was seen of can still be recognised by its address, where the vendor publishes its ranges. Flows of the local link and flows that carried nothing are not held against coverage.",
        zh: "没有名称的流，若厂商公布了地址段，仍可按地址识别。本地链路的流和未传输数据的流不影响覆盖判定。")

    static func originProgram(_ versions: String) -> Phrase {
        Phrase(en: "Written by Seaward \(versions).", zh: "由 Seaward \(versions) 生成。")
    }
    static func originRecorder(_ versions: String) -> Phrase {
        Phrase(en: "Recorded by Seaward \(versions).", zh: "由 Seaward \(versions) 记录。")
    }
    static func originPacks(_ digest: String) -> Phrase {
        Phrase(en: "SHA-256 of the packs: \(digest)", zh: "规则包 SHA-256：\(digest)")
    }
    static func originGeography(_ name: String) -> Phrase {
        Phrase(en: "Country database: \(name)", zh: "IP 地理库：\(name)")
    }
    static let noGeography = Phrase(
        en: "Country database: none; places are unknown.", zh: "IP 地理库：未使用，归属地未知。")
    static let packTable = Phrase(en: "Packs in use", zh: "使用的规则包")
    static let recordingTable = Phrase(en: "Recordings", zh: "记录来源")
    static let noRecordings = Phrase(en: "There is no recording in this period.", zh: "本期没有任何记录。")
    static let alertTable = Phrase(en: "Alerts of the period", zh: "本期告警")
    static let severityTable = Phrase(en: "What the severities mean", zh: "严重程度说明")
    static let meaningColumn = Phrase(en: "Meaning", zh: "含义")
    static let identifier = Phrase(en: "Identifier", zh: "标识")
    static let reproducible = Phrase(
        en:
            "The same ledger and options give the same report, byte for byte; therefore it does not tell when it was written.",
        zh: "相同的台账和选项生成的报告逐字节相同，因此报告中不写生成时间。")
    static let disclaimer = Phrase(en: "For reference only; not legal advice.", zh: "仅供参考，不构成法律意见。")
}
