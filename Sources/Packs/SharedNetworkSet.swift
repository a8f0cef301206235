package import Monitoring

/// The shared networks that a folder of packs knows, and everything that is wrong with them.
package struct SharedNetworkSet: CoverageFile {
    package static let place = "coverage/shared-networks.yaml"

    package let networks: [SharedNetwork]
    package let problems: [PackProblem]

    package init(reading text: String, file: String, limits: PackLimits = PackLimits()) {
        (networks, problems) = SharedNetworkReader.read(text, file: file, limits: limits)
    }

    package init(problem: PackProblem) {
        networks = []
        problems = [problem]
    }
}
