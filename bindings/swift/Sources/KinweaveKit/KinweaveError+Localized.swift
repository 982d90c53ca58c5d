import Foundation

/// What Foundation prints and logs of an error: one English line for developers. What a person is shown goes by the case.
extension KinweaveError: LocalizedError {
    public var errorDescription: String? { summary() }
}
