import Decoding

/// The certificate that a server shows, where the client has not said whom it wants.
extension Monitor {
    /// Hosts of one certificate that are looked at. The largest that are met hold some hundred.
    private static let hostLimit = 1_024

    /// A client that names the server needs no certificate to be understood.
    func wantsCertificate(_ context: Context) -> Bool {
        settings.reportsEveryName || !table.flows[context.slot].hasServerName
    }

    /// After a hello: the server's answer begins behind what the client had got by then, whatever came before it.
    mutating func expectCertificate(isNamed: Bool, _ context: Context) {
        if isNamed { table.flows[context.slot].hasServerName = true }
        var answer = context
        answer.isUpward.toggle()
        let stream = table.flows[answer.slot][isUpward: answer.isUpward]
        guard wantsCertificate(context) else {
            if stream.state != .settled { settle(answer) }
            return
        }
        guard let base = context.acknowledged, stream.decoder != .certificate else { return }
        settle(answer)
        var expected = Flow.Stream()
        expected.state = .expecting
        expected.decoder = .certificate
        expected.base = base
        table.flows[answer.slot][isUpward: answer.isUpward] = expected
    }

    mutating func scanCertificate(_ stream: Bytes, _ scanner: inout CertificateScanner, _ context: Context) -> Int {
        switch scanner.advance(over: stream) {
        case .needs(let count): return count
        case .noCertificate(let anomaly): if let anomaly { counters.count(anomaly) }
        case .complete:
            var copy = scratch
            scratch = []
            scanner.copyCertificate(from: stream, into: &copy)
            reportCertificate(copy.span, context)
            scratch = copy
        }
        return 0
    }

    /// - Parameter context: of the server's direction.
    mutating func reportCertificate(_ bytes: Bytes, _ context: Context) {
        var certificate: Certificate
        do throws(DecodingError) {
            certificate = try Certificate(reading: bytes)
        } catch {
            counters.count(.certificateMalformed)
            return
        }
        var client = context
        client.isUpward.toggle()
        var names: CertificateNames?
        var known: Set<HostName> = []
        var next = certificate.subject.commonName ?? certificate.nextHost(in: bytes)
        while let range = next, known.count < Self.hostLimit {
            next = certificate.nextHost(in: bytes)
            let host = HostName(copying: bytes.extracting(range))
            guard !host.isEmpty, known.insert(host).inserted else { continue }
            counters.certificateNames &+= 1
            note(.certificate, context)
            let isMatch = endpoints.endpoint(for: host) != nil
            guard isMatch || settings.reportsEveryName else { continue }
            let described = names ?? CertificateNames(certificate, in: bytes)
            names = described
            report(host, .certificate(described), client)
            // Which of its hosts was meant, a certificate does not say: the first that a pack explains stands for it.
            if isMatch, !settings.reportsEveryName { return }
        }
        if let endpoint = endpoints.marks.endpoint(for: certificate, in: bytes) {
            note(.certificate, context)
            let described = names ?? CertificateNames(certificate, in: bytes)
            report(HostName(), .certificate(described), matching: endpoint, client)
        }
    }
}

extension CertificateNames {
    fileprivate init(_ certificate: Certificate, in bytes: Bytes) {
        func text(_ range: Range<Int>?) -> String? {
            guard let range else { return nil }
            return escaped(range.prefix(HostName.capacity).map { bytes[$0] }, keepingBlanks: true)
        }
        self.init(
            commonName: text(certificate.subject.commonName), organization: text(certificate.subject.organization),
            organizationalUnit: text(certificate.subject.organizationalUnit),
            issuerCommonName: text(certificate.issuer.commonName),
            issuerOrganization: text(certificate.issuer.organization),
            issuerOrganizationalUnit: text(certificate.issuer.organizationalUnit))
    }
}
