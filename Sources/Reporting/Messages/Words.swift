import Monitoring

// What the words of the model are called.
extension Phrase {
    static func word(_ severity: Severity) -> Phrase {
        switch severity {
        case .info: Phrase(en: "info", zh: "提示")
        case .notice: Phrase(en: "notice", zh: "注意")
        case .warning: Phrase(en: "warning", zh: "警告")
        case .critical: Phrase(en: "critical", zh: "严重")
        }
    }

    /// What has to have happened; see `Severity`.
    static func meaning(_ severity: Severity) -> Phrase {
        switch severity {
        case .info: Phrase(en: "a name was looked up; nothing was contacted", zh: "仅查询域名，未建立连接")
        case .notice:
            Phrase(
                en: "contacted in the home country or at an unknown place, or a web site that a person may be reading",
                zh: "已连接境内或归属地未知的端点，或有人浏览厂商网站")
        case .warning: Phrase(en: "contacted overseas", zh: "已连接境外端点")
        case .critical:
            Phrase(
                en:
                    "contacted overseas, and application data was sent to an endpoint that takes data, or more than 1 MiB in 24 hours",
                zh: "已连接境外端点，且向接收数据的端点发送了应用数据，或 24 小时内发送超过 1 MiB")
        }
    }

    static func word(_ confidence: Confidence) -> Phrase {
        switch confidence {
        case .low: Phrase(en: "low", zh: "低")
        case .medium: Phrase(en: "medium", zh: "中")
        case .high: Phrase(en: "high", zh: "高")
        }
    }

    static func word(_ category: Category) -> Phrase {
        switch category {
        case .update: Phrase(en: "update", zh: "升级更新")
        case .telemetry: Phrase(en: "telemetry", zh: "遥测")
        case .licensing: Phrase(en: "licensing", zh: "许可授权")
        case .management: Phrase(en: "management", zh: "云端管理")
        case .threatIntel: Phrase(en: "threat intelligence", zh: "威胁情报")
        case .sampleUpload: Phrase(en: "sample upload", zh: "样本上传")
        case .logUpload: Phrase(en: "log upload", zh: "日志上传")
        case .support: Phrase(en: "support", zh: "技术支持")
        case .remoteAccess: Phrase(en: "remote access", zh: "远程接入")
        case .identity: Phrase(en: "identity", zh: "身份认证")
        case .portal: Phrase(en: "portal", zh: "门户网站")
        }
    }

    static func word(_ method: Method) -> Phrase {
        switch method {
        case .dns: Phrase(en: "DNS look-up", zh: "DNS 查询")
        case .tlsSNI: Phrase(en: "server name in TLS (SNI)", zh: "TLS 服务器名称指示 (SNI)")
        case .quicSNI: Phrase(en: "server name in QUIC (SNI)", zh: "QUIC 服务器名称指示 (SNI)")
        case .dtlsSNI: Phrase(en: "server name in DTLS (SNI)", zh: "DTLS 服务器名称指示 (SNI)")
        case .certificate: Phrase(en: "certificate", zh: "证书")
        case .httpHost: Phrase(en: "HTTP Host", zh: "HTTP 主机头")
        case .userAgent: Phrase(en: "HTTP User-Agent", zh: "HTTP 客户端标识 (User-Agent)")
        case .connect: Phrase(en: "HTTP CONNECT to a proxy", zh: "HTTP CONNECT 代理请求")
        case .socks: Phrase(en: "SOCKS request to a proxy", zh: "SOCKS 代理请求")
        case .resolved: Phrase(en: "address that the host had resolved", zh: "解析地址关联")
        case .address: Phrase(en: "published address range", zh: "地址段匹配")
        case .mac: Phrase(en: "hardware address of a device", zh: "设备 MAC 地址")
        }
    }

    static func word(_ identity: Host.Identity) -> Phrase {
        switch identity {
        case .inventory: Phrase(en: "inventory", zh: "资产清单")
        case .mac: Phrase(en: "hardware address", zh: "MAC 地址")
        case .address: Phrase(en: "IP address alone", zh: "仅 IP 地址")
        case .nat: Phrase(en: "gateway: hosts behind it look alike", zh: "网关：其后的主机无法区分")
        }
    }

    static func word(_ kind: Recording.Kind) -> Phrase {
        switch kind {
        case .live: Phrase(en: "live", zh: "实时监测")
        case .file: Phrase(en: "capture file", zh: "抓包文件")
        }
    }

    static func word(_ blank: Coverage.Blank) -> Phrase {
        switch blank {
        case .encryptedDNS: Phrase(en: "encrypted DNS", zh: "加密 DNS")
        case .encryptedName:
            Phrase(en: "the name is encrypted (Encrypted Client Hello)", zh: "名称已加密 (ECH)")
        case .helloWithoutName: Phrase(en: "the client names no server", zh: "客户端未指明服务器名称")
        case .limit: Phrase(en: "let go at a memory limit", zh: "达到内存上限而放弃")
        case .cutBySnapLength: Phrase(en: "cut off by the capture's snap length", zh: "被抓包截取长度截断")
        case .startedBefore: Phrase(en: "began before the capture", zh: "在抓包开始前已建立")
        case .noData: Phrase(en: "carried no data", zh: "未传输数据")
        case .local: Phrase(en: "local link, multicast or broadcast", zh: "本地链路、组播或广播")
        case .noPorts: Phrase(en: "neither TCP nor UDP", zh: "既非 TCP 也非 UDP")
        case .otherProtocol: Phrase(en: "a protocol that shows no name", zh: "协议本身不显示名称")
        }
    }

    static func word(action: String) -> Phrase {
        switch action {
        case "opened": Phrase(en: "opened", zh: "新发现")
        case "escalated": Phrase(en: "escalated", zh: "级别升高")
        case "active": Phrase(en: "still active", zh: "持续活动")
        default: Phrase(action)
        }
    }

    static let unknownPlace = Phrase(en: "unknown place", zh: "归属地未知")
    static let noContact = Phrase(en: "not contacted", zh: "未建立连接")
    static let home = Phrase(en: "home", zh: "境内")
    static let overseas = Phrase(en: "overseas", zh: "境外")
    static let yes = Phrase(en: "yes", zh: "是")
    static let no = Phrase(en: "no", zh: "否")
    static let none = Phrase(en: "none", zh: "无")
    static let unknown = Phrase(en: "unknown", zh: "未知")
}
